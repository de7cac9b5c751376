import type { KubernetesObject } from '../../model/application.ts';
import { withoutEnding } from '../../model/formats/repository-address.ts';
import { branchOf } from '../../model/derived/units.ts';
import { kustomizationName } from '../../model/names.ts';
import { textAt } from '../../objects/fields-at.ts';
import { valueAt } from '../../objects/fields.ts';
import type { EnginePlugin } from '../engine.ts';
import { differences, type FollowedFields } from '../followed-fields.ts';
import { folderOf } from './kustomization.ts';
import { readAddress } from './repository-address.ts';

/** What makes a GitRepository fetch something else than a branch, in the order in which it is believed. */
const otherRefs = ['name', 'semver', 'tag', 'commit'] as const;

/**
 * How what a Kustomization follows, and what its GitRepository fetches, differs from what it is to be; nothing where it does not. What Flux
 * says of one that follows something else is no answer about this environment.
 *
 * @param source - the GitRepository. @default - the cluster has none, or it may not be read
 */
export function followsElse(
  { delivery, environment, opsRepository }: Parameters<EnginePlugin['elsewhere']>[0],
  application: Parameters<EnginePlugin['elsewhere']>[1],
  live: KubernetesObject,
  source: KubernetesObject | undefined,
): string | undefined {
  const differing = [
    ...differences(
      followedBy(live),
      {
        source: `GitRepository/${kustomizationName(delivery, environment, application)}`,
        folder: folderOf(application),
        namespace: '',
        cluster: '',
      },
      spelled,
    ),
    ...(source === undefined
      ? []
      : differences(
          fetchedBy(source),
          {
            repository: readAddress(environment, opsRepository),
            branch: branchOf(environment, application),
          },
          spelled,
        )),
  ];
  return differing.length === 0 ? undefined : `it follows ${differing.join('; ')}`;
}

/** What a Kustomization makes equal to what; a namespace or a cluster of its own is none of ours. */
function followedBy(live: KubernetesObject): FollowedFields {
  const ref = (field: string): string => textAt(live, 'spec', 'sourceRef', field);
  const isBeside = ref('namespace') === '' || ref('namespace') === live.metadata.namespace;
  return {
    source: `${ref('kind')}/${isBeside ? '' : `${ref('namespace')}/`}${ref('name')}`,
    folder: textAt(live, 'spec', 'path'),
    namespace: textAt(live, 'spec', 'targetNamespace'),
    cluster: valueAt(live, 'spec', 'kubeConfig') === undefined ? '' : 'of its kubeConfig',
  };
}

function fetchedBy(source: KubernetesObject): FollowedFields {
  const ref = (field: string): string => textAt(source, 'spec', 'ref', field);
  const other = otherRefs.find((field) => ref(field) !== '');
  return {
    repository: textAt(source, 'spec', 'url'),
    // Without a ref Flux fetches master.
    branch: other === undefined ? ref('branch') || 'master' : `${other} ${ref(other)}`,
  };
}

/** Spellings that Flux takes for the same: of an address the ending `.git`, of a folder a dot before and a slash behind it. */
function spelled(field: string, value: string): string {
  if (field === 'repository') return withoutEnding(value.toLowerCase().replace(/\/$/, ''));
  return field === 'folder' ? value.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '') : value;
}
