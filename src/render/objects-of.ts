import { ApiObject, type Chart } from 'cdk8s';
import { KnownWorkload } from '../charts/application-chart.ts';
import { JobWorkload } from '../constructs/job-workload.ts';
import { RawObject } from '../constructs/raw-object.ts';
import { ServiceWorkload } from '../constructs/service-workload.ts';
import type { KnownObject } from '../charts/known-services.ts';
import type { KubernetesObject } from '../model/application.ts';
import { orderKeys } from './text/order-keys.ts';

/** An object of a chart, and the construct that made it now. */
export interface ObjectOfChart extends KnownObject {
  /** @default - it was known */
  readonly maker?: ApiObject;
}

/** Every object of a chart, its keys in order, with what made it. `Chart.toJson` would lose which is which. */
export const objectsOf = (chart: Chart): readonly ObjectOfChart[] =>
  chart.node.findAll().flatMap((construct): readonly ObjectOfChart[] => {
    if (construct instanceof KnownWorkload) return construct.objects;
    if (!(construct instanceof ApiObject)) return [];
    const artifacts = artifactsIn(construct);
    return [
      {
        construct: construct.node.path,
        object: orderKeys(construct.toJson() as KubernetesObject),
        ...(Object.keys(artifacts).length === 0 ? {} : { artifacts }),
        maker: construct,
      },
    ];
  });

/** Name of the artifact behind each image that a release sets in an object. */
function artifactsIn(construct: ApiObject): Readonly<Record<string, string>> {
  const owner = construct.node.scope;
  const isMaker = owner instanceof ServiceWorkload || owner instanceof JobWorkload || owner instanceof RawObject;
  return isMaker && owner.object === construct ? owner.artifacts : {};
}
