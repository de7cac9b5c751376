import { actions } from '../../../../src/hosts/workflow/actions.ts';
import type { PlayedAction } from './action.ts';
import { checkout } from './checkout.ts';
import { createGithubAppToken } from './create-github-app-token.ts';
import { buildPush, dockerLogin } from './docker.ts';
import { deployPages, uploadPages } from './pages.ts';
import { uploadArtifact } from './upload-artifact.ts';

/** Does nothing: what it would set up is there. */
const setsUp = (...inputs: readonly string[]): PlayedAction => ({ inputs, run: () => Promise.resolve({}) });

/** Every action that a generated workflow may use; one that is not played does not compile. */
const played: { readonly [Name in keyof typeof actions]: PlayedAction } = {
  checkout,
  setupNode: setsUp('node-version', 'package-manager-cache'),
  createGithubAppToken,
  dockerLogin,
  setupBuildx: setsUp(),
  uploadArtifact,
  uploadPages,
  deployPages,
  // The CLI is that of the machine, in front of which a test may put another.
  pulumi: setsUp('pulumi-version'),
  buildPush,
};

/** The action behind `uses`, at the commit that it is pinned to. @throws when it is not played */
export function playedAction(uses: string): PlayedAction {
  for (const [key, { name, commit }] of Object.entries(actions))
    if (`${name}@${commit}` === uses) return played[key as keyof typeof actions];
  throw new Error(`the action ${uses} is not played`);
}
