import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Listener } from '../../model/network/listener.ts';
import { granted } from './granted.ts';
import { secretNameOf } from './secret-name.ts';

/** Version of the API of Tekton's triggers. */
export const triggersApi = 'triggers.tekton.dev/v1beta1';

const rbac = 'rbac.authorization.k8s.io';

/** What may read, and is told of changes. */
const look = ['get', 'list', 'watch'];

/** Port that Tekton's listeners answer on, and its Service with it. */
const port = 8080;

/** A listener of Tekton's and what it starts. */
export interface ListenerParts {
  /** Name of the listener, and of what leads to it. */
  readonly name: string;
  readonly namespace: string;
  /** Name of the account that it runs as. */
  readonly account: string;
  /** What it lets through, and what becomes of that. */
  readonly trigger: Readonly<Record<string, unknown>>;
}

/**
 * A listener, and nothing in front of it. What Tekton would fill in is said.
 *
 * @see https://tekton.dev/docs/triggers/eventlisteners/
 */
export const eventListener = ({ name, namespace, account, trigger }: ListenerParts): KubernetesObject => ({
  apiVersion: triggersApi,
  kind: 'EventListener',
  metadata: { name, namespace },
  spec: {
    serviceAccountName: account,
    namespaceSelector: {},
    triggers: [trigger],
    resources: {
      kubernetesResource: {
        serviceType: 'ClusterIP',
        spec: {
          template: {
            metadata: {},
            spec: {
              containers: [
                {
                  name: '',
                  resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } },
                },
              ],
            },
          },
        },
      },
    },
  },
});

/** An interceptor of Tekton's own that lets through what an expression says, which is in the language CEL. */
export const celFilter = (name: string, filter: string): Readonly<Record<string, unknown>> => ({
  name,
  ref: { name: 'cel', kind: 'ClusterInterceptor' },
  params: [{ name: 'filter', value: filter }],
});

/**
 * Who a listener runs as: it reads what it listens to and makes one kind of object, in its namespace. Interceptors are the whole cluster's, so that who reads
 * them does so everywhere.
 *
 * @param starts - what it makes: the group of its API, and its kind in the plural
 */
export function listenerAccount(
  name: string,
  namespace: string,
  starts: readonly [group: string, resource: string],
): readonly KubernetesObject[] {
  const [group, resource] = starts;
  // A namespace has no dot, so no other listener of the cluster is called so.
  const everywhere = `${namespace}.${name}`;
  return [
    // Its pod is Tekton's, and lives by the token.
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: true },
    ...granted(name, namespace, [
      {
        apiGroups: ['triggers.tekton.dev'],
        resources: ['eventlisteners', 'triggers', 'triggerbindings', 'triggertemplates', 'interceptors'],
        verbs: look,
      },
      { apiGroups: [group], resources: [resource], verbs: ['create'] },
    ]),
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: everywhere },
      rules: [
        {
          apiGroups: ['triggers.tekton.dev'],
          resources: ['clustertriggerbindings', 'clusterinterceptors'],
          verbs: look,
        },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: everywhere },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: everywhere },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
  ];
}

/** Leads from the address that is told to the Service that Tekton makes for the listener. */
export function wayToListener(
  delivery: Delivery,
  { name, namespace }: Pick<ListenerParts, 'name' | 'namespace'>,
  { address, ingressClass, certificate }: Listener,
): KubernetesObject {
  const { hostname, pathname } = new URL(address);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace },
    spec: {
      ...(ingressClass === undefined ? {} : { ingressClassName: ingressClass }),
      tls: [
        {
          hosts: [hostname],
          ...(certificate === undefined ? {} : { secretName: secretNameOf(delivery, certificate) }),
        },
      ],
      rules: [
        {
          host: hostname,
          http: {
            paths: [
              {
                path: pathname,
                pathType: 'Prefix',
                backend: { service: { name: `el-${name}`, port: { number: port } } },
              },
            ],
          },
        },
      ],
    },
  };
}
