import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { unheardTokens } from '../../../../src/review/checks/security/unheard-tokens.ts';
import { deployment, findings, object, type Fields } from '../small-objects.ts';

const leader = deployment('dev-orders', { serviceAccountName: 'orders', automountServiceAccountToken: true });
const binding = object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'orders', {
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'orders' },
  subjects: [{ kind: 'ServiceAccount', name: 'orders' }],
});
const policy = (...to: readonly Fields[]): KubernetesObject =>
  object('networking.k8s.io/v1', 'NetworkPolicy', 'orders', {
    spec: {
      podSelector: { matchLabels: { app: 'orders' } },
      policyTypes: ['Egress'],
      egress: to.map((peer) => ({ to: [peer] })),
    },
  });
const unsaid = { serviceAccountName: 'orders', automountServiceAccountToken: undefined };
const names = { namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
const internet = { ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] } };

const found = (...objects: readonly KubernetesObject[]): readonly string[] => findings(unheardTokens, objects);

test('accepts pods that reach an address of the cluster, or whatever they want, and those without rights or without the token', () => {
  const open = object('networking.k8s.io/v1', 'NetworkPolicy', 'open', { spec: { podSelector: {}, egress: [{}] } });

  expect(found(leader, binding, policy(names, { ipBlock: { cidr: '10.96.0.1/32' } }))).toEqual([]);
  expect(found(leader, binding, policy(names), open)).toEqual([]);
  expect(found(leader, binding)).toEqual([]);
  expect(found(leader, policy(names))).toEqual([]);
  expect(
    found(
      deployment('dev-orders', { serviceAccountName: 'orders', automountServiceAccountToken: false }),
      binding,
      policy(names),
    ),
  ).toEqual([]);
});

test('fails on pods with a token and rights that reach pods and the public internet alone', () => {
  const line =
    'Deployment/dev-orders spec.template.spec.serviceAccountName: the account "orders" may ask the API server, and no network policy lets its pods reach one; ' +
    `add where it answers ("kubectl get endpoints kubernetes") to connects: { kind: 'addresses', cidrs: ['ADDRESS/32'], ports: [6443], … }`;

  expect(found(leader, binding, policy(names))).toEqual([line]);
  expect(found(leader, binding, policy(names, internet))).toEqual([line]);
  expect(found(deployment('dev-orders', unsaid), binding, policy())).toEqual([line]);
});

test('takes what the account says of its token, where the pod says nothing', () => {
  const account = (automountServiceAccountToken: boolean): KubernetesObject =>
    object('v1', 'ServiceAccount', 'orders', { automountServiceAccountToken });
  const pod = deployment('dev-orders', unsaid);

  expect(found(pod, account(false), binding, policy(names))).toEqual([]);
  expect(found(pod, account(true), binding, policy(names))).toHaveLength(1);
});
