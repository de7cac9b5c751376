import { isRunToken } from '../credential.ts';
import type { Delivery } from '../delivery.ts';
import { hostOf } from '../formats/host.ts';
import type { Stage } from '../stage.ts';

/** Whether workflows are made at all: some repository on GitHub holds the program. */
export const runsWorkflows = ({ repositories, gitHubHost }: Delivery): boolean =>
  repositories.some(({ holds, url }) => holds.includes('program') && hostOf(url, gitHubHost) === 'github');

/**
 * Whether what a stage pushes starts workflows of the repository. A push with the token that GitHub makes for each run starts
 * none; one with an app, a key or somebody's own token does.
 */
export function startsWorkflows({ credentials }: Delivery, { write }: Stage): boolean {
  const credential = credentials.find(({ name }) => name === write.credential);
  return credential === undefined || !isRunToken(credential);
}
