import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import { builtSourceOf } from '../../model/derived/kpack/built-source.ts';
import { webhookOf } from '../../model/derived/tekton/webhooks.ts';
import { wholeCommit } from '../../model/formats/commit.ts';
import { fullNameOf } from '../../model/formats/repository-address.ts';
import { duration } from '../../objects/tools/duration.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import { tektonApi } from '../../objects/tools/tekton-task.ts';
import type { Ending } from '../../objects/tools/tool-in-cluster.ts';
import { disksOf } from './tasks/step.ts';
import { objectNamesOf, triggersApi, type TektonSupply } from './settings.ts';

/** Minutes that a build may take where a supply does not say. */
const usualMinutes = 30;

/** Port that Tekton's listeners answer on, and its Service with it. */
const port = 8080;

/**
 * What GitHub tells of a push, and what becomes of it: a run of the pipeline where the signature is right, and the push is one of a commit to the one
 * branch that is built. Tags have other refs, and a branch that is deleted has no commit.
 *
 * @see https://tekton.dev/docs/triggers/eventlisteners/
 */
export function listener(
  delivery: Delivery,
  namespace: string,
  supply: TektonSupply,
  endings: readonly Ending[],
): readonly KubernetesObject[] {
  const names = objectNamesOf(supply);
  const metadata = { name: names.listener, namespace };
  const webhook = webhookOf(delivery, supply);
  return [
    {
      apiVersion: triggersApi,
      kind: 'TriggerBinding',
      metadata,
      spec: { params: [{ name: 'commit', value: '$(body.after)' }] },
    },
    {
      apiVersion: triggersApi,
      kind: 'TriggerTemplate',
      metadata,
      spec: {
        params: [{ name: 'commit', description: 'The commit that was pushed.' }],
        resourcetemplates: [run(namespace, supply, endings)],
      },
    },
    {
      apiVersion: triggersApi,
      kind: 'EventListener',
      metadata,
      spec: {
        serviceAccountName: names.listens,
        namespaceSelector: {},
        triggers: [
          {
            name: 'push',
            interceptors: [
              {
                name: 'signature',
                ref: { name: 'github', kind: 'ClusterInterceptor' },
                params: [
                  {
                    name: 'secretRef',
                    value: {
                      secretName: secretNameOf(delivery, webhook?.credential.name ?? ''),
                      secretKey: webhook?.key ?? '',
                    },
                  },
                  { name: 'eventTypes', value: ['push'] },
                ],
              },
              {
                name: 'branch',
                ref: { name: 'cel', kind: 'ClusterInterceptor' },
                params: [{ name: 'filter', value: filter(delivery, supply) }],
              },
            ],
            bindings: [{ kind: 'TriggerBinding', ref: names.listener }],
            template: { ref: names.listener },
          },
        ],
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
    },
    wayIn(delivery, namespace, supply),
  ];
}

/** A push of a commit to the branch, in the language of the interceptor: a field that is missing is an error, and starts nothing either. */
function filter(delivery: Delivery, supply: TektonSupply): string {
  const source = builtSourceOf(delivery, supply);
  const text = (value: string): string => JSON.stringify(value);
  return [
    `body.ref == ${text(`refs/heads/${source?.branch ?? ''}`)}`,
    'body.deleted == false',
    `body.repository.full_name == ${text(source === undefined ? '' : fullNameOf(source.repository))}`,
    `body.after.matches(${text(wholeCommit.source)})`,
  ].join(' && ');
}

/** One run, with a disk of its own, and an account that may do nothing in the cluster. What it ends with has its own time besides that of the build. */
function run(namespace: string, supply: TektonSupply, endings: readonly Ending[]): Readonly<Record<string, unknown>> {
  const { name, builder, buildMinutes = usualMinutes } = supply;
  const names = objectNamesOf(supply);
  const { size, storageClass } = builder.workspace;
  return {
    apiVersion: tektonApi,
    kind: 'PipelineRun',
    metadata: { generateName: `${name}-`, namespace },
    spec: {
      pipelineRef: { name: names.pipeline },
      params: [{ name: 'commit', value: '$(tt.params.commit)' }],
      taskRunTemplate: {
        serviceAccountName: names.runs,
        podTemplate: { automountServiceAccountToken: false, securityContext: disksOf },
      },
      timeouts: { pipeline: duration(buildMinutes + Math.max(0, ...endings.map(({ minutes }) => minutes))) },
      workspaces: [
        {
          name: 'source',
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: size } },
              ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
            },
          },
        },
      ],
    },
  };
}

/** Leads from the address that GitHub knows to the Service that Tekton makes for the listener. */
function wayIn(delivery: Delivery, namespace: string, supply: TektonSupply): KubernetesObject {
  const { address, ingressClass, certificate } = supply.builder.listener;
  const { hostname, pathname } = new URL(address);
  const { listener: name } = objectNamesOf(supply);
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
