import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** A file of the program, as the tests of its structure see it. */
export interface SourceFile {
  /** From the repository's root, e.g. `src/model/service.ts`. */
  readonly path: string;
  readonly text: string;
  /** What it imports or re-exports, types of files too: files as paths from the root, packages by their specifier. */
  readonly imports: readonly string[];
}

/** Text of a program that runs in a cluster: what it asks there, no program of ours asks. */
export const textForCluster = 'src/promoters/program-scripts.ts';

/** A type that is named where it lies in a package: nothing is loaded for it. */
const typeOfPackage = /(?<!await )\bimport\('[a-z@][^']*'\)\.[A-Z]\w*/g;

/** Reads what `text` imports, as if it lay at `path`. */
export const sourceFile = (path: string, text: string): SourceFile => ({
  path,
  text,
  imports: ts
    .preProcessFile(text.replaceAll(typeOfPackage, 'unknown'), true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? posix.join(posix.dirname(path), fileName) : fileName,
    ),
});

/** Every TypeScript file under `folder`, in a stable order. */
export const sourceFilesUnder = (folder: string): SourceFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => sourceFile(path, readFileSync(path, 'utf8')));

/** The code without its comments; strings stay. */
export const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
