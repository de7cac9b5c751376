import { execa } from 'execa';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { rendered } from '../systems/rendered-system.ts';
import { until } from './cluster.ts';

/** What a program said, whatever became of it. */
export interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly said: string;
}

/** Runs a program whatever becomes of it. */
export async function ran(program: string, args: readonly string[], input = ''): Promise<Ran> {
  const { exitCode, stdout, stderr } = await execa(program, args, { input, reject: false });
  return { exitCode, stdout, said: stderr };
}

/** Runs kubectl whatever becomes of it. */
export const kubectl = (...args: readonly string[]): Promise<Ran> => ran('kubectl', args);

export const asList = (objects: readonly KubernetesObject[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });

/** Applies objects as an engine does, and has the server refuse what it does not know. */
export const apply = (objects: readonly KubernetesObject[], ...how: readonly string[]): Promise<Ran> =>
  ran(
    'kubectl',
    ['apply', '--server-side', '--force-conflicts', '--validate=strict', ...how, '--filename=-'],
    asList(objects),
  );

/** {@link apply}, once the webhooks answer: they begin to some time after they say that they run. */
export const applyOnceAnswered = (objects: readonly KubernetesObject[]): Promise<Ran> =>
  until('the webhook answers', 60, async () => {
    const answer = await apply(objects);
    return answer.said.includes('failed calling webhook') ? undefined : answer;
  });

/** What applying said, without what is said of every Application of Argo CD. */
export const withoutFinalizers = (said: string): string =>
  said.replaceAll(/^Warning: metadata\.finalizers: "resources-finalizer\.argocd.*\n?/gm, '');

/** What an engine would see between objects and what the server has. */
export const kubectlDiff = (objects: readonly KubernetesObject[]): Promise<Ran> =>
  ran('kubectl', ['diff', '--server-side', '--force-conflicts', '--filename=-'], asList(objects));

/** The objects of a toolchain, or of an environment at its first release, those that others lie in first. */
export function toolchainOf(delivery: Delivery, place: string): readonly KubernetesObject[] {
  const release = delivery.initialReleases[place] ?? { images: {} };
  const objects = rendered(delivery, place, release).objects.map(({ object }) => object);
  return [...objects].sort((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace'));
}

/** The same delivery, each of whose environments has a namespace that no other suite's cluster has. */
export const apart = (delivery: Delivery): Delivery => ({
  ...delivery,
  environments: delivery.environments.map((it) => ({ ...it, namespace: `${delivery.name}-strict-${it.name}` })),
});

export const identityOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.name}`;

/** What the server has now, without what it writes into every object. */
export async function stored({ apiVersion, kind, metadata }: KubernetesObject): Promise<KubernetesObject> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const resource = group === '' ? kind : `${kind}.${version ?? ''}.${group ?? ''}`;
  const inside = metadata.namespace === undefined ? [] : ['--namespace', metadata.namespace];
  const { stdout } = await execa('kubectl', ['get', resource, metadata.name, ...inside, '--output=json']);
  const { status: _, ...found } = JSON.parse(stdout) as KubernetesObject & { readonly status?: unknown };
  const {
    uid: _uid,
    resourceVersion: _version,
    creationTimestamp: _time,
    generation: _count,
    ...own
  } = found.metadata as {
    readonly [field: string]: unknown;
  };
  return { ...found, metadata: own as unknown as KubernetesObject['metadata'] };
}

/** Removes what follows the branches of a place from Argo CD's namespace, where nobody may be who waits for what it followed. */
export async function removeFollowers(objects: readonly KubernetesObject[]): Promise<void> {
  for (const { apiVersion, kind, metadata } of objects) {
    if (!apiVersion.startsWith('argoproj.io/')) continue;
    const named = [`${kind}.argoproj.io`, metadata.name, '--namespace', metadata.namespace ?? ''];
    await kubectl('patch', ...named, '--type=merge', '--patch={"metadata":{"finalizers":null}}');
    await kubectl('delete', ...named, '--ignore-not-found');
  }
}

/** Makes the namespace that Argo CD's own objects lie in, where nobody did. */
export const withNamespaceOfArgoCD = (): Promise<Ran> =>
  ran(
    'kubectl',
    ['apply', '--filename=-'],
    asList([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } }]),
  );
