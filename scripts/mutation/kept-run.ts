import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withResult } from './record.ts';
import type { MutationRecord } from './record.ts';

const recordFile = 'scripts/mutation/last-run.json';
const documentFile = 'docs/mutation.md';
/** What decides whether a test notices: the language, its compiler, and what runs the tests. */
const packages = ['typescript', 'jest', '@swc/core', 'fast-check'];

/** The run that was written down last. */
export const keptRun = (root: string): MutationRecord =>
  JSON.parse(readFileSync(path.join(root, recordFile), 'utf8')) as MutationRecord;

/** Writes a run down, for `--again` and for people. */
export function keepRun(root: string, record: MutationRecord): void {
  const document = path.join(root, documentFile);
  writeFileSync(path.join(root, recordFile), `${JSON.stringify(record, undefined, 2)}\n`);
  writeFileSync(document, withResult(readFileSync(document, 'utf8'), record));
}

/** The versions of what runs the tests, as they are installed. */
export const versionsOf = (root: string): readonly string[] => [
  `Node.js ${process.versions.node}`,
  ...packages.map((name) => {
    const text = readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8');
    return `${name} ${(JSON.parse(text) as { readonly version: string }).version}`;
  }),
];

/** The commit that a working tree is at, shortened. */
export const commitOf = (root: string): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
