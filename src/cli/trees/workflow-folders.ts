import { join, resolve } from 'node:path';
import type { Delivery } from '../../model/delivery.ts';
import { repositoryWorkflows } from '../../workflows/workflows-of.ts';

/** A folder that is written, and what it holds then. */
export interface WrittenFolder {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The workflows of the repositories, each with the folder below an output folder that it is written to: of several sources each has its own. */
export function workflowFolders(delivery: Delivery, output: string): readonly WrittenFolder[] {
  const generated = repositoryWorkflows(delivery);
  const sources = delivery.repositories.filter(({ holds }) => holds.includes('source'));
  return delivery.repositories.flatMap(({ name, holds }) => {
    const files = generated[name];
    const folder = holds.includes('source') ? join('source', sources.length > 1 ? name : '.') : 'program';
    return files === undefined ? [] : [{ folder: resolve(output, folder), files }];
  });
}
