import type { VersionScheme } from '../artifact.ts';
import type { Delivery } from '../delivery.ts';
import type { Supply } from '../supply.ts';

type SemanticScheme = Extract<VersionScheme, { readonly kind: 'semver' }>;

/** What a version's Git tag begins with, whatever its image's tag does. */
export const VERSION_TAG_PREFIX = 'v';

/**
 * The schemes of what a workflow gives a semantic version before it builds it; nothing where a supply's images are tagged with their commit,
 * because they have another scheme.
 */
export function schemesOfBuilds({ artifacts }: Delivery, supply: Supply): readonly SemanticScheme[] {
  if (supply.builder.kind !== 'githubActions') return [];
  const schemes = artifacts.filter(({ name }) => supply.artifacts.includes(name)).map(({ scheme }) => scheme);
  const semantic = schemes.filter((scheme): scheme is SemanticScheme => scheme.kind === 'semver');
  return semantic.length === schemes.length ? semantic : [];
}
