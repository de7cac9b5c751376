import { doneInWords, type EngineWord } from '../../model/derived/looks/engine-word.ts';

/** What somebody says of a commit. */
export interface SaidOfCommit {
  readonly context: string;
  readonly state: string;
  readonly description: string;
  /** Login of whoever says it. */
  readonly by: string;
}

/**
 * The worst that an engine says of a commit, application by application, or that it says nothing of it. What anybody else says under its name
 * is not believed: a token that writes one status writes every other.
 *
 * @param words - of every application of the branch
 * @param said - the newest first
 */
export function reportedHealth(words: readonly EngineWord[], said: readonly SaidOfCommit[]): string {
  const each = words.map((word) => healthOf(word, said));
  return each.find((health) => health !== 'Healthy') ?? 'Healthy';
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function healthOf({ context, by }: EngineWord, said: readonly SaidOfCommit[]): string {
  const named = said.filter((status) => isSame(status.context, context));
  const newest = named.find((status) => isSame(status.by, by));
  if (newest === undefined) {
    const [other] = named;
    return other === undefined
      ? `unknown: ${by} has said nothing of ${context} yet`
      : `unknown: what is said of ${context} is by ${other.by}, and ${by} alone is believed`;
  }
  const { state, description } = newest;
  if (state === 'success' && description === doneInWords) return 'Healthy';
  return `${state === 'failure' || state === 'error' ? 'Degraded' : 'unknown'}: ${context} says "${description}"`;
}
