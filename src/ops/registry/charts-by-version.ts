import { engineOf } from '../../engines/engines.ts';
import { chartsOfEngine } from '../../model/charts/helm-chart.ts';
import { environmentOf, type Delivery } from '../../model/delivery.ts';
import { applicationsOf, type UnitName } from '../../model/derived/units.ts';
import type { Release } from '../../model/release.ts';
import { RegistryError } from './registry-error.ts';

/** A chart that an engine fetches by its version, and what its registry has under that now. */
export interface ComparedChart {
  /** Name of the artifact. */
  readonly artifact: string;
  /** E.g. `ghcr.io/acme/charts/orders:1.4.2`. */
  readonly reference: string;
  /** Digest of the release. */
  readonly digest: string;
  /** Digest that the registry has; or why nobody knows. */
  readonly found: { readonly digest: string } | { readonly unknown: string };
}

/**
 * Compares the charts that the engine of a unit fetches by their version with what a release says of them: no digest holds these, so that only
 * a comparison tells of an archive that was pushed again. Those of which the release has no digest are none.
 *
 * @param resolve - the digest that `repository:tag` names now. @throws RegistryError
 */
export async function compareCharts(
  delivery: Delivery,
  unit: UnitName,
  { images }: Release,
  resolve: (reference: string) => Promise<string>,
): Promise<readonly ComparedChart[]> {
  const environment = environmentOf(delivery, unit.environment);
  const fetchesByVersion = engineOf(delivery, environment.name)?.fetchesByVersion ?? (() => false);
  const artifacts = applicationsOf(environment, unit)
    .flatMap(chartsOfEngine)
    .flatMap(({ chart, renderedBy }) => (fetchesByVersion(renderedBy) ? [chart.artifact] : []));
  const compared = await Promise.all(
    [...new Set(artifacts)].sort().map(async (artifact): Promise<readonly ComparedChart[]> => {
      const { repository, tag, digest } = images[artifact] ?? {};
      if (repository === undefined || tag === undefined || digest === undefined) return [];
      const reference = `${repository}:${tag}`;
      return [{ artifact, reference, digest, found: await findDigest(reference, resolve) }];
    }),
  );
  return compared.flat();
}

async function findDigest(
  reference: string,
  resolve: (reference: string) => Promise<string>,
): Promise<ComparedChart['found']> {
  try {
    return { digest: await resolve(reference) };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return { unknown: error.message.replace(/^portolan: /, '') };
  }
}

/** Whether a registry has another archive than the release under a chart's version. */
export const isPushedAgain = ({ digest, found }: ComparedChart): boolean =>
  'digest' in found && found.digest !== digest;

const short = (digest: string): string => digest.slice(0, 'sha256:'.length + 12);

/** What there is to say of a chart that was compared; nothing where the registry has what the release says. */
export function describeCompared(compared: ComparedChart): string | undefined {
  const { reference, digest, found } = compared;
  if ('unknown' in found)
    return `nobody knows whether ${reference} is still ${short(digest)}, as the release says: ${found.unknown}`;
  return isPushedAgain(compared)
    ? `${reference} is ${short(found.digest)} in the registry now, and ${short(digest)} in the release: it was pushed again, and the engine fetches what is there`
    : undefined;
}
