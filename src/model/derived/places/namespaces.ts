import type { Environment, Toolchain } from '../../environment.ts';
import { namespacesBeside } from '../../pods/pod-security.ts';

/** What of an environment says which namespaces it has. */
type Place = Pick<Environment, 'namespace' | 'namespaces' | 'applications' | 'podSecurity'>;

/** The namespaces of a place, an environment or a toolchain, which `bootstrap/` makes: the one that its applications run in first. */
export const namespacesOf = (place: Place | Toolchain): readonly string[] => [
  place.namespace,
  ...(place.namespaces ?? []),
  ...('applications' in place ? namespacesBeside(place) : []),
];

/** Every namespace that objects of an environment may lie in: its own, and those of others that it declares. */
export const allowedNamespacesOf = (environment: Place & Pick<Environment, 'furtherNamespaces'>): readonly string[] => [
  ...namespacesOf(environment),
  ...(environment.furtherNamespaces ?? []),
];
