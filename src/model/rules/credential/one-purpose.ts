import type { Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Environment } from '../../environment.ts';
import type { Problem } from '../../problem.ts';
import { credentialsIn } from '../place.ts';

/** The places where a credential's values are kept. */
function placesOf({ store }: Credential, environment: Environment | undefined): readonly string[] {
  if (store.kind === 'githubActions')
    return store.keys.map(
      (key) =>
        `Actions secret ${key} of ${store.repository}${store.environment === undefined ? '' : `, environment ${store.environment}`}`,
    );
  const cluster = environment?.cluster.name ?? '';
  const namespace = store.namespace ?? environment?.namespace ?? '';
  return store.keys.map(
    (key) =>
      `key ${key} of Secret ${store.secretName} in namespace ${namespace}${cluster === '' ? '' : ` of ${cluster}`}`,
  );
}

/** One credential has one purpose: two purposes never share a value, so that either can be revoked alone. */
export function onePurpose(delivery: Delivery): readonly Problem[] {
  const holders = new Map<string, { path: string; credential: Credential }>();
  return credentialsIn(delivery).flatMap(({ path, credential, environment }) =>
    placesOf(credential, environment).flatMap((place): readonly Problem[] => {
      const other = holders.get(place);
      if (other === undefined) holders.set(place, { path, credential });
      if (other === undefined || other.credential.purpose === credential.purpose) return [];
      // The run's own token cannot be split, and each job narrows it by its permissions.
      if (credential.store.kind === 'githubActions' && place.startsWith('Actions secret GITHUB_TOKEN ')) return [];
      return [
        {
          path,
          message: `is kept as ${place}, which serves ${other.path} for another purpose, "${other.credential.purpose}"; make one credential for each`,
          given: credential.purpose,
        },
      ];
    }),
  );
}
