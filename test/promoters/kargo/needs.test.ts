import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { examine } from '../../../src/cluster/doctor.ts';
import type { LiveObject } from '../../../src/clients/kubernetes/cluster.ts';
import { environmentOf } from '../../../src/model/delivery.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { fakeCluster, live, type ClusterRequest } from '../../support/fake-cluster.ts';
import { withKargo } from '../../support/moved-by-kargo.ts';
import { craftista } from '../../examples/craftista/example.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import '../../support/patience.ts';

const delivery = withKargo();

/** What the doctor asks and says of Kargo in a cluster with these objects. */
async function said(objects: readonly LiveObject[], place = 'tools', of = delivery) {
  const requests: ClusterRequest[] = [];
  const examined = await examine(fakeCluster(objects, { onRequest: (request) => requests.push(request) }), {
    delivery: of,
    environment: environmentOf(of, place),
    rendered: rendered(of, place, of.initialReleases[place] ?? { images: {} }),
    opsRepository: 'https://github.com/acme/shop-ops.git',
    now: 0,
  });
  const about = examined.filter(({ subject }) => subject.startsWith('Kargo'));
  return { about: new Map(about.map(({ subject, lack }) => [subject, lack])), requests };
}

const definition = (properties: object): LiveObject =>
  live('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'promotions.kargo.akuity.io', undefined, {
    spec: {
      group: 'kargo.akuity.io',
      names: { kind: 'Promotion' },
      versions: [
        { name: 'v1alpha1', served: true, schema: { openAPIV3Schema: { properties: { spec: { properties } } } } },
      ],
    },
  });

const admission = (caBundle?: string): LiveObject =>
  live('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'kargo', undefined, {
    webhooks: [
      {
        name: 'promotion.kargo.akuity.io',
        clientConfig: {
          service: { name: 'kargo-webhooks-server', namespace: 'kargo' },
          ...(caBundle === undefined ? {} : { caBundle }),
        },
      },
    ],
  });

const controller = (readyReplicas: number): LiveObject =>
  live('apps/v1', 'Deployment', 'kargo-controller', 'kargo', { status: { readyReplicas } });

const project = (...conditions: readonly object[]): LiveObject =>
  live('kargo.akuity.io/v1alpha1', 'Project', 'shop-tools', undefined, { status: { conditions } });

const complete = [definition({ freight: {}, origin: {} }), admission('Y2E='), controller(1)];
const without = (kind: string): readonly LiveObject[] => complete.filter((object) => object.kind !== kind);

describe('what of Kargo must be in the cluster of a toolchain', () => {
  test('is there, and is not looked for where it moves nothing', async () => {
    expect([...(await said(complete)).about]).toEqual([
      ['Kargo 1.11 or later', undefined],
      ["Kargo's admission", undefined],
      ["Kargo's controllers", undefined],
    ]);
    expect([...(await said(complete, 'dev')).about]).toEqual([]);
    expect([...(await said(complete, 'tools', withKargo({ dev: byWorkflow, prod: byWorkflow }))).about]).toEqual([]);
  });

  test('fails where nothing of it is there, with the lines that install it after what it needs, and no password', async () => {
    const { about } = await said([]);
    const next = expect.stringMatching(
      /^kubectl --context test apply -f https:\S+\/cert-manager\.yaml\nkubectl .*cert-manager-webhook\nhelm --kube-context test upgrade --install kargo oci:\S+\/kargo --version 1\.11\.\d+ .*--set api\.enabled=false/,
    ) as unknown;

    expect(about.get('Kargo 1.11 or later')).toEqual({ message: 'the cluster does not know Promotion', next });
    expect(about.get("Kargo's admission")).toEqual({
      message: 'is not there, so that no promotion gets its steps',
      next,
    });
    expect(about.get("Kargo's controllers")).toEqual({
      message: 'are not in the namespace kargo, and there is no Project shop-tools yet that they answer for',
      next: 'kubectl --context test get deployments --all-namespaces --selector app.kubernetes.io/name=kargo',
    });
  });

  test('fails where it is older than its steps', async () => {
    const { about } = await said([definition({ freight: {} }), ...without('CustomResourceDefinition')]);

    expect(about.get('Kargo 1.11 or later')?.message).toBe(
      'it is older: it may not know a step of the promotions, and would say so only when it promotes',
    );
  });

  test('fails where cert-manager signed nothing', async () => {
    const { about } = await said([admission(), ...without('MutatingWebhookConfiguration')]);

    expect(about.get("Kargo's admission")).toEqual({
      message: 'has no certificate, which cert-manager makes unless the chart is given one',
      next: expect.stringMatching(
        /^kubectl --context test apply -f \S+cert-manager\.yaml\nkubectl --context test -n kargo get certificates,issuers$/,
      ) as unknown,
    });
  });

  test('fails where its controllers do not run: by the Deployment before there is a Project, by their answer after', async () => {
    const says = async (...objects: readonly LiveObject[]): Promise<string | undefined> =>
      (await said([...without('Deployment'), ...objects])).about.get("Kargo's controllers")?.message;

    expect(await says(controller(0))).toBe('have no pod that is ready, so that nothing is promoted');
    expect(await says(controller(1), project())).toBe('say nothing of the Project shop-tools, so that they do not run');
    expect(await says(project({ type: 'Ready', status: 'False', message: 'no namespace' }))).toBe(
      'say that the Project shop-tools is not ready: no namespace',
    );
    expect(await says(project({ type: 'Ready', status: 'True' }))).toBeUndefined();
  });

  test('is read with no more rights than the Roles in docs give', async () => {
    const { requests } = await said([], 'tools', withToolchains(craftista()));
    const rules = ['reader-role.yaml', 'reader-role-kargo.yaml']
      .flatMap(
        (file) => loadAll(readFileSync(`docs/${file}`, 'utf8')) as readonly { readonly rules?: readonly Rule[] }[],
      )
      .flatMap((object) => object.rules ?? []);
    const asked = requests.filter(
      ({ apiVersion, kind, name }) =>
        /kargo|admission/.test(apiVersion) || name === 'kargo-controller' || kind === 'CustomResourceDefinition',
    );

    expect(asked.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['CustomResourceDefinition', 'MutatingWebhookConfiguration', 'Project', 'Deployment']),
    );
    expect(
      asked.filter(
        ({ verb, apiVersion, kind, name }) =>
          !rules.some(
            ({ apiGroups, resources, resourceNames, verbs }) =>
              verbs.includes(verb) &&
              apiGroups.includes(apiVersion.split('/')[0] ?? '') &&
              resources.includes(`${kind.toLowerCase()}s`) &&
              (resourceNames === undefined || resourceNames.includes(name ?? '')),
          ),
      ),
    ).toEqual([]);
  });
});

/** Whoever moves it, it is not Kargo. */
const byWorkflow = { promoter: { kind: 'githubActions' } } as const;

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}
