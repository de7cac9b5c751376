import type { Command } from 'commander';
import type { Invocation } from '../command.ts';
import { noFacts, openFacts } from './kept-facts.ts';
import { openProject, type OpenProject } from './open-project.ts';

/** What a command that shows takes, and one that judges or writes does not: it finds out everything anew. */
export interface CacheFlags {
  readonly cache: boolean;
}

/** Adds `--no-cache`. */
export const withCache = (command: Command): Command =>
  command.option('--no-cache', 'find out anew what an earlier call kept');

/**
 * {@link openProject} for a command that shows: what the same program found out before is believed.
 *
 * @throws like {@link openProject}
 */
export function openToShow(invocation: Invocation, { cache }: CacheFlags): Promise<OpenProject> {
  const place = cache ? invocation.kept?.() : undefined;
  return openProject(invocation, undefined, undefined, place === undefined ? noFacts : openFacts(place));
}
