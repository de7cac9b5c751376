import { foundAt, type Check, type CheckInput } from '../../../objects/check.ts';
import { fieldsOf, itemsOf, textOf, textsOf, valueAt, type Fields } from '../../../objects/fields.ts';
import type { Workload } from '../../../objects/pods/workload.ts';
import { labelSelector } from '../../../objects/traffic/label-selector.ts';

/** Addresses that are nobody's on the internet; an API server has one of them, seen from a pod. */
const privateBlock = '10.0.0.0/8';

/**
 * Pods that carry a token with rights, and whose network policies let them reach pods and the public internet alone: they are refused by
 * nobody and answered by nobody, since an API server is neither.
 */
export const unheardTokens: Check = {
  name: 'unheard-tokens',
  find(input, report) {
    const { objects } = input;
    const entitled = accountsWithRights(input);
    if (entitled.size === 0) return;
    const { limited, reaching } = byEgress(input);
    for (const workload of objects.workloads) {
      const { rendered, pod, specPath, namespace } = workload;
      const account = textOf(pod['serviceAccountName']);
      if (account === undefined || !entitled.has(`${namespace}/${account}`)) continue;
      const given = objects.find('ServiceAccount', account, namespace)?.object['automountServiceAccountToken'];
      if ((pod['automountServiceAccountToken'] ?? given ?? true) === false) continue;
      if (!limited.has(workload) || reaching.has(workload)) continue;
      report(
        foundAt(
          rendered,
          `${specPath}.serviceAccountName`,
          `the account "${account}" may ask the API server, and no network policy lets its pods reach one; add where it answers ("kubectl get endpoints kubernetes") to connects: { kind: 'addresses', cidrs: ['ADDRESS/32'], ports: [6443], … }`,
        ),
      );
    }
  },
};

/** Accounts that some role is bound to, as `namespace/name`. */
function accountsWithRights({ objects }: CheckInput): ReadonlySet<string> {
  return new Set(
    objects.ofKind('RoleBinding', 'ClusterRoleBinding').flatMap(({ object }) =>
      itemsOf(object['subjects'])
        .map(fieldsOf)
        .flatMap(({ kind, namespace, name }) =>
          kind === 'ServiceAccount'
            ? [`${textOf(namespace) ?? objects.namespaceOf(object)}/${textOf(name) ?? ''}`]
            : [],
        ),
    ),
  );
}

/** Workloads whose pods may not go wherever they want, and those whose policies lead out of the cluster's pods and of the public internet. */
function byEgress({ objects }: CheckInput): Readonly<Record<'limited' | 'reaching', ReadonlySet<Workload>>> {
  const [limited, reaching] = [new Set<Workload>(), new Set<Workload>()];
  for (const { object } of objects.ofKind('NetworkPolicy')) {
    const spec = fieldsOf(object['spec']);
    const types = textsOf(spec['policyTypes']);
    const rules = itemsOf(spec['egress']).map(fieldsOf);
    if (types.length === 0 ? spec['egress'] === undefined : !types.includes('Egress')) continue;
    for (const workload of objects.selected(labelSelector(spec['podSelector']), objects.namespaceOf(object))) {
      limited.add(workload);
      if (rules.some(reachesServers)) reaching.add(workload);
    }
  }
  return { limited, reaching };
}

/** Whether a rule for what goes out holds for private addresses too. */
const reachesServers = (rule: Fields): boolean => {
  const peers = itemsOf(rule['to']);
  return (
    peers.length === 0 ||
    peers.some((peer) => {
      const block = valueAt(peer, 'ipBlock');
      return block !== undefined && !textsOf(valueAt(block, 'except')).includes(privateBlock);
    })
  );
};
