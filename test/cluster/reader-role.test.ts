import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import project from '../../project.ts';
import { bootstrapPending } from '../../src/cluster/bootstrap-pending.ts';
import { examine } from '../../src/cluster/doctor.ts';
import { readLiveState } from '../../src/cluster/live-state.ts';
import type { Engine } from '../../src/model/stage.ts';
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

const read = (file: string): readonly RbacObject[] => loadAll(readFileSync(file, 'utf8')) as readonly RbacObject[];

const usual = read('docs/reader-role.yaml');

/** What is applied for an account that looks at environments which an engine follows. */
const rolesOf = { argocd: usual, flux: [...usual, ...read('docs/reader-role-flux.yaml')] } as const;

/** Rules that a binding of a namespace, or of the whole cluster, gives. */
const rulesIn = (objects: readonly RbacObject[], namespace: string | undefined): readonly Rule[] =>
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

async function everyRequest(follower: Engine['kind']): Promise<readonly ReturnType<typeof words>[]> {
  const requests: ClusterRequest[] = [];
  const delivery = project(settings, follower);
  const { opsRepository } = settings.platform;
  for (const environment of delivery.environments) {
    const rendered = renderEnvironment(delivery, environment, delivery.initialReleases[environment.name]!, {
      opsRepository,
    });
    const bootstrap = rendered.objects.filter(({ path }) => path.startsWith('bootstrap/')).map(({ object }) => object);
    const cluster = fakeCluster(
      ['argocd', 'flux-system'].map((namespace) => live('v1', 'Secret', 'none', namespace)),
      {
        onRequest: (request) => requests.push(request),
      },
    );
    await examine(cluster, { delivery, environment, rendered, opsRepository });
    await readLiveState(cluster, { delivery, environment, opsRepository });
    await bootstrapPending(cluster, bootstrap);
  }
  return requests.map(words);
}

describe('the Roles in docs', () => {
  test.each(['argocd', 'flux'] as const)('allow every request of status, wait and doctor: %s', async (follower) => {
    const objects = rolesOf[follower];
    const refused = (await everyRequest(follower)).filter(
      ({ verb, group, resource, namespace, name }) =>
        ![...rulesIn(objects, undefined), ...rulesIn(objects, namespace)].some(
          (rule) =>
            rule.verbs.includes(verb) &&
            rule.apiGroups.includes(group) &&
            rule.resources.includes(resource) &&
            (rule.resourceNames === undefined || (name !== undefined && rule.resourceNames.includes(name))),
        ),
    );

    expect(refused).toEqual([]);
  });

  test('allow nothing that is not asked, and no list of Secrets', async () => {
    const objects = rolesOf.flux;
    const requests = [...(await everyRequest('argocd')), ...(await everyRequest('flux'))];
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
