import type { Stage } from '../../model/stage.ts';
import type { ToolInCluster } from '../../objects/tools/tool-in-cluster.ts';
import type { PromoterPlugin } from '../promoter.ts';
import { lookObjects } from './objects.ts';
import { lookSecrets } from './secrets.ts';
import { movedByCronJob } from './settings.ts';

const inCluster: ToolInCluster<Stage> = {
  place: 'toolchain',
  objects: (delivery, { namespace }, stages) =>
    movedByCronJob(stages).flatMap((stage) => lookObjects(delivery, namespace, stage)),
  secrets: (delivery, { namespace }, stages) =>
    movedByCronJob(stages).flatMap((stage) => lookSecrets(delivery, namespace, stage)),
};

/** This program, run at times by a CronJob: it looks for the newest of a registry where no workflow of a host does, or none can reach it. */
export const cronJob: PromoterPlugin<'cronJob'> = {
  kind: 'cronJob',
  title: 'CronJob',
  inCluster,
  checks: [],
};
