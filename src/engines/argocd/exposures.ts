import type { KubernetesObject } from '../../model/application.ts';
import type { Exposure } from '../../objects/change/exposure.ts';
import { fieldsOf, itemsOf, textOf, textsOf, valueAt } from '../../objects/fields.ts';

/** What Argo CD may deploy, from where and where to. */
function ofProject(object: KubernetesObject): readonly Exposure[] {
  const spec = fieldsOf(object['spec']);
  const kinds = (field: string): readonly string[] =>
    itemsOf(spec[field]).map(
      (entry) => `${textOf(valueAt(entry, 'kind')) ?? '*'}${groupWords(textOf(valueAt(entry, 'group')))}`,
    );
  const may = (name: string, values: readonly string[], message: (value: string) => string): readonly Exposure[] =>
    values.map((value) => ({
      key: `${name} ${value}`,
      message: `${message(value)}${value.includes('*') ? ' (a wildcard)' : ''}`,
      whenCreated: value.includes('*'),
    }));
  return [
    ...may('namespaced', kinds('namespaceResourceWhitelist'), (kind) => `allows the kind ${kind}`),
    ...may('cluster', kinds('clusterResourceWhitelist'), (kind) => `allows the cluster-wide kind ${kind}`),
    ...may('repository', textsOf(spec['sourceRepos']), (repository) => `allows the repository ${repository}`),
    ...may(
      'namespace',
      textsOf(spec['sourceNamespaces']),
      (namespace) => `allows Applications in the namespace ${namespace}`,
    ),
    ...may(
      'destination',
      itemsOf(spec['destinations']).map(
        (entry) =>
          `${textOf(valueAt(entry, 'namespace')) ?? '*'} of ${textOf(valueAt(entry, 'server')) ?? textOf(valueAt(entry, 'name')) ?? '*'}`,
      ),
      (place) => `allows the namespace ${place}`,
    ),
  ];
}

const groupWords = (group: string | undefined): string => (group === undefined || group === '' ? '' : ` (${group})`);

function ofApplication(object: KubernetesObject): readonly Exposure[] {
  const project = textOf(valueAt(object, 'spec', 'project')) ?? 'default';
  return [
    {
      key: `project ${project}`,
      message: `is allowed what AppProject ${project} allows`,
      whenCreated: project === 'default',
    },
  ];
}

/** What an AppProject lets Argo CD do, and which project an Application belongs to. */
export const exposuresOf = (object: KubernetesObject): readonly Exposure[] =>
  object.kind === 'AppProject' ? ofProject(object) : object.kind === 'Application' ? ofApplication(object) : [];
