import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import type { Cluster } from '../../clients/kubernetes/cluster.ts';
import { fieldAt, listAt, textAt } from '../../objects/fields-at.ts';
import { lacks, ok, type Examined } from './examined.ts';
import { isReady } from './is-ready.ts';

/** Classes that claims ask for; one without a provisioner is only a name that binds a claim to its volume. */
export async function examineStorageClasses(
  cluster: Cluster,
  rendered: RenderedEnvironment,
): Promise<readonly Examined[]> {
  const bound = new Set(
    rendered.objects
      .filter(({ object }) => object.kind === 'PersistentVolume')
      .map(({ object }) => textAt(object, 'spec', 'storageClassName')),
  );
  const asked = rendered.objects.flatMap(({ object }) => [
    ...(object.kind === 'PersistentVolumeClaim' ? [textAt(object, 'spec', 'storageClassName')] : []),
    ...listAt(object, 'spec', 'volumeClaimTemplates').map((template) => textAt(template, 'spec', 'storageClassName')),
  ]);
  const needed = [...new Set(asked)].filter((name) => name !== '' && !bound.has(name)).sort();
  return Promise.all(
    needed.map(async (name) => {
      const subject = `StorageClass ${name}`;
      return (await cluster.read('storage.k8s.io/v1', 'StorageClass', name)) === undefined
        ? lacks(
            subject,
            'is not there, so claims of it stay Pending; name one that is in project.ts',
            `kubectl --context ${cluster.context} get storageclass`,
          )
        : ok(subject);
    }),
  );
}

/** Nodes that volumes are bound to: there, ready, and taking pods. */
export async function examineNodes(
  cluster: Cluster,
  environment: string,
  rendered: RenderedEnvironment,
): Promise<readonly Examined[]> {
  const names = rendered.objects.flatMap(({ object }) =>
    listAt(object, 'spec', 'nodeAffinity', 'required', 'nodeSelectorTerms').flatMap((term) =>
      listAt(term, 'matchExpressions').flatMap((expression) =>
        textAt(expression, 'key') === 'kubernetes.io/hostname' ? listAt(expression, 'values').map(String) : [],
      ),
    ),
  );
  return Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const [found] = await cluster.list('v1', 'Node', undefined, { 'kubernetes.io/hostname': name });
      const kubectl = `kubectl --context ${cluster.context}`;
      if (found === undefined)
        return lacks(
          `Node ${name}`,
          `is not there, so its volume binds to nothing; name one that is as the node of its claim in project.ts, or in the setting in Pulumi.${environment}.yaml that it comes from`,
          `${kubectl} get nodes`,
        );
      if (!isReady(found))
        return lacks(
          `Node ${name}`,
          'is not ready, so pods that need its volume stay Pending',
          `${kubectl} describe node ${found.metadata.name}`,
        );
      return fieldAt(found, 'spec', 'unschedulable') === true
        ? lacks(
            `Node ${name}`,
            'is cordoned, so pods that need its volume stay Pending',
            `${kubectl} uncordon ${found.metadata.name}`,
          )
        : ok(`Node ${name}`);
    }),
  );
}
