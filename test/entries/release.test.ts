import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import semver from 'semver';
import { parse } from 'yaml';

const text = readFileSync('.github/workflows/release.yaml', 'utf8');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const workflow = parse(text) as {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions: unknown; readonly steps: readonly Step[] }>>;
};
const { publish } = workflow.jobs;

/** What is wrong with the headings of a changelog: versions, the newest first, and what is not released yet before them. */
function headingProblems(page: string): readonly string[] {
  const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading);
  const versions = headings.filter((it) => it !== 'Unreleased').map((it) => it.split(/[ :]/)[0] ?? '');
  return [
    ...(headings.indexOf('Unreleased') > 0 ? ['Unreleased: must stand first'] : []),
    ...versions.filter((it) => semver.valid(it) !== it).map((it) => `${it}: must be a version, e.g. 1.2.0`),
    ...versions.filter((it, i) => {
      const before = versions[i - 1];
      return (
        before !== undefined && semver.valid(before) !== null && semver.valid(it) !== null && semver.lte(before, it)
      );
    }),
  ];
}

describe('a release', () => {
  test('is made by a tag alone, with provenance, and with no token but the one that proves which run it is', () => {
    expect(workflow.on).toEqual({ push: { tags: ['v*'] } });
    expect(workflow.permissions).toEqual({});
    expect(publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(text).not.toMatch(/secrets\.|_TOKEN|_authToken/i);
    expect(publish?.steps.at(-1)?.run).toBe('npm publish --provenance --access public');
  });

  test('runs pinned actions, keeps no credentials of its checkout, and no cache that others may have written', () => {
    const used = publish?.steps.filter(({ uses }) => uses !== undefined) ?? [];

    expect(used.length).toBeGreaterThan(1);
    for (const { uses } of used) expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
    expect(used.map((step) => step.with)).toEqual([
      { 'fetch-depth': 0, 'persist-credentials': false },
      { 'node-version': '24', 'package-manager-cache': false },
    ]);
  });

  test('is tested before it is published', () => {
    expect(publish?.steps.map(({ run }) => run).filter((run) => run !== undefined)).toEqual([
      expect.stringContaining('package.json says'),
      'npm cit',
      'npm publish --provenance --access public',
    ]);
  });

  test('has a semantic version, and the changelog has them in their order', () => {
    expect(semver.valid(version)).toBe(version);
    expect(headingProblems(readFileSync('CHANGELOG.md', 'utf8'))).toEqual([]);
  });

  test('fails for a changelog whose headings are no versions, or not in their order', () => {
    expect(headingProblems('## 1.0.0\n## Unreleased\n')).toEqual(['Unreleased: must stand first']);
    expect(headingProblems('## Unreleased\n## next\n')).toEqual(['next: must be a version, e.g. 1.2.0']);
    expect(headingProblems('## 1.0.0\n## 1.1.0\n')).toEqual(['1.1.0']);
  });
});
