import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

/** Where what services come to is kept. */
export interface ObjectsPlace {
  /** Folder of the shelves; it need not exist. */
  readonly folder: string;
  /** What tells those who make objects, and look at them, from any other: Portolan's own files, and what runs them. */
  readonly makers: string;
}

/** Where facts may be kept from one start to the next. */
export interface KeptPlace {
  /** Folder of the facts; it need not exist. */
  readonly folder: string;
  /** What tells this program from any other: its own files, this package's, and what runs them. */
  readonly program: string;
  /** Where what services come to may be kept. */
  readonly objects: ObjectsPlace;
}

/** How Portolan was started; `bin/portolan.cjs` says it. */
export interface Invocation {
  /** What follows the program's name, e.g. `['synth', '--output', 'out']`. */
  readonly argv: readonly string[];
  /** The absolute folder of the `project.ts` that `#project` stands for; where there is none, the folder that it was called in. */
  readonly projectFolder: string;
  /** Said where no `project.ts` lies in that folder or above it. @default - there is one */
  readonly withoutProject?: true;
  /** The absolute folder of Portolan itself, which holds `schemas/`. */
  readonly packageFolder: string;
  /** Portolan's own version, e.g. `0.1.0`. */
  readonly version: string;
  /** Where facts about this program may be kept. @default - nowhere */
  readonly kept?: () => KeptPlace | undefined;
  /** Has something be done when the command has ended, however it did. @default - nothing is done then */
  readonly atEnd?: (work: () => void) => void;
}

/** What a command's action gets besides its own arguments. */
export interface CommandContext extends Invocation {
  readonly terminal: Terminal;
}

/** Whether what was asked holds: exit code 0, else 1. */
export type Verdict = boolean;

/** Gives a command its arguments and options; `act` wraps its action. */
export type Define = (
  command: Command,
  act: <Args extends readonly unknown[]>(
    action: (context: CommandContext, ...args: Args) => Promise<Verdict> | Verdict,
  ) => (...args: Args) => Promise<void>,
) => void;

/** A command as the table lists it: what its file holds is loaded when the command is called, not before. */
export interface CommandEntry {
  /** The word that calls it, e.g. `synth`. */
  readonly name: string;
  /** The line in `portolan --help`. */
  readonly summary: string;
  /** Whether it can be called where no `project.ts` is. @default false */
  readonly startsAnywhere?: boolean;
  /** Loads the file that gives the command its arguments, options and action. */
  readonly load: () => Promise<{ readonly define: Define }>;
}
