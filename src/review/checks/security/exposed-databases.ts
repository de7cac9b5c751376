import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { databaseServers } from '../../../databases/database-servers.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';
import { mapSelector, selects } from '../../../objects/traffic/label-selector.ts';

/** No Service offers a database outside of the cluster. */
export const exposedDatabases: Check = {
  name: 'exposed-databases',
  find({ objects }, report) {
    const exposing = objects.ofKind('Service').filter(isExposed);
    if (exposing.length === 0) return;
    for (const { workload } of databaseServers(objects)) {
      for (const rendered of exposing) {
        const selector = mapSelector(valueAt(rendered.object, 'spec', 'selector'));
        if (objects.namespaceOf(rendered.object) !== workload.namespace || !selects(selector, workload.labels))
          continue;
        report(
          foundAt(
            rendered,
            'spec.type',
            `offers the database ${workload.kind} "${workload.name}" outside of the cluster; write "ClusterIP", got "${textOf(valueAt(rendered.object, 'spec', 'type')) ?? ''}"`,
          ),
        );
      }
    }
  },
};

const isExposed = ({ object }: RenderedObject): boolean =>
  ['NodePort', 'LoadBalancer'].includes(textOf(valueAt(object, 'spec', 'type')) ?? '');
