import type { Invocation } from '../command.ts';
import { noFacts, openFacts } from './kept-facts.ts';
import { openProject, type OpenProject } from './open-project.ts';

/**
 * {@link openProject} for a command that shows: what the same program found out before is believed.
 *
 * @throws like {@link openProject}
 */
export function openToShow(invocation: Invocation): Promise<OpenProject> {
  const place = invocation.kept?.();
  return openProject(invocation, undefined, undefined, place === undefined ? noFacts : openFacts(place));
}
