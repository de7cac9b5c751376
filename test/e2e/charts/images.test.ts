import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { hold } from '../../../src/ops/hold/hold.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { renderedUnit } from '../../../src/render/rendered-unit.ts';
import { opsContext } from '../../ops/support/fake-ops.ts';
import { until } from '../../support/cluster.ts';
import { startGitServer, type GitServer } from '../../support/cluster-git-server.ts';
import { bareRepository, gitIn } from '../../support/git.ts';
import { tagAt, withFluxImages } from '../../support/moved-by-flux.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { registry } from './support/podinfo-chart.ts';

const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with the image-reflector-controller and the image-automation-controller of Flux 2.7 or
later, which reach this machine at 127.0.0.1; a registry that it and this machine reach over plain HTTP, named by PORTOLAN_E2E_REGISTRY; and kubectl, oci-push
and git on the PATH. PORTOLAN_E2E=throw-away says that the cluster may be destroyed. Everything in the namespace images-proof is removed`;

const namespace = 'images-proof';
const folder = `proof-${Date.now()}`;
const kubectl = async (...args: readonly string[]): Promise<string> => (await execa('kubectl', args)).stdout;

let server: GitServer;
let context: OpsContext & { readonly bare: string };

/** Two images that Flux moves, in a registry of the tests, on a branch that everybody may write. */
const deliveryAt = (url: string): Delivery =>
  JSON.parse(
    JSON.stringify(withFluxImages({ supply: { discovery: { kind: 'registryPoll', intervalMinutes: 1 } } }))
      .replaceAll('"acme/', `"${registry}/${folder}/`)
      .replaceAll('"shop-tools"', JSON.stringify(namespace))
      .replaceAll(/"https:\/\/github\.com\/acme\/shop-ops\.git"/g, JSON.stringify(url)),
  ) as Delivery;

const push = async (artifact: string, tag: string): Promise<string> =>
  (await execa('oci-push', ['-content', `${artifact} ${tag}`, `${registry}/${folder}/${artifact}:${tag}`])).stdout;

const apply = async (objects: readonly KubernetesObject[]): Promise<unknown> =>
  execa('kubectl', ['apply', '--server-side', '--validate=strict', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  });

/** Has Flux look at once, and not after its interval. */
async function look(): Promise<void> {
  const now = `reconcile.fluxcd.io/requestedAt=${Date.now()}`;
  for (const kind of ['imagerepositories', 'imageupdateautomations'])
    await kubectl('annotate', `${kind}.image.toolkit.fluxcd.io`, '--all', '-n', namespace, '--overwrite', now);
}

const statusOf = async (): Promise<Awaited<ReturnType<typeof readStatus>>[number]['published']> =>
  (await readStatus(context, [environmentOf(context.delivery, 'dev')]))[0]?.published;

const fileOf = (artifact: string): string =>
  gitIn(context.bare, 'show', `env/dev:manifests/shop/deployment.apps.dev-${artifact}.yaml`);

/** Waits until the branch has a tag of these images, and says what status makes of it. */
const untilSet = async (
  tag: string,
  artifacts = ['orders', 'payments'],
): Promise<Awaited<ReturnType<typeof statusOf>>> =>
  until(`${artifacts.join(' and ')} are set to ${tag}`, 60, async () => {
    await look();
    return artifacts.every((artifact) => fileOf(artifact).includes(tag)) ? statusOf() : undefined;
  });

describe('images that a real Flux looks for and sets', () => {
  beforeAll(async () => {
    if ((process.env['KUBECONFIG'] ?? '') === '' || registry === '' || process.env['PORTOLAN_E2E'] !== 'throw-away')
      throw new Error(howTo);
    const bare = bareRepository();
    server = await startGitServer(path.dirname(bare));
    const delivery = deliveryAt(`${server.url}/ops.git`);
    context = await opsContext({
      bare,
      delivery,
      render: (unit, release) => renderedUnit(rendered(delivery, unit.environment, release), unit),
    });
    for (const artifact of ['orders', 'payments']) await push(artifact, tagAt(1));
    await publish(context, { environment: 'dev' });
    const { objects } = rendered(delivery, 'tools', { images: {} });
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'flux-ops', namespace },
      stringData: { username: 'flux', password: 'made-up' },
    };
    await apply([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      secret,
      ...objects
        .map(({ object }) => object)
        .filter(({ apiVersion }) => /^(image|source)\.toolkit\.fluxcd\.io/.test(apiVersion))
        // The registry of the tests has no certificate.
        .map((object) =>
          object.kind === 'ImageRepository'
            ? { ...object, spec: { ...(object['spec'] as object), insecure: true } }
            : object,
        ),
    ]);
  });

  afterAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await server.stop();
  });

  test('are set to the newest with its digest, in a commit of the author of the stage that edits nothing', async () => {
    for (const artifact of ['orders', 'payments']) await push(artifact, tagAt(2));
    const status = await untilSet(tagAt(2));

    expect(status).toMatchObject({ edits: [], rendering: { differing: [] } });
    expect(status?.moved?.by).toBe('shop-promoter <promoter@example.com>');
    const message = gitIn(context.bare, 'log', '-1', '--format=%B', 'env/dev');
    expect(message).toMatch(
      new RegExp(`^Shop ${tagAt(2)} to dev\\n\\nAsked-By: Flux\\nRun: ${namespace}/dev of Flux\\n`),
    );
    expect(fileOf('orders')).toMatch(
      new RegExp(`image: "${registry}/${folder}/orders:${tagAt(2)}@sha256:[0-9a-f]{64}" # `),
    );
  });

  test('stay where they are for a tag of an earlier time, and for one that is no version', async () => {
    for (const tag of [tagAt(0), `x${tagAt(5)}`, 'latest']) await push('orders', tag);
    await push('payments', tagAt(3));
    const status = await untilSet(tagAt(3), ['payments']);

    expect(fileOf('orders')).toContain(tagAt(2));
    expect(status).toMatchObject({ edits: [] });
  });

  test('are set past a hold, and not while the automation is suspended', async () => {
    const suspended = async (value: true | null): Promise<unknown> =>
      kubectl(
        ...['-n', namespace, 'patch', 'imageupdateautomation', 'dev', '--type', 'merge'],
        ...['--field-manager=portolan', '-p', JSON.stringify({ spec: { suspend: value } })],
      );
    await hold(context, { environment: 'dev', reason: 'wait' });
    for (const artifact of ['orders', 'payments']) await push(artifact, tagAt(6));
    await untilSet(tagAt(6));
    await suspended(true);
    const tip = gitIn(context.bare, 'rev-parse', 'env/dev');
    for (const artifact of ['orders', 'payments']) await push(artifact, tagAt(7));
    await look();
    await until('the policy has found it', 30, async () =>
      (await kubectl('get', 'imagepolicy', 'orders', '-n', namespace, '-o', 'json')).includes(tagAt(7))
        ? true
        : undefined,
    );
    await look();
    await new Promise((resolve) => setTimeout(resolve, 5000));

    expect(gitIn(context.bare, 'rev-parse', 'env/dev')).toBe(tip);
    await suspended(null);
    await untilSet(tagAt(7));
    const { entries } = await readHistory(context.repository, gitIn(context.bare, 'rev-parse', 'env/dev'));
    expect(new Set(entries.slice(0, 1).map(({ record }) => record.change.kind))).toEqual(new Set(['moved']));
  });
});
