import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import { builtSourceOf } from '../../model/derived/kpack/built-source.ts';
import { webhookOf } from '../../model/derived/tekton/webhooks.ts';
import { wholeCommit } from '../../model/formats/commit.ts';
import { fullNameOf } from '../../model/formats/repository-address.ts';
import { duration } from '../../objects/tools/duration.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import { tektonApi } from '../../objects/tools/tekton-task.ts';
import { celFilter, eventListener, triggersApi, wayToListener } from '../../objects/tools/tekton-listener.ts';
import type { Ending } from '../../objects/tools/tool-in-cluster.ts';
import { disksOf } from './tasks/step.ts';
import { objectNamesOf, type TektonSupply } from './settings.ts';

/** Minutes that a build may take where a supply does not say. */
const usualMinutes = 30;

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
    eventListener({
      name: names.listener,
      namespace,
      account: names.listens,
      trigger: {
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
          celFilter('branch', filter(delivery, supply)),
        ],
        bindings: [{ kind: 'TriggerBinding', ref: names.listener }],
        template: { ref: names.listener },
      },
    }),
    wayToListener(delivery, metadata, supply.builder.listener),
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
