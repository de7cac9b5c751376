import { describe, expect, test } from '@jest/globals';
import { sourceFile, sourceFilesUnder, withoutComments, type SourceFile } from './source-file.ts';

/** Words of one product, and names of the systems of the tests. The program serves any, so they belong in project.ts, the examples and the tests. */
const productWords =
  /todo|broadcaster|arkb2023|slack[-_]webhook|picsum|devops-kubernetes|ping-?pong|the-project|staging|production|craftista|\b(?:frontend|catalogue|recommendation|voting)\b|podinfo|cat-service|go-sample/i;

const maxLines = 300;

/** A name that says nothing about what is inside attracts what belongs elsewhere, and then imports its own users. */
const emptyNames = /^(index|utils?|helpers?|common|misc|types?|shared|lib|core|constants)$/;

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const productProblems = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const word = productWords.exec(line)?.[0];
      return word === undefined ? [] : [`${path}:${index + 1}: must not know the product, got "${word}"`];
    }),
  );

const nameProblems = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path }) =>
    path
      .replace(/\.ts$/, '')
      .split('/')
      .filter((name) => emptyNames.test(name) || !kebabCase.test(name))
      .map((name) => `${path}: "${name}" must be the kebab-case name of what it defines`),
  );

const lengthProblems = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) => {
    const lines = text.split('\n').length - 1;
    return lines <= maxLines ? [] : [`${path}: must have at most ${maxLines} lines, got ${lines}`];
  });

const reExport = /^export\s+(type\s+)?(\*|\{[^}]*\})[^;]*\bfrom\b/m;

/** What the package exports; nothing of ours imports it. */
const entries = 'src/entries/';

/** Files that pass on what others define: one import of them loads all, and cycles grow through them. */
const barrelProblems = (files: readonly SourceFile[]): string[] =>
  files
    .filter(({ path, text }) => !path.startsWith(entries) && reExport.test(withoutComments(text)))
    .map(({ path }) => `${path}: must not export from another file`);

const suppression = /eslint-disable|@ts-(ignore|expect-error|nocheck)|\b(FIXME|XXX)\b/;

const suppressionProblems = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) => {
    const found = suppression.exec(text)?.[0];
    return found === undefined ? [] : [`${path}: must not silence a check or leave work behind, got "${found}"`];
  });

describe('the rules of the house', () => {
  const files = sourceFilesUnder('src');

  test('nothing under src knows the product that project.ts describes, nor a service of another system', () => {
    expect(productProblems(files)).toEqual([]);
  });

  test('every file and folder of src is named after the one thing it holds', () => {
    expect(nameProblems(files)).toEqual([]);
  });

  test('no file of src is longer than a reader can hold', () => {
    expect(lengthProblems(files)).toEqual([]);
  });

  test('no file of src passes on what another defines', () => {
    expect(barrelProblems(files)).toEqual([]);
  });

  test('no file of src silences a check', () => {
    expect(suppressionProblems(files)).toEqual([]);
  });

  test('fails for a word of the product, in a comment too', () => {
    expect(
      productProblems([
        sourceFile('src/charts/a.ts', "const a = 1;\n// as the Broadcaster does\nconst todoHost = 'voting';"),
        sourceFile('src/charts/b.ts', "const asked = 'voting:8081';"),
      ]),
    ).toEqual([
      'src/charts/a.ts:2: must not know the product, got "Broadcaster"',
      'src/charts/a.ts:3: must not know the product, got "todo"',
      'src/charts/b.ts:1: must not know the product, got "voting"',
    ]);
  });

  test('fails for a name that says nothing, of a file or a folder, and for one in another case', () => {
    const wrong = ['src/model/index.ts', 'src/utils/text.ts', 'src/model/releaseOrder.ts'].map((path) =>
      sourceFile(path, ''),
    );

    expect(nameProblems(wrong)).toEqual([
      'src/model/index.ts: "index" must be the kebab-case name of what it defines',
      'src/utils/text.ts: "utils" must be the kebab-case name of what it defines',
      'src/model/releaseOrder.ts: "releaseOrder" must be the kebab-case name of what it defines',
    ]);
  });

  test('fails for a file of more than 300 lines', () => {
    const wrong = [
      sourceFile('src/ops/publish.ts', '\n'.repeat(301)),
      sourceFile('src/ops/promote.ts', '\n'.repeat(300)),
    ];

    expect(lengthProblems(wrong)).toEqual(['src/ops/publish.ts: must have at most 300 lines, got 301']);
  });

  test('fails for a barrel, of types too', () => {
    const wrong = [
      sourceFile('src/model/all.ts', "export * from './service.ts';"),
      sourceFile('src/model/some.ts', "export type { Service,\n  Port } from './service.ts';"),
      sourceFile('src/model/own.ts', 'const a = 1;\nexport { a };\n'),
      sourceFile('src/entries/model.ts', "export { a } from '../model/own.ts';"),
    ];

    expect(barrelProblems(wrong)).toEqual([
      'src/model/all.ts: must not export from another file',
      'src/model/some.ts: must not export from another file',
    ]);
  });

  test('fails for a silenced check', () => {
    expect(suppressionProblems([sourceFile('src/model/a.ts', '// @ts-ignore\nf();')])).toEqual([
      'src/model/a.ts: must not silence a check or leave work behind, got "@ts-ignore"',
    ]);
  });
});
