import type { Environment, Toolchain } from '../../environment.ts';
import { namespacesBeside } from '../../pods/pod-security.ts';

/** The namespaces of a place, an environment or a toolchain, which `bootstrap/` makes: the one that its applications run in first. */
export const namespacesOf = (
  place: Pick<Environment | Toolchain, 'namespace' | 'namespaces'> &
    Partial<Pick<Environment, 'applications' | 'podSecurity'>>,
): readonly string[] => [place.namespace, ...(place.namespaces ?? []), ...namespacesBeside(place)];

/** Every namespace that objects of an environment may lie in: its own, and those of others that it declares. */
export const allowedNamespacesOf = (
  environment: Pick<Environment, 'namespace' | 'namespaces' | 'furtherNamespaces'> &
    Partial<Pick<Environment, 'applications' | 'podSecurity'>>,
): readonly string[] => [...namespacesOf(environment), ...(environment.furtherNamespaces ?? [])];
