import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { given, type PlayedAction } from './action.ts';

/** Keeps a folder of the job with the run, in the played GitHub's own. Returns its address. */
export const uploadArtifact: PlayedAction = {
  inputs: ['name', 'path', 'if-no-files-found', 'retention-days'],
  run: (call) => {
    const from = join(call.workspace, given(call, 'path'));
    if (!existsSync(from) || readdirSync(from).length === 0)
      throw new Error(`No files were found with the provided path: ${given(call, 'path')}`);
    const to = join(call.github.folder, 'artifacts', given(call, 'name'));
    cpSync(from, to, { recursive: true });
    return Promise.resolve({ 'artifact-url': to });
  },
};
