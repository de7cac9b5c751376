import type { Delivery } from '../../delivery.ts';
import { objectName } from '../../names.ts';
import type { Problem } from '../../problem.ts';
import { applicationsIn } from '../place.ts';

/** Two local volumes on one cluster share neither their name, which has no namespace, nor their folder. */
export function separateVolumes(delivery: Delivery): readonly Problem[] {
  const owners = new Map<string, string>();
  return applicationsIn(delivery).flatMap(({ path, environment, application }) =>
    (application.claims ?? []).flatMap((claim): readonly Problem[] => {
      const { local } = claim;
      if (local === undefined) return [];
      const at = `${path}.claims.${claim.name}.local`;
      const cluster = environment.cluster.name;
      const taken = (key: string): string | undefined => {
        const owner = owners.get(key);
        owners.set(key, owner ?? at);
        return owner;
      };
      const name = objectName(environment, local.volume);
      const sameName = taken(`${cluster} volume ${name}`);
      const sameFolder = taken(`${cluster} folder ${local.node}:${local.path.replace(/\/+$/, '')}`);
      return [
        ...(sameName === undefined
          ? []
          : [
              {
                path: `${at}.volume`,
                message: `makes the same PersistentVolume as ${sameName}, and the cluster has one of a name`,
                given: name,
              },
            ]),
        ...(sameFolder === undefined
          ? []
          : [
              {
                path: `${at}.path`,
                message: `is the folder of ${sameFolder} too; give each volume its own`,
                given: `${local.node}:${local.path}`,
              },
            ]),
        ...(/^\/[^\s]*[^\s/]$/.test(local.path)
          ? []
          : [
              { path: `${at}.path`, message: 'must be an absolute path without a slash at its end', given: local.path },
            ]),
      ];
    }),
  );
}
