import { isRunToken, type Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { credentialsIn } from '../place.ts';

/** The place, and the registry there, for which a workflow finds this credential. */
function soughtAs(credential: Credential): readonly [place: string, registry: string] | undefined {
  const { purpose, store, registry = isRunToken(credential) ? 'ghcr.io' : undefined } = credential;
  if (purpose !== 'registryPush' || store.kind !== 'githubActions') return undefined;
  const where =
    store.environment === undefined ? store.repository : `${store.repository}, environment ${store.environment}`;
  return [where, registry ?? 'no registry in particular'];
}

/** Workflows find what they push images with by its registry and place, so there is one: a second one would be used by nothing, and nobody would know. */
export function oneLogin(delivery: Delivery): readonly Problem[] {
  const first = new Map<string, string>();
  return credentialsIn(delivery).flatMap(({ path, credential }): readonly Problem[] => {
    const sought = soughtAs(credential);
    if (sought === undefined) return [];
    const [where, registry] = sought;
    const key = `${where} ${registry}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, path);
      return [];
    }
    return [
      {
        path,
        message: `pushes to ${registry} from ${where}, as ${other} does, which workflows use; remove one of them, or say the registry of each`,
        given: credential.name,
      },
    ];
  });
}
