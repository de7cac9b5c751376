import project from '#project';
import type { Delivery } from '../../model/delivery.ts';
import { ProblemsError } from '../../model/problem.ts';
import { parseSettings, type Settings } from '../../model/settings/settings.ts';
import { validate } from '../../model/validate.ts';
import { SchemaCatalog } from '../../review/schema/schema-catalog.ts';
import { schemaReader } from '../../review/schema/schema-files.ts';
import { readStackFiles } from '../../settings/read-stack-files.ts';
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
  const delivery = deliveryOf(project, settings);
  validate(delivery, settings);
  return { folder, settings, delivery, catalog: new SchemaCatalog(schemaReader(packageFolder)) };
}

/** The types of project.ts are not checked when a command starts. */
function deliveryOf(exported: unknown, settings: Settings): Delivery {
  const refuse = (message: string): ProblemsError =>
    new ProblemsError('the program', [{ path: 'project.ts', message }]);
  if (!isProject(exported))
    throw refuse('must end with "export default function project(settings: Settings): Delivery { … }"');
  const delivery = exported(settings);
  if (!isObject(delivery)) throw refuse('its default function must return the delivery');
  return delivery;
}

const isProject = (exported: unknown): exported is typeof project => typeof exported === 'function';

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
