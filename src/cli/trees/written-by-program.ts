import type { ProgramFolders } from '../../settings/program-failure.ts';
import { renderedTexts } from './rendering.ts';
import { openProject } from '../project/open-project.ts';

/**
 * Everything that a program writes, by path. It is where a bundle of its own begins, in which `project.ts` is still to be loaded: whoever
 * listens while that is imported hears what is asked at the top of its files too.
 */
export const writtenByProgram = async ({
  projectFolder,
  packageFolder,
}: ProgramFolders): Promise<ReadonlyMap<string, string>> =>
  // Of nothing that was kept.
  renderedTexts(await openProject({ projectFolder, packageFolder }));
