import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ProgramFolders } from '../../settings/program-failure.ts';

/** What the launcher is asked for; it is JavaScript, and no part of a bundle. */
interface Launcher {
  readonly bundled: (
    asked: ProgramFolders & {
      /** A source without its ending. */
      readonly entry: string;
    },
  ) => Promise<Bundles>;
}

/** The files of the program and, where it is apart, of its project. */
interface Bundles {
  readonly main: string;
  readonly project?: string;
}

/** And for what it bundled. */
interface Loader {
  readonly loadBundle: (bundles: Bundles, argv: readonly string[]) => Promise<unknown>;
}

type WrittenBy = Pick<typeof import('./written-by-program.ts'), 'writtenByProgram'>;

/**
 * Bundles the program once more, beside the bundle that runs: its files are loaded when that is called, and not before, whatever this process
 * loaded of them already. Only the first call of a process loads them.
 */
export async function loadAnew(folders: ProgramFolders): Promise<() => Promise<WrittenBy>> {
  const { projectFolder, packageFolder } = folders;
  const { bundled } = (await launcherFile(packageFolder, 'bundled.cjs')) as Launcher;
  const { loadBundle } = (await launcherFile(packageFolder, 'load-bundle.cjs')) as Loader;
  const bundles = await bundled({
    projectFolder,
    packageFolder,
    entry: 'src/cli/trees/written-by-program',
  });
  return async () => (await loadBundle(bundles, [])) as WrittenBy;
}

const launcherFile = async (packageFolder: string, name: string): Promise<unknown> =>
  import(pathToFileURL(join(packageFolder, 'bin', name)).href);
