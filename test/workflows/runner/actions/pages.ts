import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { may } from '../played/tokens.ts';
import { given, type ActionCall, type PlayedAction } from './action.ts';

/** Where the run keeps what is to be shown, and where GitHub Pages of a repository shows it. */
const handedOver = ({ github, repository }: ActionCall): string =>
  join(github.folder, 'artifacts', repository.replace('/', '-'), 'github-pages');
export const shownAt = (folder: string, repository: string): string =>
  join(folder, 'pages', repository.replace('/', '-'));

/** Keeps a folder with the run, for GitHub Pages. */
export const uploadPages: PlayedAction = {
  inputs: ['path'],
  run: (call) => {
    const from = join(call.workspace, given(call, 'path'));
    if (!existsSync(join(from, 'index.html'))) throw new Error(`there is no index.html in ${given(call, 'path')}`);
    rmSync(handedOver(call), { recursive: true, force: true });
    cpSync(from, handedOver(call), { recursive: true });
    return Promise.resolve({});
  },
};

/** Shows what was handed over: with the rights for it, out of the GitHub environment that Pages takes it from. */
export const deployPages: PlayedAction = {
  inputs: [],
  run: (call) => {
    const token = call.github.tokens.of(`token ${call.token}`);
    for (const permission of ['pages', 'id-token'])
      if (!may(token, call.repository, permission, 'write')) throw new Error(`the token lacks ${permission}: write`);
    if (call.environment !== 'github-pages') throw new Error('Missing environment: github-pages');
    cpSync(handedOver(call), shownAt(call.github.folder, call.repository), { recursive: true });
    return Promise.resolve({ page_url: 'https://pages.example/' });
  },
};
