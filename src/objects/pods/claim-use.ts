import { claimsOf, type ClaimInfo } from './claims.ts';
import { fieldsOf, textOf, valueAt } from '../fields.ts';
import type { ObjectIndex } from '../object-index.ts';
import { once } from '../../model/validation/once.ts';
import type { Workload } from './workload.ts';

/** A claim and the workloads whose pods mount it. */
export interface ClaimUse {
  readonly claim: ClaimInfo;
  readonly users: readonly { readonly workload: Workload; /** Path of the claim's name. */ readonly field: string }[];
}

/** Every claim that some pod mounts, the StatefulSet that makes it included. */
export const claimUses = once((objects: ObjectIndex): readonly ClaimUse[] => {
  const claims = claimsOf(objects);
  if (claims.size === 0) return [];
  const uses = new Map<ClaimInfo, { workload: Workload; field: string }[]>();
  const add = (claim: ClaimInfo | undefined, workload: Workload, field: string): void => {
    if (claim === undefined) return;
    const users = uses.get(claim);
    if (users === undefined) uses.set(claim, [{ workload, field }]);
    else users.push({ workload, field });
  };
  for (const claim of claims.values()) {
    const { kind, metadata } = claim.rendered.object;
    const owner = claim.madeByStatefulSet ? objects.workload(kind, metadata.name, claim.namespace) : undefined;
    if (owner !== undefined) add(claim, owner, claim.path);
  }
  for (const workload of objects.workloads) {
    for (const { kind, name, field } of objects.references(workload)) {
      if (kind === 'PersistentVolumeClaim') add(claims.get(`${workload.namespace}/${name}`), workload, field);
    }
  }
  return [...uses].map(([claim, users]) => ({ claim, users }));
});

/** StorageClasses of common distributions that keep data on one node. */
const localClasses: ReadonlySet<string> = new Set([
  'hostpath',
  'local-path',
  'local-storage',
  'microk8s-hostpath',
  'openebs-hostpath',
]);

const localProvisioners = /(?:local-path|no-provisioner|hostpath|openebs\.io\/local)$/;

/** Whether the claim's data is on one node, so that all of its pods land there. */
export function isPinned({ spec }: ClaimInfo, objects: ObjectIndex): boolean {
  const volume = objects.find('PersistentVolume', textOf(spec['volumeName']) ?? '');
  const volumeSpec = fieldsOf(volume?.object['spec']);
  if (
    volumeSpec['nodeAffinity'] !== undefined ||
    volumeSpec['local'] !== undefined ||
    volumeSpec['hostPath'] !== undefined
  )
    return true;
  const className = textOf(spec['storageClassName']) ?? '';
  const provisioner = textOf(valueAt(objects.find('StorageClass', className)?.object, 'provisioner'));
  return provisioner === undefined ? localClasses.has(className) : localProvisioners.test(provisioner);
}

/** The node that a pod template asks for by name; nothing when it may land anywhere. */
export const nodeOf = ({ pod }: Workload): string | undefined =>
  textOf(pod['nodeName']) ?? textOf(fieldsOf(pod['nodeSelector'])['kubernetes.io/hostname']);
