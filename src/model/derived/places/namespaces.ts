import type { Environment, Toolchain } from '../../environment.ts';

/** The namespaces of a place, an environment or a toolchain, which `bootstrap/` makes: the one that its applications run in first. */
export const namespacesOf = ({
  namespace,
  namespaces = [],
}: Pick<Environment | Toolchain, 'namespace' | 'namespaces'>): readonly string[] => [namespace, ...namespaces];

/** Every namespace that objects of an environment may lie in: its own, and those of others that it declares. */
export const allowedNamespacesOf = (
  environment: Pick<Environment, 'namespace' | 'namespaces' | 'furtherNamespaces'>,
): readonly string[] => [...namespacesOf(environment), ...(environment.furtherNamespaces ?? [])];
