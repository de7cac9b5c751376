import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { until } from '../../support/cluster.ts';
import { temporaryFolder } from '../../support/git.ts';
import { packed, pushed, registry } from './support/podinfo-chart.ts';

const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with Flux 2.7 or later in flux-system, which reaches this machine at 127.0.0.1; a registry
that it and this machine reach over plain HTTP, named by PORTOLAN_E2E_REGISTRY; and kubectl and helm on the PATH. PORTOLAN_E2E=throw-away says that the cluster may
be destroyed. Everything in the namespace podinfo-site is removed`;

const place = 'dev-test';
const namespace = 'podinfo-site';

const kubectl = async (...args: readonly string[]): Promise<string> => (await execa('kubectl', args)).stdout;

/** What lies on the branch of the example where Flux fetches the chart from there, at a version, without what follows the branch. */
function branchAt(url: string, tag: string): readonly KubernetesObject[] {
  const delivery = JSON.parse(
    JSON.stringify(podinfo()).replaceAll('"app-podinfo"', JSON.stringify(namespace)),
  ) as Delivery;
  const environment = environmentOf(delivery, place);
  const applications = environment.applications.map((application) => ({
    ...application,
    helmCharts: (application.helmCharts ?? []).map(({ renderedBy, ...chart }) => ({
      ...chart,
      renderedBy:
        renderedBy?.kind === 'engine'
          ? { ...renderedBy, test: false, retries: 0, timeoutMinutes: 1, helmRepository: url }
          : renderedBy!,
    })),
  }));
  const release = { images: { 'podinfo-chart': { repository: `${url.replace(/^\w+:\/\//, '')}/podinfo`, tag } } };
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

/** Waits until Flux says how a version ended: whether it is ready, and which one was tried last, as the health of the branch asks. */
async function untilSaid(reason: string, tried: string): Promise<string> {
  let last = '';
  return until(
    `Flux says ${reason} of ${tried}`,
    150,
    async () => {
      const release = await live('helmreleases.helm.toolkit.fluxcd.io');
      const ready = listAt(release, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
      last = JSON.stringify(release['status'] ?? {}).slice(0, 1500);
      return textAt(ready, 'reason') === reason && textAt(release, 'status', 'lastAttemptedRevision') === tried
        ? textAt(ready, 'status')
        : undefined;
    },
    () => last,
  );
}

const imageOf = async (): Promise<string> =>
  textAt(await live('deployments.apps'), 'spec', 'template', 'spec', 'containers', 0, 'image');

describe('a chart that Flux fetches by its version, on the real controllers', () => {
  let server: Server;
  let site = '';

  beforeAll(async () => {
    if ((process.env['KUBECONFIG'] ?? '') === '' || registry === '' || process.env['PORTOLAN_E2E'] !== 'throw-away')
      throw new Error(howTo);
    const folder = temporaryFolder();
    server = createServer(({ url = '' }, answer) => {
      try {
        answer.end(readFileSync(path.join(folder, path.basename(url))));
      } catch {
        answer.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}/charts`;
    for (const version of ['1.0.0', '1.1.0']) await packed(version, folder);
    await pushed('1.1.0');
    await execa('helm', ['repo', 'index', folder, '--url', site]);
  });

  afterAll(async () => {
    await kubectl('delete', 'helmreleases', 'podinfo', '-n', namespace, '--ignore-not-found');
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    server.close();
  });

  test('is installed from a site, and goes on to another version of it', async () => {
    await apply(branchAt(site, '1.0.0'));
    expect(await untilSaid('InstallSucceeded', '1.0.0')).toBe('True');
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.0.0');

    await apply(branchAt(site, '1.1.0'));
    expect(await untilSaid('UpgradeSucceeded', '1.1.0')).toBe('True');
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
    const release = await live('helmreleases.helm.toolkit.fluxcd.io');
    expect(fieldAt(release, 'metadata', 'annotations', 'portolan/chart')).toBe('1.1.0');
  });

  test('is fetched from a folder of a registry as well', async () => {
    await kubectl('delete', 'helmreleases,helmrepositories', 'podinfo', '-n', namespace);
    await apply(branchAt(`oci://${registry}/charts`, '1.1.0'));

    expect(await untilSaid('InstallSucceeded', '1.1.0')).toBe('True');
    expect(await imageOf()).toBe('ghcr.io/acme/podinfo:1.1.0');
  });
});
