import { isFromSites } from '../../model/derived/charts/helm-repositories.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { ImageVersion } from '../../model/release.ts';
import type { OpsCode, Refusal } from '../ops-error.ts';
import { RegistryError, type RegistryFault } from '../registry/registry-error.ts';
import { subjectsBySentence, type Said } from '../subjects-by-sentence.ts';

/** Digest that a reference such as `acme/orders:v1.2.0` names now. @throws RegistryError */
export type ResolveDigest = (reference: string) => Promise<string>;

/** Images with the digests that could be had, and what there is to say about the others. */
export interface ResolvedImages {
  readonly images: Readonly<Record<string, ImageVersion>>;
  /** Sentences for people. */
  readonly notices: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** What a fault of a registry is called where something did not happen for it. */
export const codes: Readonly<Record<RegistryFault, OpsCode>> = {
  unreachable: 'unreachable',
  untrusted: 'unreachable',
  limited: 'busy',
  notFound: 'not-found',
  denied: 'denied',
  conflict: 'other-bits',
  invalid: 'wrong-input',
};

/** What helps where building and pushing does not. */
const mends: Readonly<Partial<Record<RegistryFault, string>>> = { limited: 'wait', untrusted: 'do that' };

/**
 * Looks up the digest of every image that has none, and of every chart but those of a site, which has none. An image goes on by its tag alone only where no registry can be
 * reached and the model allows it; a registry that limits how often it is asked is in reach.
 *
 * @param resolve - undefined where nobody is to be asked: images go by the tags and digests that were given
 */
export async function resolveDigests(
  delivery: Delivery,
  images: Readonly<Record<string, ImageVersion>>,
  resolve: ResolveDigest | undefined,
): Promise<ResolvedImages> {
  if (resolve === undefined) return { images, notices: [], refusals: [] };
  const resolved: Record<string, ImageVersion> = {};
  const byTag: Said[] = [];
  const refusals: Refusal[] = [];
  const look = async (artifact: string, image: ImageVersion): Promise<void> => {
    resolved[artifact] = image;
    if (image.digest !== undefined) return;
    const reference = `${image.repository}:${image.tag}`;
    if (isFromSites(delivery, artifact)) {
      byTag.push([reference, 'a site of charts vouches for no digest']);
      return;
    }
    try {
      resolved[artifact] = { ...image, digest: await resolve(reference) };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const said = error.message.replace(/^portolan: /, '');
      const allowed = delivery.artifacts.find(({ name }) => name === artifact)?.allowTagOnly === true;
      if (error.kind === 'unreachable' && allowed) byTag.push([reference, said]);
      else
        refusals.push({
          code: codes[error.kind],
          what: `the digest of ${reference} cannot be had: ${said}`,
          next: `${mends[error.kind] ?? 'build and push the image'}, or write ${reference}@sha256:…; --no-resolve goes by tags alone`,
        });
    }
  };
  await Promise.all(Object.entries(images).map(([artifact, image]) => look(artifact, image)));
  return {
    images: resolved,
    notices: subjectsBySentence(byTag)
      .map(([why, references]) => describeByTag([...references].sort(), why))
      .sort(),
    refusals,
  };
}

/** What goes on by its tag alone, and why: a registry that is out of reach is said once. */
export function describeByTag(references: readonly string[], why: string): string {
  return `${references.join(', ')} ${references.length === 1 ? 'goes by its tag' : 'go by their tags'} alone: ${why}`;
}
