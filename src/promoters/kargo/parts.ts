import type { KubernetesObject } from '../../model/application.ts';
import { fieldAt, listAt, textAt } from '../../objects/fields-at.ts';
import type { EmbeddedPart } from '../../objects/tools/embedded-part.ts';
import { kargoApi, kargoGroup } from './settings.ts';

/** Lists of steps, by kind. */
const stepsAt: Readonly<Record<string, readonly string[]>> = {
  Stage: ['spec', 'promotionTemplate', 'spec', 'steps'],
  PromotionTask: ['spec', 'steps'],
  ClusterPromotionTask: ['spec', 'steps'],
};

/** What a Warehouse can subscribe to. */
const subscriptions = ['image', 'git', 'chart'] as const;

const metadata = { name: 'part' };

/** The configuration of each step, and each subscription: Kargo's admission lets every mistake in them pass. */
export function kargoParts(object: KubernetesObject): readonly EmbeddedPart[] {
  if (object.apiVersion !== kargoApi) return [];
  const place = stepsAt[object.kind];
  const steps = place === undefined ? [] : listAt(object, ...place);
  const subscribed = object.kind === 'Warehouse' ? listAt(object, 'spec', 'subscriptions') : [];
  return [
    ...steps.flatMap((step, i): readonly EmbeddedPart[] => {
      const kind = textAt(step, 'uses');
      // Steps of a task stand there.
      if (kind === '') return [];
      const config = fieldAt(step, 'config') ?? {};
      return [
        {
          path: `${place?.join('.') ?? ''}[${i}].config`,
          part: { ...config, apiVersion: `steps.${kargoGroup}/v1alpha1`, kind, metadata },
        },
      ];
    }),
    ...subscribed.flatMap((one, i) =>
      subscriptions.flatMap((kind): readonly EmbeddedPart[] => {
        const said = fieldAt(one, kind);
        if (typeof said !== 'object' || said === null) return [];
        const part = { ...said, apiVersion: `subscriptions.${kargoGroup}/v1alpha1`, kind, metadata };
        return [{ path: `spec.subscriptions[${i}].${kind}`, part }];
      }),
    ),
  ];
}

/** Whether Kargo fills a text in before it reads it. */
export const isFilledIn = (text: string): boolean => /\$\{[{%]/.test(text);
