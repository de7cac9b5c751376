import { isRunToken, type Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { credentialsIn } from '../place.ts';

/** Purposes whose credential a workflow finds by where it is kept, and not by its name. */
const foundByPlace: ReadonlySet<Credential['purpose']> = new Set(['registryPush', 'gitPush', 'gitRead']);

/** What a workflow looks for when it finds this credential. */
function soughtAs(credential: Credential): readonly [place: string, what: string] | undefined {
  const { purpose, store, registry = isRunToken(credential) ? 'ghcr.io' : undefined } = credential;
  if (store.kind !== 'githubActions' || !foundByPlace.has(purpose)) return undefined;
  const where =
    store.environment === undefined ? store.repository : `${store.repository}, environment ${store.environment}`;
  const what =
    purpose !== 'registryPush' ? `"${purpose}"` : `"${purpose}" to ${registry ?? 'no registry in particular'}`;
  return [where, what];
}

/** Where workflows find a credential by its purpose and place, there is one: a second one would be used by nothing, and nobody would know. */
export function oneLogin(delivery: Delivery): readonly Problem[] {
  const first = new Map<string, string>();
  return credentialsIn(delivery).flatMap(({ path, credential }): readonly Problem[] => {
    const sought = soughtAs(credential);
    if (sought === undefined) return [];
    const [where, what] = sought;
    const next =
      credential.purpose === 'registryPush' ? 'say the registry of each' : 'keep this one in another environment';
    const key = `${where} ${what}`;
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, path);
      return [];
    }
    return [
      {
        path,
        message: `is kept in ${where} for the purpose ${what}, as ${other} is, which workflows use; remove one of them, or ${next}`,
        given: credential.name,
      },
    ];
  });
}
