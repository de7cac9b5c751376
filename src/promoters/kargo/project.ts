import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import { isAutomatic } from '../../model/derived/kargo/moved-by-kargo.ts';
import { receiversByRegistry, registryOf, repositoriesOf } from '../../model/derived/kargo/registry-looks.ts';
import type { Stage } from '../../model/stage.ts';
import type { Supply } from '../../model/supply.ts';
import { kargoApi, kargoGroup } from './settings.ts';

/** What the namespace carries so that the project takes it for its own. */
export const namespaceMarks = { labels: { [`${kargoGroup}/project`]: 'true' } } as const;

/** Kargo's project, before everything that is in it. Its end leaves the namespace where it is. */
export const project = (name: string): KubernetesObject => ({
  apiVersion: kargoApi,
  kind: 'Project',
  metadata: {
    name,
    annotations: { 'argocd.argoproj.io/sync-wave': '-1', [`${kargoGroup}/keep-namespace`]: 'true' },
  },
});

/** A registry that says what was pushed, and the Secret by which Kargo makes the address that it says it to. */
export interface Receiver {
  /** Kind of the receiver, e.g. `dockerhub`. */
  readonly kind: string;
  readonly secretName: string;
}

/** Every registry that tells Kargo of the images of supplies, once. */
export function receiversOf(delivery: Delivery, supplies: readonly Supply[]): readonly Receiver[] {
  const found = supplies.flatMap((supply): readonly Receiver[] => {
    if (supply.discovery.kind !== 'registryWebhook') return [];
    const { authentication } = supply.discovery;
    const store = delivery.credentials.find(({ name }) => name === authentication)?.store;
    if (store?.kind !== 'kubernetes') return [];
    return repositoriesOf(delivery, supply).flatMap((repository) => {
      const kind = receiversByRegistry[registryOf(repository)];
      return kind === undefined ? [] : [{ kind, secretName: store.secretName }];
    });
  });
  return [...new Map(found.map((each) => [`${each.kind}-${each.secretName}`, each])).values()];
}

/** Which stages Kargo promotes to by itself, each by its exact name; nothing where it does so nowhere and no registry tells it anything. */
export function projectConfig(
  name: string,
  stages: readonly Stage[],
  told: readonly Receiver[],
): readonly KubernetesObject[] {
  const automatic = stages.filter(isAutomatic);
  if (automatic.length === 0 && told.length === 0) return [];
  return [
    {
      apiVersion: kargoApi,
      kind: 'ProjectConfig',
      metadata: { name, namespace: name },
      spec: {
        ...(automatic.length === 0
          ? {}
          : {
              promotionPolicies: automatic.map((stage) => ({
                stageSelector: { name: stage.name },
                autoPromotionEnabled: true,
              })),
            }),
        ...(told.length === 0
          ? {}
          : {
              webhookReceivers: told.map(({ kind, secretName }) => ({
                name: `${kind}-${secretName}`,
                [kind]: { secretRef: { name: secretName } },
              })),
            }),
      },
    },
  ];
}
