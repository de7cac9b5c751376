import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { given, type PlayedAction } from './action.ts';

/** Keeps a folder of the job with the run, or one file as it is, in the played GitHub's own. Returns its address. */
export const uploadArtifact: PlayedAction = {
  inputs: ['name', 'path', 'archive', 'if-no-files-found', 'retention-days'],
  run: (call) => {
    const path = given(call, 'path');
    const from = join(call.workspace, path);
    const isPacked = call.with['archive'] !== 'false';
    if (!existsSync(from) || (isPacked && readdirSync(from).length === 0))
      throw new Error(`No files were found with the provided path: ${path}`);
    if (!isPacked && !statSync(from).isFile())
      throw new Error("When 'archive' is set to false, only a single file can be uploaded");
    const to = join(call.github.folder, 'artifacts', isPacked ? given(call, 'name') : basename(path));
    cpSync(from, to, { recursive: true });
    return Promise.resolve({ 'artifact-url': to });
  },
};
