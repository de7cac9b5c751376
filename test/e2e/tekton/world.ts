import { execa } from 'execa';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { textAt } from '../../../src/objects/fields-at.ts';
import { everyWordOfTekton, withTekton } from '../../support/built-by-tekton.ts';
import { timeout } from '../../support/long-enough.ts';
import { withRuns } from '../../support/promoted-by-runs.ts';
import { identityOf, kubectl, removeFollowers, toolchainOf } from '../../support/strict-server.ts';

export const howTo = `these tests need a throw-away cluster, named by KUBECONFIG, with Tekton Pipelines 1.15 and Triggers 0.37 (definitions, webhooks, controllers and the
interceptors of the cluster), a StorageClass local-path, and the definitions of Argo CD 3.2 or later in the namespace argocd, which is made where it is not there;
and kubectl and tekton-eventlistener, Triggers' eventlistenersink, on the PATH. PORTOLAN_E2E=throw-away says that the cluster may be destroyed.
The namespaces shop-builds, shop-tools, cat-service-build and go-sample-app-build are removed, and go-sample-app-strict-dev and -prod`;

export const namespace = 'shop-builds';
export const inside = ['--namespace', namespace];

const objects = toolchainOf(withTekton(), 'tools');
const promoting = toolchainOf(withRuns(), 'tools');
const withEveryWord = toolchainOf(withToolchains(everyWordOfTekton()), 'tools');

/** A toolchain in several ways: the one that is applied last is the one that the listener is of. */
export const toolchains: readonly (readonly [string, readonly KubernetesObject[]])[] = [
  ['with every word that a builder has', withEveryWord],
  ['whose runs promote what they built', promoting],
  ['with no more than a builder must say', objects],
];

export const ofTekton = (all: readonly KubernetesObject[]): readonly KubernetesObject[] =>
  all.filter(({ apiVersion }) => /^(triggers\.)?tekton\.dev\//.test(apiVersion));

export function object(identity: string): KubernetesObject {
  const found = objects.find((it) => identityOf(it) === identity);
  if (found === undefined) throw new Error(`${identity} is not rendered`);
  return found;
}

/** Every object of a kind in the namespace. */
export async function all(kind: string): Promise<readonly KubernetesObject[]> {
  const { stdout } = await execa('kubectl', ['get', kind, ...inside, '--output=json']);
  return (JSON.parse(stdout) as { readonly items: readonly KubernetesObject[] }).items;
}

export const commitOf = (run: KubernetesObject): string => textAt(run, 'spec', 'params', 0, 'value');

/** The commits that runs were started for. */
export const commits = async (): Promise<readonly string[]> =>
  (await all('pipelineruns.tekton.dev')).map(commitOf).sort();

export async function clear(): Promise<void> {
  await removeFollowers(toolchains.flatMap(([, made]) => made));
  await kubectl('delete', 'namespace', namespace, 'shop-tools', '--ignore-not-found', timeout(60));
}
