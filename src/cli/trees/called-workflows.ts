import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CheckWorkflow } from '../../model/derived/supply-checks.ts';

/** What stands under `on` of a workflow, as names: one, a list or a map. */
function triggersOf(text: string): readonly string[] {
  try {
    const workflow: unknown = parse(text);
    const on: unknown = typeof workflow === 'object' && workflow !== null ? Reflect.get(workflow, 'on') : undefined;
    if (typeof on === 'string') return [on];
    if (Array.isArray(on)) return on.map(String);
    return typeof on === 'object' && on !== null ? Object.keys(on) : [];
  } catch {
    return [];
  }
}

/** Why builds could not call a workflow of a checkout, as a line for each one that they could not. */
export const uncallableIn = (folder: string, checks: readonly CheckWorkflow[]): readonly string[] =>
  checks.flatMap(({ path, supply }) => {
    const file = join(folder, path);
    const asked = `supplies.${supply.name}.checks asks for it before each build`;
    if (!existsSync(file)) return [`${path} is not there; ${asked}: write it, with "on: workflow_call"`];
    return triggersOf(readFileSync(file, 'utf8')).includes('workflow_call')
      ? []
      : [`${path} cannot be called; ${asked}: add "workflow_call:" below its "on:"`];
  });
