import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import { toldLookOf } from '../../model/derived/looks/told-look.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import {
  celFilter,
  eventListener,
  listenerAccount,
  triggersApi,
  wayToListener,
} from '../../objects/tools/tekton-listener.ts';
import type { CronJobStage } from './settings.ts';

/** Seconds for which a look that was told is still there once it has ended: until then no other one is told. */
const keptSeconds = 60;

/**
 * What a registry tells that something was pushed: a listener that takes nothing of what it is sent, and makes one Job, which looks. The Job has one name, so that
 * however often it is told, no second one is there beside it. The token stands in the address that the registry calls, because registries send no header of ours;
 * a call without one is an error of the expression, and starts nothing either.
 *
 * @param look - one run, of the Job of this name
 */
export function toldObjects(
  delivery: Delivery,
  namespace: string,
  stage: CronJobStage,
  look: (name: string) => Readonly<Record<string, unknown>>,
): readonly KubernetesObject[] {
  const told = toldLookOf(delivery, stage);
  if (told === undefined) return [];
  const name = `look-${stage.name}`;
  const metadata = { name, namespace };
  const job = `${name}-told`;
  const account = `${name}-listener`;
  const secret = [told.key, secretNameOf(delivery, told.credential.name)].map((text) => JSON.stringify(text));
  return [
    ...listenerAccount(account, namespace, ['batch', 'jobs']),
    {
      apiVersion: triggersApi,
      kind: 'TriggerTemplate',
      metadata,
      spec: {
        resourcetemplates: [
          {
            apiVersion: 'batch/v1',
            kind: 'Job',
            metadata: { name: job, namespace },
            spec: { ...look(job), ttlSecondsAfterFinished: keptSeconds },
          },
        ],
      },
    },
    eventListener({
      name,
      namespace,
      account,
      trigger: {
        name: 'told',
        interceptors: [celFilter('token', `requestURL.parseURL().query["token"].compareSecret(${secret.join(', ')})`)],
        template: { ref: name },
      },
    }),
    wayToListener(delivery, metadata, told.listener),
  ];
}
