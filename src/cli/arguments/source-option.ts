import { resolve } from 'node:path';
import type { Delivery } from '../../model/delivery.ts';
import type { Repository } from '../../model/repository.ts';
import { ancestryIn, ancestryInAny, type Ancestry } from '../../ops/program/ancestry.ts';
import { UsageError } from './usage-error.ts';

/** Checkouts of the sources, as `--source` named them. */
export interface SourceCheckouts {
  /** Folders, in their order. */
  readonly folders: readonly string[];
  /** How commits of any of them stand to each other. @default - none was named */
  readonly ancestry?: Ancestry;
}

/**
 * Reads `--source`: a folder, or, where artifacts come from several repositories, `NAME=FOLDER` for each.
 *
 * @throws UsageError for a name of no source, or one that stands there twice
 */
export function sourceCheckouts(
  { repositories }: Pick<Delivery, 'repositories'>,
  given: readonly string[],
): SourceCheckouts {
  const sources = repositories.filter(({ holds }) => holds.includes('source'));
  const read = given.map((entry) => checkout(sources, entry));
  const twice = read.find(
    ({ source }, i) => source !== undefined && read.findIndex((one) => one.source === source) < i,
  );
  if (twice !== undefined)
    throw new UsageError(`--source: names ${twice.source?.name ?? ''} twice; a source has one checkout`);
  if (read.length === 0) return { folders: [] };
  return {
    folders: read.map(({ folder }) => folder),
    ancestry: ancestryInAny(read.map(({ folder, source }) => ancestryIn(folder, source?.url))),
  };
}

function checkout(
  sources: readonly Repository[],
  entry: string,
): { readonly folder: string; readonly source: Repository | undefined } {
  const [, name, folder] = /^([^=/\\]+)=(.+)$/.exec(entry) ?? [];
  if (name === undefined || folder === undefined)
    // One that is not named may be of any of them.
    return { folder: resolve(entry), source: sources.length === 1 ? sources[0] : undefined };
  const source = sources.find((repository) => repository.name === name);
  if (source === undefined)
    throw new UsageError(
      `--source: must name a repository that holds source: ${sources.map((one) => `${one.name}=FOLDER`).join(' or ')}, got "${entry}"`,
    );
  return { folder: resolve(folder), source };
}
