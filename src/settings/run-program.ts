import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemsError } from '../model/problem.ts';
import type { Settings } from '../model/settings/settings.ts';
import { thrownAt } from './program-failure.ts';

/** What `project.ts` exports, as far as Portolan reads it. */
export interface Exported {
  readonly default?: unknown;
  /** What the project declares beside Portolan's own settings. */
  readonly ownSettings?: unknown;
}

/**
 * What `project.ts` exports. Nobody checked its types, so each may be anything but the function that everything else relies on: without
 * it nothing is declared either, and each setting of the project's own would be told as unknown.
 *
 * @throws ProblemsError when there is no function
 */
export function exportedBy(program: object): Exported {
  const exported: Exported = program;
  if (typeof exported.default !== 'function') throw noProgram();
  return exported;
}

const noProgram = (): ProblemsError =>
  refused('must end with "export default function project(settings: Settings): Delivery { … }"');

const refused = (message: string, path = 'project.ts'): ProblemsError =>
  new ProblemsError('the program', [{ path, message }]);

/**
 * Runs what `project.ts` exports. Nobody checked its types, so it may be anything.
 *
 * @returns whatever the function returns; `validate` says whether it is a delivery
 * @throws ProblemsError when there is no function, or it does not return at once
 */
export function runProgram(exported: unknown, settings: Settings, projectFolder: string): unknown {
  if (typeof exported !== 'function') throw noProgram();
  const delivery = called(exported as (settings: Settings) => unknown, settings);
  if (isPromise(delivery)) {
    // Whatever it would have said comes too late.
    Promise.resolve(delivery).catch(() => undefined);
    throw refused(
      'its default function must not be async, because it reads nothing but the settings; write "export default function", and no await in it',
      linesOf(projectFolder),
    );
  }
  if (typeof delivery !== 'object' || delivery === null)
    throw refused('its default function must return the delivery', linesOf(projectFolder));
  return delivery;
}

function called(project: (settings: Settings) => unknown, settings: Settings): unknown {
  try {
    return project(settings);
  } catch (error) {
    // Only an error knows its line.
    if (error instanceof Error) throw error;
    throw thrownAt('project.ts', error);
  }
}

const isPromise = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function';

/** `project.ts` with the line of its default export, where one can be told. */
function linesOf(projectFolder: string): string {
  try {
    const lines = readFileSync(join(projectFolder, 'project.ts'), 'utf8').split('\n');
    const line = lines.findIndex((text) => /^\s*export\s+(?:default\b|\{[^}]*\bas\s+default\b)/.test(text));
    return line === -1 ? 'project.ts' : `project.ts:${line + 1}`;
  } catch {
    return 'project.ts';
  }
}

/** Whether an application of what a program returned has constructs of its own. It may be of any shape. */
export function hasConstructs(delivery: unknown): boolean {
  const listAt = (value: unknown, key: string): readonly unknown[] => {
    const list: unknown =
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
    return Array.isArray(list) ? list : [];
  };
  return listAt(delivery, 'environments')
    .flatMap((environment) => listAt(environment, 'applications'))
    .some((application) => typeof application === 'object' && application !== null && 'constructs' in application);
}
