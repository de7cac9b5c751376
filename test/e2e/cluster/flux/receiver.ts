import { expect } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { textAt } from '../../../../src/objects/fields-at.ts';
import { until } from '../../../support/cluster.ts';
import { fluxNamespace } from '../../../support/cluster-flux.ts';
import { linesOf, type } from '../follow-page.ts';
import { noteLatency, type Step } from '../phase.ts';
import type { World } from '../world.ts';

/** Where Flux takes what a host pushes: a Service of the cluster, or a port of this machine. */
const address = (): string => {
  const given = process.env['PORTOLAN_E2E_FLUX_RECEIVER'];
  if (given === undefined || given === '')
    throw new Error(
      "PORTOLAN_E2E_FLUX_RECEIVER is not set; write the address of Flux's notification-controller that takes webhooks, e.g. http://127.0.0.1:16493",
    );
  return given;
};

/** A host tells Flux of a push, as the page in docs sets it up: nothing waits for the next look at the branch. */
export function receiver(world: () => World, step: Step): void {
  let path = '';
  let token = '';

  /** What GitHub posts, signed with a token. */
  const post = async (signedWith: string): Promise<number> => {
    const body = JSON.stringify({ ref: 'refs/heads/env/staging' });
    const signature = createHmac('sha256', signedWith).update(body).digest('hex');
    const answer = await fetch(`${address()}${path}`, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        'X-GitHub-Event': 'push',
        'X-Hub-Signature-256': `sha256=${signature}`,
      },
    });
    return answer.status;
  };

  /** When Flux was last told to look at the branch. */
  const told = async (): Promise<unknown> => {
    const kind = 'gitrepositories.source.toolkit.fluxcd.io';
    const source = await world().cluster.get(kind, 'the-project-staging', fluxNamespace);
    return source?.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
  };

  step('the lines of the page make a Receiver with a token that no file holds', async () => {
    const { cluster } = world();

    await type(world(), linesOf('docs/flux.md', '6. Told of a push'), { ENV: 'staging' });

    const secret = await cluster.get('secrets', 'the-project-staging-push', fluxNamespace);
    token = Buffer.from(textAt(secret, 'data', 'token'), 'base64').toString();
    expect(token.length).toBeGreaterThan(30);
    path = await until('the Receiver has a path', 30, async () => {
      const live = await cluster.get('receivers.notification.toolkit.fluxcd.io', 'the-project-staging', fluxNamespace);
      return textAt(live, 'status', 'webhookPath') || undefined;
    });
    expect(path).toMatch(/^\/hook\/[0-9a-f]{64}$/);
  });

  step('fails for a push that is not signed with it, and nothing happens', async () => {
    const { project } = world();
    const before = await told();
    project.vary({ note: { staging: 'told' } });
    await project.publish('staging');

    expect(await post('guessed')).toBe(400);

    expect(await told()).toBe(before);
  });

  step('a signed push brings the commit at once', async () => {
    const { flux, project } = world();

    const before = await told();
    expect(await post(token)).toBe(200);
    expect(await told()).not.toBe(before);
    noteLatency('Flux', 'a signed push to its Receiver', await flux.settles('staging', project.tip('staging')));

    project.vary({ note: {} });
    await world().deliver('staging');
  });
}
