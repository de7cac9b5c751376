import { everyEngine } from '../../engines/engines.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import type { Cluster } from '../../clients/kubernetes/cluster.ts';
import { fieldAt, listAt, textAt } from '../../objects/fields-at.ts';
import { lacks, ok, type Examined } from './examined.ts';

/** Group of an API version; empty for the core API. */
const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

/** Kinds that are no part of Kubernetes, with the version that is rendered. */
export async function examineDefinitions(
  cluster: Cluster,
  rendered: RenderedEnvironment,
): Promise<readonly Examined[]> {
  const custom = rendered.objects
    .filter(({ object }) => !everyEngine.some((engine) => engine.owns(object)))
    .map(({ object }) => ({ group: groupOf(object.apiVersion), kind: object.kind, apiVersion: object.apiVersion }))
    .filter(({ group }) => group.includes('.') && !group.endsWith('.k8s.io'));
  const kinds = new Map(custom.map((one) => [`${one.group}/${one.kind}`, one]));
  const definitions = kinds.size === 0 ? [] : await cluster.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  return [...kinds.values()].map(({ group, kind, apiVersion }) => {
    const subject = `${kind} (${apiVersion})`;
    const version = apiVersion.split('/')[1];
    const served = definitions.some(
      (definition) =>
        textAt(definition, 'spec', 'group') === group &&
        textAt(definition, 'spec', 'names', 'kind') === kind &&
        listAt(definition, 'spec', 'versions').some(
          (one) => textAt(one, 'name') === version && fieldAt(one, 'served') === true,
        ),
    );
    return served
      ? ok(subject)
      : lacks(
          subject,
          `the cluster does not know this kind; install what brings ${group}`,
          `kubectl --context ${cluster.context} api-resources --api-group ${group}`,
        );
  });
}
