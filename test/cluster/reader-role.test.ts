import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import project from '../../project.ts';
import { bootstrapPending } from '../../src/cluster/bootstrap-pending.ts';
import { examine } from '../../src/cluster/doctor.ts';
import { readLiveState } from '../../src/cluster/live-state.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { fakeCluster, live, type ClusterRequest } from '../support/fake-cluster.ts';
import { settings } from '../support/settings.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}
interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly Rule[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
}

const objects = loadAll(readFileSync('docs/reader-role.yaml', 'utf8')) as readonly RbacObject[];

/** Rules that a binding of a namespace, or of the whole cluster, gives. */
const rulesIn = (namespace: string | undefined): readonly Rule[] =>
  objects
    .filter(({ kind, metadata }) =>
      namespace === undefined
        ? kind === 'ClusterRoleBinding'
        : kind === 'RoleBinding' && metadata.namespace === namespace,
    )
    .flatMap(
      ({ roleRef }) =>
        objects.find(
          ({ kind, metadata }) =>
            kind === roleRef?.kind &&
            metadata.name === roleRef.name &&
            (kind === 'ClusterRole' || metadata.namespace === namespace),
        )?.rules ?? [],
    );

const plural = (kind: string): string =>
  /(s|x)$/.test(kind) ? `${kind.toLowerCase()}es` : kind.toLowerCase().replace(/y$/, 'ie').concat('s');

const words = ({ verb, apiVersion, kind, namespace, name }: ClusterRequest) => ({
  verb,
  group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
  resource: plural(kind),
  namespace,
  name,
});

async function everyRequest(): Promise<readonly ReturnType<typeof words>[]> {
  const requests: ClusterRequest[] = [];
  const delivery = project(settings);
  const { opsRepository } = settings.platform;
  for (const environment of delivery.environments) {
    const rendered = renderEnvironment(delivery, environment, delivery.initialReleases[environment.name]!, {
      opsRepository,
    });
    const bootstrap = rendered.objects.filter(({ path }) => path.startsWith('bootstrap/')).map(({ object }) => object);
    const cluster = fakeCluster([live('v1', 'Secret', 'none', 'argocd')], {
      onRequest: (request) => requests.push(request),
    });
    await examine(cluster, { delivery, environment, rendered, opsRepository });
    await readLiveState(cluster, { delivery, environment, opsRepository });
    await bootstrapPending(cluster, bootstrap);
  }
  return requests.map(words);
}

describe('the Role in docs', () => {
  test('allows every request of status, wait and doctor', async () => {
    const refused = (await everyRequest()).filter(
      ({ verb, group, resource, namespace, name }) =>
        ![...rulesIn(undefined), ...rulesIn(namespace)].some(
          (rule) =>
            rule.verbs.includes(verb) &&
            rule.apiGroups.includes(group) &&
            rule.resources.includes(resource) &&
            (rule.resourceNames === undefined || (name !== undefined && rule.resourceNames.includes(name))),
        ),
    );

    expect(refused).toEqual([]);
  });

  test('allows nothing that is not asked, and no list of Secrets', async () => {
    const requests = await everyRequest();
    const asked = (group: string, resource: string, verb: string) =>
      requests.some((one) => one.group === group && one.resource === resource && one.verb === verb);
    const allowed = objects.flatMap(({ rules = [] }) =>
      rules.flatMap(({ apiGroups, resources, verbs }) =>
        apiGroups.flatMap((group) =>
          resources.flatMap((resource) => verbs.map((verb) => [group, resource, verb] as const)),
        ),
      ),
    );

    expect(allowed.filter(([group, resource, verb]) => !asked(group, resource, verb))).toEqual([]);
    expect(allowed.filter(([, resource, verb]) => resource === 'secrets' && verb !== 'get')).toEqual([]);
    expect(
      objects
        .flatMap(({ rules = [] }) => rules)
        .filter((rule) => rule.resources.includes('secrets') && !rule.resourceNames),
    ).toEqual([]);
  });
});
