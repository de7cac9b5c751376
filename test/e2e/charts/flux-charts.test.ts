import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf } from '../../../src/model/delivery.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { until } from '../../support/cluster.ts';
import { pushed, registry } from './support/podinfo-chart.ts';

const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with Flux 2.7 or later in flux-system; a registry that it and this machine reach over
plain HTTP, named by PORTOLAN_E2E_REGISTRY; and kubectl and helm on the PATH. PORTOLAN_E2E=throw-away says that the cluster may be destroyed. Everything in the
namespace app-podinfo is removed`;

const place = 'dev-test';
const namespace = 'app-podinfo';

const kubectl = async (...args: readonly string[]): Promise<string> => (await execa('kubectl', args)).stdout;

/**
 * What lies on the branch of the example at a version of the chart, without what follows the branch: nothing is fetched from Git here.
 *
 * @param given - what is otherwise than in the example, for that nobody waits long
 */
function branchAt(
  tag: string,
  digest: string,
  given: Readonly<Record<string, unknown>> = { test: false, retries: 0 },
): readonly KubernetesObject[] {
  const delivery = podinfo();
  const environment = environmentOf(delivery, place);
  const applications = environment.applications.map((application) => ({
    ...application,
    helmCharts: (application.helmCharts ?? []).map(({ renderedBy, ...chart }) => ({
      ...chart,
      renderedBy: renderedBy?.kind === 'engine' ? { ...renderedBy, ...given, timeoutMinutes: 1 } : renderedBy!,
    })),
  }));
  const release = { images: { 'podinfo-chart': { repository: `${registry}/charts/podinfo`, tag, digest } } };
  const settings = { opsRepository: 'https://github.com/acme/podinfo-ops.git' };
  return renderEnvironment(delivery, { ...environment, applications }, release, settings).objects.flatMap(
    ({ object }) => (['GitRepository', 'Kustomization'].includes(object.kind) ? [] : [object]),
  );
}

const apply = async (objects: readonly KubernetesObject[]): Promise<unknown> =>
  execa('kubectl', ['apply', '--server-side', '--force-conflicts', '--validate=strict', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  });

const live = async (kind: string): Promise<KubernetesObject> =>
  JSON.parse(
    (await kubectl('get', kind, 'podinfo', '-n', namespace, '--ignore-not-found', '-o', 'json')) || '{}',
  ) as KubernetesObject;

/** What Flux says of the chart: whether it is ready, why, and which version runs. */
async function said(): Promise<{
  readonly ready: string;
  readonly reason: string;
  readonly message: string;
  readonly runs: string;
}> {
  const release = await live('helmreleases.helm.toolkit.fluxcd.io');
  const ready = listAt(release, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
  return {
    ready: textAt(ready, 'status'),
    reason: textAt(ready, 'reason'),
    message: textAt(ready, 'message'),
    runs: textAt(release, 'status', 'history', 0, 'chartVersion'),
  };
}

const untilSaid = async (reason: string, version = ''): Promise<Awaited<ReturnType<typeof said>>> => {
  let last = '';
  return until(
    `Flux says ${reason} of ${version}`,
    100,
    async () => {
      const it = await said();
      last = JSON.stringify(it);
      return it.reason === reason && it.runs.startsWith(version) ? it : undefined;
    },
    () => last,
  );
};

/** Has Flux look at once, and not after its interval. */
const look = async (): Promise<void> => {
  await kubectl(
    'annotate',
    'ocirepositories,helmreleases',
    'podinfo',
    '-n',
    namespace,
    '--overwrite',
    `reconcile.fluxcd.io/requestedAt=${Date.now()}`,
  );
};

const imageOf = async (): Promise<string> =>
  textAt(await live('deployments.apps'), 'spec', 'template', 'spec', 'containers', 0, 'image');

describe('a chart that Flux renders, on the real controllers', () => {
  const digests = new Map<string, string>();

  beforeAll(async () => {
    if ((process.env['KUBECONFIG'] ?? '') === '' || registry === '' || process.env['PORTOLAN_E2E'] !== 'throw-away')
      throw new Error(howTo);
    for (const version of ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0', '2.0.0'])
      digests.set(version, await pushed(version));
  });

  afterAll(async () => {
    await kubectl('delete', 'helmreleases', 'podinfo', '-n', namespace, '--ignore-not-found');
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });

  const at = (version: string): readonly KubernetesObject[] => branchAt(version, digests.get(version) ?? '');

  test('is installed by an account that may make its kinds alone, with the values of the stage', async () => {
    await apply(at('1.0.0'));
    await untilSaid('InstallSucceeded', '1.0.0');

    const deployment = await live('deployments.apps');
    expect(fieldAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'env', 0, 'value')).toBe(
      'Greetings from dev-test',
    );
    expect(fieldAt(deployment, 'spec', 'replicas')).toBe(3);
  });

  test('runs what the digest names, when the tag names another chart by now; an edit by hand is undone', async () => {
    const other = await pushed('1.1.0');
    const moved = at('1.0.0').map((object) =>
      object.kind === 'OCIRepository'
        ? { ...object, spec: { ...(object['spec'] as object), ref: { tag: '1.1.0', digest: digests.get('1.0.0') } } }
        : object,
    );
    await apply(moved);
    await kubectl('scale', 'deployment', 'podinfo', '-n', namespace, '--replicas=1');
    await look();
    await until('the edit is undone', 60, async () =>
      fieldAt(await live('deployments.apps'), 'spec', 'replicas') === 3 ? true : undefined,
    );

    expect(other).not.toBe(digests.get('1.0.0'));
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.0.0');
  });

  test('goes on to the next version', async () => {
    await apply(at('1.1.0'));
    await untilSaid('UpgradeSucceeded', '1.1.0');

    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
  });

  test('is taken back where a version does not become healthy, and is not ready then, so that nothing follows it', async () => {
    await apply(at('1.2.0'));

    expect(await untilSaid('RollbackSucceeded', '1.1.0')).toMatchObject({ ready: 'False' });
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
  });

  test('is healthy again as soon as the branch is back', async () => {
    await apply(at('1.1.0'));

    expect(await untilSaid('UpgradeSucceeded', '1.1.0')).toMatchObject({ ready: 'True' });
  });

  test('fails for a kind that nobody declared, and changes nothing', async () => {
    await apply(at('2.0.0'));

    const { ready, message } = await untilSaid('UpgradeFailed');
    expect([ready, message]).toEqual(['False', expect.stringContaining('configmaps "undeclared" is forbidden')]);
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
  });

  describe('with the tests and the tries of the example', () => {
    /** What each pod that tests a version came to, by its id: pods run nothing here, so these tests say it. */
    const tested = new Map<string, string>();
    let isOver = false;
    let kubelet: Promise<void>;

    beforeAll(() => {
      kubelet = (async () => {
        while (!isOver) {
          const pod = JSON.parse(
            (await kubectl('get', 'pod', 'podinfo-test', '-n', namespace, '--ignore-not-found', '-o', 'json')) || '{}',
          ) as KubernetesObject;
          const [id, version] = [textAt(pod, 'metadata', 'uid'), textAt(pod, 'metadata', 'labels', 'tests')];
          if (id !== '' && !tested.has(id)) {
            tested.set(id, version);
            const phase = version === '1.4.0' ? 'Failed' : 'Succeeded';
            // It may be gone by now.
            await execa(
              'kubectl',
              [
                'patch',
                'pod',
                'podinfo-test',
                '-n',
                namespace,
                '--subresource=status',
                '--type=merge',
                `--patch={"status":{"phase":"${phase}"}}`,
              ],
              { reject: false },
            );
          }
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      })();
    });

    afterAll(async () => {
      isOver = true;
      await kubelet;
    });

    const asShipped = (version: string): readonly KubernetesObject[] =>
      branchAt(version, digests.get(version) ?? '', {});
    const triesOf = (version: string): number => [...tested.values()].filter((one) => one === version).length;

    test('runs the tests of a chart after it was upgraded, and is healthy when they passed', async () => {
      await apply(asShipped('1.3.0'));

      expect(await untilSaid('TestSucceeded', '1.3.0')).toMatchObject({ ready: 'True' });
      expect(triesOf('1.3.0')).toBe(1);
      expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.3.0');
    });

    test('is tried twice again where its tests fail, and taken back', async () => {
      await apply(asShipped('1.4.0'));
      await until('three tries', 100, () => Promise.resolve(triesOf('1.4.0') === 3 ? true : undefined));
      await until('the version before runs again', 60, async () =>
        (await imageOf()) === 'ghcr.io/acme/podinfo:1.3.0' ? true : undefined,
      );

      expect((await said()).ready).toBe('False');
      expect(triesOf('1.4.0')).toBe(3);
    });
  });
});
