import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import type { BootstrapObject } from '../../src/engines/engine.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { enginePromises, type Face } from '../engines/engine-promises.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** What the table of the copy exports, as far as it is asked here. */
interface Table {
  readonly everyEngine: readonly (Omit<Face, 'kind'> & { readonly kind: string })[];
  engineOf(delivery: object, environment: string): { readonly title: string } | undefined;
  bootstrapOf(binding: object, objects: readonly object[]): readonly BootstrapObject[];
}

/** One change that the page makes to a file. */
interface Change {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** The page's blocks of differences, each for the file that was named last before it. */
function changesOf(page: string): readonly Change[] {
  return [...page.matchAll(/```diff\n([^]*?)```/g)].map(({ 1: block = '', index }) => {
    const file = [...page.slice(0, index).matchAll(/`(src\/[\w/-]+\.ts)`/g)].at(-1)?.[1] ?? '';
    const lines = block.split('\n').slice(0, -1);
    const textOf = (signs: string): string =>
      lines
        .filter((line) => signs.includes(line.charAt(0)))
        .map((line) => line.slice(1))
        .join('\n');
    return { file, before: textOf(' -'), after: textOf(' +') };
  });
}

/** @throws where the file does not hold what the page says, or holds it more than once */
function changed(text: string, { file, before, after }: Change): string {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${file}: must hold once what docs/add-an-engine.md shows, got ${before}`);
  return parts.join(after);
}

const page = readFileSync('docs/add-an-engine.md', 'utf8');
const table = 'src/engines/engines.ts';
let copy = '';

function apply(changes: readonly Change[]): void {
  for (const change of changes) {
    const file = join(copy, change.file);
    writeFileSync(file, changed(readFileSync(file, 'utf8'), change));
  }
}

/** What the compiler says of the table in the copy and of all that it imports. */
function typeProblems(): readonly string[] {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => readFileSync(path, 'utf8')) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('.'));
  const program = ts.createProgram([join(copy, table)], {
    ...options,
    noEmit: true,
    incremental: false,
  });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

async function loadTable(): Promise<Table> {
  const outfile = join(copy, 'engines.mjs');
  await build({ entryPoints: [join(copy, table)], outfile, bundle: true, format: 'esm', platform: 'node' });
  return (await import(pathToFileURL(outfile).href)) as Table;
}

/** The small valid delivery, whose stages are all followed by the made-up engine. */
function madeUpDelivery(): object {
  const delivery: Delivery = validDelivery();
  return {
    ...delivery,
    stages: delivery.stages.map((stage) => ({ ...stage, engine: { kind: 'madeUp', source: 'plain' } })),
  };
}

describe('docs/add-an-engine.md', () => {
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'portolan-engine-'));
    for (const folder of ['model', 'objects', 'engines'])
      cpSync(join('src', folder), join(copy, 'src', folder), { recursive: true });
    for (const name of ['node_modules', 'package.json']) symlinkSync(resolve(name), join(copy, name));
  });

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  test('fails with the shape and the folder alone: the table lacks a line, and says which', () => {
    const face = readFileSync('test/engines/made-up/made-up.ts', 'utf8')
      .replaceAll("'../../../src/engines/", "'../")
      .replaceAll("'../../../src/", "'../../")
      .replace("EnginePlugin = {\n  kind: 'flux'", "EnginePlugin<'madeUp'> = {\n  kind: 'madeUp'")
      .replace(/usual: \{.*\}/, "usual: { kind: 'madeUp', source: 'plain', prune: true }");
    const file = join(copy, 'src/engines/made-up/made-up.ts');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, face);
    apply(changesOf(page).filter((change) => change.file !== table));

    expect(typeProblems()).toEqual(expect.arrayContaining([expect.stringMatching(/'madeUp' is missing/)]));
  });

  test('adds one with one shape, one folder and one line, and it keeps what every engine promises', async () => {
    apply(changesOf(page).filter((change) => change.file === table));
    const loaded = await loadTable();
    const added = loaded.everyEngine.find(({ kind }) => kind === 'madeUp');
    const delivery = madeUpDelivery() as Delivery;
    const binding = {
      delivery,
      environment: delivery.environments[0],
      opsRepository: 'https://git.acme.example/ops.git',
    };

    expect(typeProblems()).toEqual([]);
    for (const { keep } of enginePromises) keep(added as Face);
    expect(loaded.engineOf(delivery, 'dev')?.title).toBe('Made Up');
    expect(loaded.bootstrapOf(binding, []).map(({ object }) => object.kind)).toEqual(['Follow']);
  });

  test('fails where the program is no longer what the page shows', () => {
    expect(() => changed('const engines = {};', { file: 'src/engines/engines.ts', before: 'gone', after: '' })).toThrow(
      'src/engines/engines.ts: must hold once what docs/add-an-engine.md shows, got gone',
    );
  });
});
