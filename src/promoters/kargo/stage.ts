import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import { originsOf } from '../../model/derived/origins.ts';
import type { Stage } from '../../model/stage.ts';
import type { RenderedAround } from '../../objects/tools/tool-in-cluster.ts';
import { duration } from '../../objects/tools/duration.ts';
import { kargoApi } from './settings.ts';
import { promotionSteps } from './steps.ts';

/** A stage as Kargo knows it: whose Freight may enter, after which stages and how long, and the steps that move its branch. */
export function kargoStage(
  delivery: Delivery,
  project: string,
  stage: Stage,
  around: RenderedAround,
): KubernetesObject {
  return {
    apiVersion: kargoApi,
    kind: 'Stage',
    metadata: { name: stage.name, namespace: project },
    spec: {
      requestedFreight: originsOf(stage, delivery).map(({ name }) => ({
        origin: { kind: 'Warehouse', name },
        sources: sourcesOf(stage),
      })),
      promotionTemplate: { spec: { steps: promotionSteps(delivery, stage, around) } },
    },
  };
}

function sourcesOf({ intake, promoter }: Stage): Readonly<Record<string, unknown>> {
  if (intake.from !== 'stages') return { direct: true };
  const soak = promoter?.kind === 'kargo' ? promoter.soakMinutes : undefined;
  return {
    stages: intake.stages,
    // Kargo would be content with one of several.
    ...(intake.stages.length > 1 ? { availabilityStrategy: 'All' } : {}),
    ...(soak === undefined ? {} : { requiredSoakTime: duration(soak) }),
  };
}
