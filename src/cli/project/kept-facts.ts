import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptPlace } from '../command.ts';
import { digestOf } from './digest.ts';

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
  /** What was said of these values; undefined where it is not known, or its file is not as it was written. */
  readonly recall: (what: string, ...values: readonly unknown[]) => string | undefined;
  /** Keeps what is said of them, in the place of what was said before. Where nothing can be written it is found out again the next time. */
  readonly keep: (said: string, what: string, ...values: readonly unknown[]) => void;
}

/** Facts beyond which the older half is forgotten. */
const MOST = 512;

/** The same for what is said in more than a line, which may be some megabytes. */
const MOST_SAID = 16;
const SAID = '.said';

/** Opens what is kept; each fact is a file that is called by the digest of all that it depends on, and says it. */
export function openFacts({ folder, program }: Pick<KeptPlace, 'folder' | 'program'>): KeptFacts {
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
        forget(folder, (file) => !file.endsWith(SAID), MOST);
      } catch {
        // A cache that others wrote, or a full disk.
      }
    },
    recall(what, ...values) {
      const name = nameOf(what, values);
      if (name === undefined) return undefined;
      try {
        const bytes = readFileSync(join(folder, `${name}${SAID}`));
        const start = bytes.indexOf('\n') + 1;
        const said = bytes.subarray(start);
        return bytes.toString('utf8', 0, start) === headOf(name, what, said) ? said.toString('utf8') : undefined;
      } catch {
        return undefined;
      }
    },
    keep(text, what, ...values) {
      const name = nameOf(what, values);
      if (name === undefined) return;
      try {
        mkdirSync(folder, { recursive: true });
        const said = Buffer.from(text, 'utf8');
        // Neither is this where it is written in part, or by two at once.
        writeFileSync(join(folder, `${name}${SAID}`), Buffer.concat([Buffer.from(headOf(name, what, said)), said]));
        forget(folder, (file) => file.endsWith(SAID), MOST_SAID);
      } catch {
        // As above.
      }
    },
  };
}

/** Nothing is known, and nothing kept. */
export const noFacts: KeptFacts = {
  isKnown: () => false,
  learn: () => undefined,
  recall: () => undefined,
  keep: () => undefined,
};

const textOf = (name: string, what: string): string => `${what} ${name}\n`;

/** The line before what is said: it names the very bytes that follow. */
const headOf = (name: string, what: string, said: Uint8Array): string =>
  textOf(name, `${what} ${createHash('sha256').update(said).digest('hex')}`);

/** Forgets the older half of the files where there are more than so many. */
export function forget(folder: string, isOne: (file: string) => boolean, most: number): void {
  const names = readdirSync(folder).filter(isOne);
  if (names.length <= most) return;
  const byAge = names
    .map((name) => ({ file: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => a.at - b.at);
  for (const { file } of byAge.slice(0, names.length - most / 2)) rmSync(file, { force: true });
}
