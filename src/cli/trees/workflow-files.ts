import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { everyHost } from '../../hosts/hosts.ts';

/** A generated workflow, and where its committed copy is expected. */
export interface ExpectedWorkflow {
  readonly file: string;
  readonly text: string;
}

/** Generated workflows, as files of a checkout. */
export const expectedIn = (folder: string, files: ReadonlyMap<string, string>): readonly ExpectedWorkflow[] =>
  [...files].map(([path, text]) => ({ file: join(folder, path), text }));

/** The workflows whose file is not there, or not as it was generated. */
export const differingWorkflows = (expected: readonly ExpectedWorkflow[]): readonly ExpectedWorkflow[] =>
  expected.filter(({ file, text }) => contentOf(file) !== text);

/** Whether a checkout holds generated workflows at all: one that never had them is not reproached for lacking them. */
export const hasWorkflows = (folder: string): boolean =>
  everyHost.some(({ workflows }) => {
    if (workflows === undefined) return false;
    const own = join(folder, workflows.folder);
    return existsSync(own) && readdirSync(own).some(workflows.isGenerated);
  });

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
