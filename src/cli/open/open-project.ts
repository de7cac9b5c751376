import project from '#project';
import type { Delivery } from '../../model/delivery.ts';
import { onGitHubOf } from '../../model/host.ts';
import { parseSettings, type Settings } from '../../model/settings/settings.ts';
import { validate } from '../../model/validate.ts';
import { SchemaCatalog } from '../../review/schema/schema-catalog.ts';
import { schemaReader } from '../../review/schema/schema-files.ts';
import { readStackFiles } from '../../settings/read-stack-files.ts';
import { runProgram } from '../../settings/run-program.ts';
import type { Invocation } from '../command.ts';

/** A project as the commands see it: its delivery is valid. */
export interface OpenProject {
  /** Absolute folder of `project.ts`. */
  readonly folder: string;
  readonly settings: Settings;
  readonly delivery: Delivery;
  /** Schemas of all kinds, read as they are needed. */
  readonly catalog: SchemaCatalog;
}

/**
 * Reads the stack files, runs `project.ts` with them, and checks the delivery against every rule of the model.
 *
 * @throws ProblemsError with all problems of the stack files, or all of the delivery, or when project.ts says none
 */
export function openProject({
  projectFolder: folder,
  packageFolder,
}: Pick<Invocation, 'projectFolder' | 'packageFolder'>): OpenProject {
  const settings = parseSettings(readStackFiles(folder));
  const delivery = onGitHubOf(runProgram(project, settings, folder), settings.platform.github.baseUrl);
  validate(delivery, settings);
  return { folder, settings, delivery, catalog: new SchemaCatalog(schemaReader(packageFolder)) };
}
