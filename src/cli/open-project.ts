import project from '#project';
import type { Delivery } from '../model/delivery.ts';
import { parseSettings, type Settings } from '../model/settings.ts';
import { validate } from '../model/validate.ts';
import { readStackFiles } from './stack-files.ts';

/** A project as the commands see it: its delivery is valid. */
export interface OpenProject {
  /** Absolute folder of `project.ts`. */
  readonly folder: string;
  readonly settings: Settings;
  readonly delivery: Delivery;
}

/**
 * Reads the stack files, runs `project.ts` with them, and checks the delivery against every rule of the model.
 *
 * @throws ProblemsError with all problems of the stack files, or all of the delivery
 */
export function openProject(folder: string): OpenProject {
  const settings = parseSettings(readStackFiles(folder));
  const delivery = project(settings);
  validate(delivery);
  return { folder, settings, delivery };
}
