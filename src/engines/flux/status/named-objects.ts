import type { Ailment } from '../../ailment.ts';

/** An object as Flux writes it: `Kind/namespace/name`, or `Kind/name` where it belongs to the whole cluster. */
const written = String.raw`(?<kind>[A-Z]\w+)/(?:[a-z0-9.-]+/)?(?<name>[^\s/]+)`;

/** Objects that a health check names, each with its state there, e.g. `[Deployment/dev/web status: 'Failed', …]`. */
export const unhealthyObjects = (message: string): readonly Ailment[] =>
  [...message.matchAll(new RegExp(`${written} status: '(?<state>\\w+)'`, 'g'))].map(({ groups = {} }) => ({
    object: `${groups['kind'] ?? ''}/${groups['name'] ?? ''}`,
    message: groups['state'] ?? '',
  }));

/** The object that could not be applied: Flux then applies nothing of the commit. */
export function refusedObjects(message: string): readonly Ailment[] {
  const { kind, name, why } = new RegExp(`^${written} (?<why>.+)`, 's').exec(message)?.groups ?? {};
  return kind === undefined || name === undefined || why === undefined
    ? []
    : [{ object: `${kind}/${name}`, message: `not applied: ${why}` }];
}
