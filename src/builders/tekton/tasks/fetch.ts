import type { KubernetesObject } from '../../../model/application.ts';
import type { Delivery } from '../../../model/delivery.ts';
import { builtSourceOf } from '../../../model/derived/kpack/built-source.ts';
import { sshAddressOf } from '../../../model/formats/repository-address.ts';
import { secretNameOf } from '../../../objects/tools/secret-name.ts';
import { tektonApi, variable } from '../../../objects/tools/tekton-task.ts';
import { objectNamesOf, type TektonSupply } from '../settings.ts';
import { anyOwner, refuse, unprivileged, usedByTools } from './step.ts';

/** Folder that the key to the source is mounted at. */
const keys = '/keys';

/**
 * Fetches the commit, and that alone of it which somebody merged: whoever starts a run names a commit, and GitHub hands out those of every fork by
 * their numbers.
 */
const script = `#!/bin/sh
set -eu
${refuse}
case $COMMIT in *[!0-9a-f]*) refuse 'what is to be built is no commit' ;; esac
case \${#COMMIT} in 40 | 64) ;; *) refuse 'what is to be built is no whole commit' ;; esac
if [ -n "$KEYS" ]; then
  export GIT_SSH_COMMAND="ssh -i $KEYS/ssh-privatekey -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=$KEYS/known_hosts"
fi
git clone --quiet --no-tags --no-checkout --filter=blob:none --single-branch --branch "$BRANCH" -- "$ADDRESS" "$SOURCE/source"
cd "$SOURCE/source"
git merge-base --is-ancestor "$COMMIT" HEAD || refuse "$COMMIT is not on the branch $BRANCH, so that nobody merged it"
git checkout --quiet --detach "$COMMIT"
printf %s "$COMMIT" > "$RESULT"
`;

/** The task that fetches the source, once for a run, and says which commit it is. */
export function fetchTask(delivery: Delivery, namespace: string, supply: TektonSupply): KubernetesObject {
  const { builder } = supply;
  const source = builtSourceOf(delivery, supply);
  const url = source?.repository.url ?? '';
  const withKey = builder.readsWith;
  return {
    apiVersion: tektonApi,
    kind: 'Task',
    metadata: { name: objectNamesOf(supply).fetch, namespace },
    spec: {
      params: [{ name: 'commit', type: 'string', description: 'The commit that is built.' }],
      results: [{ name: 'commit', type: 'string', description: 'The commit that was fetched.' }],
      workspaces: [{ name: 'source' }],
      steps: [
        {
          name: 'fetch',
          image: builder.tools.git,
          env: [
            variable('COMMIT', '$(params.commit)'),
            variable('BRANCH', source?.branch ?? ''),
            variable('ADDRESS', withKey === undefined ? url : sshAddressOf(url)),
            variable('KEYS', withKey === undefined ? '' : keys),
            variable('SOURCE', '$(workspaces.source.path)'),
            variable('RESULT', '$(results.commit.path)'),
            variable('GIT_TERMINAL_PROMPT', '0'),
            variable('HOME', '/tmp'),
            ...anyOwner,
          ],
          script,
          computeResources: usedByTools,
          securityContext: unprivileged,
          ...(withKey === undefined ? {} : { volumeMounts: [{ name: 'keys', mountPath: keys, readOnly: true }] }),
        },
      ],
      ...(withKey === undefined
        ? {}
        : {
            volumes: [{ name: 'keys', secret: { secretName: secretNameOf(delivery, withKey), defaultMode: 0o440 } }],
          }),
    },
  };
}
