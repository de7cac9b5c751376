import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import type { KeptPlace } from '../command.ts';

/**
 * What an earlier start of the very same program found out and need not be found out again. A fact holds or is not known: that something does not
 * hold is never kept.
 */
export interface KeptFacts {
  /**
   * Whether it is known that something holds of these values.
   *
   * @param what - what holds of them, e.g. `keeps every rule`
   * @param values - everything that it depends on beside the program
   */
  readonly isKnown: (what: string, ...values: readonly unknown[]) => boolean;
  /** Keeps that it does. Where nothing can be written it is found out again the next time. */
  readonly learn: (what: string, ...values: readonly unknown[]) => void;
}

/** Facts beyond which the older half is forgotten. */
const MOST = 512;

/** Opens what is kept; each fact is a file that is called by the digest of all that it depends on, and says it. */
export function openFacts({ folder, program }: KeptPlace): KeptFacts {
  const nameOf = (what: string, values: readonly unknown[]): string | undefined => digestOf([program, what, ...values]);
  return {
    isKnown(what, ...values) {
      const name = nameOf(what, values);
      if (name === undefined) return false;
      try {
        return readFileSync(join(folder, name), 'utf8') === textOf(name, what);
      } catch {
        return false;
      }
    },
    learn(what, ...values) {
      const name = nameOf(what, values);
      if (name === undefined) return;
      try {
        mkdirSync(folder, { recursive: true });
        // What is written in part is not believed, so that it need not be moved into its place.
        writeFileSync(join(folder, name), textOf(name, what));
        forget(folder);
      } catch {
        // A cache that others wrote, or a full disk.
      }
    },
  };
}

/** Nothing is known, and nothing kept. */
export const noFacts: KeptFacts = { isKnown: () => false, learn: () => undefined };

const textOf = (name: string, what: string): string => `${what} ${name}\n`;

/** A digest of a value, of which two have the same only where no program can tell them apart; nothing where it holds what is no data, e.g. a function. */
export function digestOf(value: unknown): string | undefined {
  try {
    return createHash('sha256').update(serialize(value)).digest('hex');
  } catch {
    return undefined;
  }
}

function forget(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= MOST) return;
  const byAge = names
    .map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.at - b.at);
  for (const { file } of byAge.slice(0, names.length - MOST / 2)) rmSync(file, { force: true });
}
