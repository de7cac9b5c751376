import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sayProvisioning, withProvisioning } from '../../support/provisioning.ts';
import { TodoWorld } from '../../workflows/runner/todo-world.ts';

/** Pulumi's command line as far as a preview calls it: says what it was given, and fails for the first stack. */
const pulumi = `#!/usr/bin/env bash
case " $* " in ' preview '*' --stack '*) ;; *) echo "pulumi $* is not played" >&2; exit 1 ;; esac
for name in GITHUB_TOKEN PULUMI_BACKEND_URL PULUMI_CONFIG_PASSPHRASE KUBECONFIG; do test -n "\${!name}" || exit 1; done
stack="\${@: -1}"
if [ "$stack" = platform ]; then echo 'error: 401 Bad credentials'; exit 255; fi
echo "$stack would have $(grep broadcaster: "Pulumi.$stack.yaml")"
`;

let world: TodoWorld;
beforeAll(async () => {
  world = await TodoWorld.start(withProvisioning, { program: sayProvisioning });
  const program = join(world.github.programs, 'pulumi');
  writeFileSync(program, pulumi);
  chmodSync(program, 0o755);
});
afterAll(async () => {
  await world.stop();
});

/** project.ts's staging, with another number of broadcasters. */
const withBroadcasters = (replicas: number) => ({
  'Pulumi.staging.yaml': world.program
    .read('refs/heads/main', 'Pulumi.staging.yaml')
    .replace(/broadcaster: \d+/, `broadcaster: ${replicas}`),
});

/** Runs what was started. Returns how each job ended. */
async function reviewed(): Promise<Readonly<Record<string, string>>> {
  const runs = await world.settle();
  return Object.fromEntries(
    runs.flatMap(({ jobs }) =>
      Object.entries(jobs).map(([id, { conclusion, log }]) => [
        id,
        conclusion === 'success' ? conclusion : `${conclusion} ${log.slice(-500)}`,
      ]),
    ),
  );
}

const everyJob = { check: 'success', comment: 'success', preview: 'success', 'comment-previews': 'success' };

test('what a merge would render and what Pulumi would do stand in one comment, which is written anew with both', async () => {
  const number = world.propose(world.program, { branch: 'more', files: withBroadcasters(4) });
  expect(await reviewed()).toEqual(everyJob);
  const { comments } = world.program.pull(number);
  const before = [...comments];
  world.push(world.program, 'more', withBroadcasters(5));
  expect(await reviewed()).toEqual(everyJob);

  for (const [comment, replicas] of [
    [before, 4],
    [comments, 5],
  ] as const) {
    expect(comment).toHaveLength(1);
    const [diff = '', ...previews] = comment[0]!.split('### pulumi preview --stack ');
    expect(diff).toMatch(new RegExp(`broadcaster.* → ${replicas}`));
    expect(previews).toHaveLength(3);
    expect(previews[0]).toBe('platform\n\n~~~~~~\nthe preview failed\nerror: 401 Bad credentials\n\n~~~~~~\n\n');
    expect(previews[1]).toMatch(new RegExp(`^staging\n\n~~~~~~\nstaging would have +broadcaster: ${replicas}\n`));
    expect(previews[2]).toMatch(/^production\n[^]*\[The same as a page\]\(.*\), for who is signed in\.\n$/);
  }
});
