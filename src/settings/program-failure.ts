import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ProblemsError } from '../model/problem.ts';

/** Where a program lies, and where Portolan does. */
export interface ProgramFolders {
  /** The absolute folder of `project.ts`. */
  readonly projectFolder: string;
  /** The absolute folder of Portolan itself. */
  readonly packageFolder: string;
}

/** Longest message of somebody else's error that is repeated, in characters. */
const longestMessage = 200;

/**
 * What to say of an error that the user's own program threw, at whatever moment: the line, the error, what to do.
 * None for an error of Portolan itself, and for one that speaks to people already.
 */
export function programFailure(error: unknown, folders: ProgramFolders): ProblemsError | undefined {
  if (!(error instanceof Error) || error.message.startsWith('portolan: ')) return undefined;
  const place = placeOf(error, folders);
  return place === undefined ? undefined : thrownAt(place, error);
}

/** An error that the program threw, at a place of which at least the file is known. */
export function thrownAt(place: string, error: unknown): ProblemsError {
  const [line = ''] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n');
  const said = line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line;
  const message = `throws ${said.replace(/[.\s]+$/, '')}; mend it there; "npx tsc" says what the types know of it`;
  return new ProblemsError('the program', [{ path: place, message }]);
}

/** File, line and column of the first line of the user's own that an error passed through. */
export function placeOf(
  { stack = '' }: Pick<Error, 'stack'>,
  { projectFolder, packageFolder }: ProgramFolders,
): string | undefined {
  const maps = new Map<string, SourceMap | undefined>();
  // The bundle was made of files by their true names, however the folder was reached.
  const root = realpathSync(projectFolder);
  const ours = ['src', 'bin', 'imports', 'scripts', 'test'].map(
    (name) => resolve(realpathSync(packageFolder), name) + sep,
  );
  for (const [, file = '', line = '', column = ''] of stack.matchAll(/((?:file:\/\/)?\/[^\s()]+):(\d+):(\d+)/g)) {
    const place = original(file.startsWith('file:') ? fileURLToPath(file) : file, Number(line), Number(column), maps);
    const own =
      place.file.startsWith(root + sep) &&
      !place.file.includes(`${sep}node_modules${sep}`) &&
      !ours.some((folder) => place.file.startsWith(folder));
    if (own) return `${relative(root, place.file)}:${place.line}:${place.column}`;
  }
  return undefined;
}

/** The place in the source that a place in a bundle was made of; the place itself where no map lies beside the file. */
function original(
  file: string,
  line: number,
  column: number,
  maps: Map<string, SourceMap | undefined>,
): { readonly file: string; readonly line: number; readonly column: number } {
  if (!maps.has(file)) maps.set(file, existsSync(`${file}.map`) ? readMap(`${file}.map`) : undefined);
  const entry = maps.get(file)?.findEntry(line - 1, column - 1);
  if (entry === undefined || !('originalSource' in entry)) return { file, line, column };
  return {
    file: sourceOf(file, entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

/** The file of a source that a map names by an address beside it, or by one that is no file's. */
function sourceOf(file: string, source: string): string {
  const address = new URL(source, pathToFileURL(file));
  return address.protocol === 'file:' ? fileURLToPath(address) : source;
}

const readMap = (file: string): SourceMap =>
  new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as ConstructorParameters<typeof SourceMap>[0]);
