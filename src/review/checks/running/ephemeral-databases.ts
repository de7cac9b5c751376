import { foundAt, type Check } from '../../../objects/check.ts';
import { databaseServers } from '../../../databases/database-servers.ts';
import { itemsOf, valueAt } from '../../../objects/fields.ts';

/** A database server keeps its data in a claim: without one, each restart begins with nothing. */
export const ephemeralDatabases: Check = {
  name: 'ephemeral-databases',
  find({ objects }, report) {
    for (const { workload, container } of databaseServers(objects)) {
      const templates = itemsOf(valueAt(workload.rendered.object, 'spec', 'volumeClaimTemplates'));
      const claims = objects.references(workload).filter(({ kind }) => kind === 'PersistentVolumeClaim');
      if (templates.length > 0 || claims.length > 0) continue;
      report(
        foundAt(
          workload.rendered,
          `${workload.specPath}.volumes`,
          `container "${container.name}" is a database server without a claim, and loses its data at each restart; mount one where it writes`,
        ),
      );
    }
  },
};
