import type { Delivery } from '../../model/delivery.ts';
import { originsOf } from '../../model/derived/origins.ts';
import type { Stage } from '../../model/stage.ts';
import type { Supply } from '../../model/supply.ts';
import type { ToolInCluster } from '../../objects/tools/tool-in-cluster.ts';
import type { PromoterPlugin } from '../promoter.ts';
import { kargoNeeds } from './needs.ts';
import { isFilledIn, kargoParts } from './parts.ts';
import { namespaceMarks, project, projectConfig, receiversOf } from './project.ts';
import { kargoSecrets } from './secrets.ts';
import { kargoGroup, projectOf } from './settings.ts';
import { soakEnd } from './soak-end.ts';
import { kargoStage } from './stage.ts';
import { warehouse } from './warehouse.ts';

/** The supplies that stages take from, however many stages ago, each once. */
function suppliesOf(delivery: Delivery, stages: readonly Stage[]): readonly Supply[] {
  const taken = new Set(stages.flatMap((stage) => originsOf(stage, delivery)));
  return delivery.supplies.filter((supply) => taken.has(supply));
}

/** A toolchain is a project of Kargo's: what finds artifacts, the stages in their chains, and which of them need nobody. */
const inCluster: ToolInCluster<Stage> = {
  place: 'toolchain',
  objects(delivery, { namespace }, stages, around) {
    const supplies = suppliesOf(delivery, stages);
    return [
      project(namespace),
      ...projectConfig(namespace, stages, receiversOf(delivery, supplies)),
      ...supplies.map((supply) => warehouse(delivery, namespace, supply)),
      ...stages.map((stage) => kargoStage(delivery, namespace, stage, around)),
      ...soakEnd(namespace, stages),
    ];
  },
  secrets: (delivery, place, stages) => kargoSecrets(delivery, place, stages, suppliesOf(delivery, stages)),
  needs: kargoNeeds,
  namespaceMarks,
  followerMarks(delivery, stage) {
    const name = projectOf(delivery, stage);
    return name === undefined ? {} : { annotations: { [`${kargoGroup}/authorized-stage`]: `${name}:${stage.name}` } };
  },
};

/** Kargo, which runs in a cluster: it looks for artifacts itself, and moves the fields that a release sets. */
export const kargo: PromoterPlugin<'kargo'> = {
  kind: 'kargo',
  title: 'Kargo',
  moves: ({ fields }) => fields.filter(({ kind }) => kind === 'image'),
  inCluster,
  parts: kargoParts,
  isFilledIn,
  checks: [],
};
