import { credentialIn } from '../hosts/workflow/credential-in.ts';
import { appToken, checkout, tokenOf } from '../hosts/workflow/steps.ts';
import { expression, type Job } from '../hosts/workflow/workflow.ts';
import { COPY_ENVIRONMENT } from '../model/derived/actions-environments.ts';
import type { Delivery } from '../model/delivery.ts';
import { repositoryNamed } from '../model/derived/managed-repositories.ts';
import type { Repository } from '../model/repository.ts';
import type { Supply } from '../model/supply.ts';

/**
 * Moves a branch on to a commit that has passed, with its history, and never back: a run that comes late finds its commit there. The token is in
 * no address and no argument, where every process of the machine could read it.
 */
const push = `set -euo pipefail
helper='!f() { if [ "$1" = get ]; then printf "username=x-access-token\\npassword=%s\\n" "$TOKEN"; fi; }; f'
with_token() { git -c credential.helper= -c "credential.helper=$helper" "$@"; }
for attempt in 1 2 3 4 5; do
  listed=$(with_token ls-remote "$COPY" "refs/heads/$BRANCH")
  if [ -n "$listed" ]; then
    with_token fetch --quiet --no-tags "$COPY" "refs/heads/$BRANCH"
    there=$(git rev-parse FETCH_HEAD)
    if git merge-base --is-ancestor "$COMMIT" "$there"; then
      echo "::notice::$BRANCH has $COMMIT already"
      exit 0
    fi
    if ! git merge-base --is-ancestor "$there" "$COMMIT"; then
      echo "::error::$BRANCH of $COPY is at $there, which is no commit before $COMMIT: somebody else wrote it; look at it, and delete the branch"
      exit 1
    fi
  fi
  if with_token push --quiet "$COPY" "$COMMIT:refs/heads/$BRANCH"; then exit 0; fi
  sleep 1
done
echo "::error::$BRANCH of $COPY could not be pushed in $attempt attempts"
exit 1`;

/**
 * Pushes the commit of a run to where a builder in a cluster reads it. It runs nothing of the source.
 *
 * @throws LackingCredential where the delivery declares none that it may push with
 */
export function copyJob(delivery: Delivery, source: Repository, supply: Supply): Job {
  const { repository = source.name, branch = '' } = supply.copiesTo ?? {};
  const target = repositoryNamed(delivery, repository);
  const credential = credentialIn(delivery, source, 'gitPush', COPY_ENVIRONMENT);
  return {
    name: `Copy what passed to ${target.name}`,
    environment: COPY_ENVIRONMENT,
    permissions: { contents: 'read' },
    timeoutMinutes: 10,
    steps: [
      // What is copied may hold workflows, which no token may push that is not let.
      appToken('token', credential, [target], { contents: 'write', workflows: 'write' }),
      checkout('Check out the source with its history', { path: 'source' }),
      {
        name: `Push the commit to the branch ${branch}`,
        workingDirectory: 'source',
        env: {
          TOKEN: tokenOf('token'),
          COPY: target.url,
          BRANCH: branch,
          COMMIT: expression('github.sha'),
        },
        run: push,
      },
    ],
  };
}
