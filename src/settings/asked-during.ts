import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import process from 'node:process';
import type { Problem } from '../model/problem.ts';
import { placeOf, type ProgramFolders } from './program-failure.ts';

/** What some work gave, and what the program asked meanwhile that is not the same on every machine and at every hour. */
export interface Watched<T> {
  readonly result: T;
  readonly problems: readonly Problem[];
}

/** For how long the clock is put forward, in milliseconds: over a day, a month and a year. */
const later = 400 * 24 * 3600 * 1000;

/** Frames of a stack that are kept, so that a library between the program and what is asked does not hide it. */
const deepStack = 100;

type Owner = Record<PropertyKey, unknown>;
type Note = (what: string) => void;

/**
 * Does some work at another hour and in another time zone, and tells what the user's own program asks of the world meanwhile: disk, clock,
 * chance, environment, machine. Portolan's own questions are none of the program's.
 */
export async function askedDuring<T>(work: () => Promise<T>, folders: ProgramFolders): Promise<Watched<T>> {
  const stacks = new Map<string, readonly [what: string, at: Error]>();
  let isNoting = false;
  const note: Note = (what) => {
    // Who writes a stack may read the source for it.
    if (isNoting) return;
    isNoting = true;
    const at = new Error(what);
    stacks.set(at.stack ?? what, [what, at]);
    isNoting = false;
  };
  const limit = Error.stackTraceLimit;
  const zone = process.env['TZ'];
  Error.stackTraceLimit = deepStack;
  process.env['TZ'] = zone === 'Asia/Tokyo' ? 'America/Lima' : 'Asia/Tokyo';
  const back = everywhere(note);
  let result: T;
  try {
    result = await work();
  } finally {
    back.reverse().forEach((restore) => {
      restore();
    });
    syncBuiltinESMExports();
    Error.stackTraceLimit = limit;
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
  const told = [...stacks.values()].flatMap(([what, at]): readonly Problem[] => {
    const path = placeOf({ stack: withoutLoads(at) }, folders);
    return path === undefined
      ? []
      : [
          {
            path,
            message: `asks ${what}, so that another machine or another day would get other bytes; declare a setting, or write it into the program`,
          },
        ];
  });
  return { result, problems: [...new Map(told.map((problem) => [problem.path + problem.message, problem])).values()] };
}

/** A line of a stack in which a library is being loaded: in a bundle its file is a function that is called as it is. */
const loadOfLibrary = /^ +at [^\n(]*node_modules\/[^\s(]+ \(/m;

/** A stack without whoever imports a library that asks while it is loaded: what it made of the answer tells, and not that somebody uses it. */
const withoutLoads = ({ stack = '' }: Error): string => stack.split(loadOfLibrary, 1)[0] ?? '';

/** Puts somebody who listens before everything that is not the same everywhere; gives back what takes each away again. */
function everywhere(note: Note): (() => void)[] {
  const listening = (owner: object, kind: string, name: string, keys: readonly string[]): (() => void)[] =>
    keys.flatMap((key) => {
      const original = (owner as Owner)[key];
      if (typeof original !== 'function') return [];
      function listener(this: unknown, ...given: unknown[]): unknown {
        note(`${kind} (${name}${key})`);
        return Reflect.apply(original as () => unknown, this, given);
      }
      // What hangs on a function, such as `realpathSync.native`, is asked for too.
      const { prototype: _, ...hanging } = Object.getOwnPropertyDescriptors(original);
      Object.defineProperties(listener, hanging as PropertyDescriptorMap);
      return [replaced(owner, key, listener)];
    });
  const functionsOf = (owner: object): readonly string[] => Object.keys(owner).filter((key) => /^[a-z]/.test(key));
  const restores = [
    ...listening(fs, 'the disk', 'fs.', functionsOf(fs)),
    ...listening(fs.promises, 'the disk', 'fs.promises.', functionsOf(fs.promises)),
    ...listening(os, 'the machine', 'os.', functionsOf(os)),
    ...listening(childProcess, 'another program', '', functionsOf(childProcess)),
    ...listening(
      crypto,
      'chance',
      'crypto.',
      functionsOf(crypto).filter((key) => key.startsWith('random')),
    ),
    ...listening(globalThis.crypto, 'chance', 'crypto.', ['randomUUID', 'getRandomValues']),
    ...listening(Math, 'chance', 'Math.', ['random']),
    ...listening(performance, 'the clock', 'performance.', ['now']),
    ...listening(process, 'the clock', 'process.', ['hrtime', 'uptime']),
    ...listening(process, 'the machine', 'process.', ['cwd', 'memoryUsage']),
    ...listening(globalThis, 'the network', '', ['fetch']),
    replaced(globalThis, 'Date', laterDate(note)),
    replaced(process, 'env', environment(note)),
  ];
  syncBuiltinESMExports();
  return restores;
}

/** Puts a value in the place of another; gives back what brings that one back. */
function replaced(owner: object, key: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, key);
  Object.defineProperty(owner, key, {
    value,
    configurable: true,
    enumerable: before?.enumerable ?? true,
    writable: true,
  });
  return () => {
    if (before === undefined) Reflect.deleteProperty(owner, key);
    else Object.defineProperty(owner, key, before);
  };
}

/** A clock that goes before the true one, and says that it was asked. */
function laterDate(note: Note): DateConstructor {
  const original = Date;
  const clock = original.now.bind(original);
  const asked = (word: string): number => {
    note(`the clock (${word})`);
    return clock() + later;
  };
  return new Proxy(original, {
    construct: (target, given: readonly unknown[], newTarget: new () => object) =>
      Reflect.construct(target, given.length === 0 ? [asked('new Date()')] : given, newTarget) as object,
    apply: () => new original(asked('Date()')).toString(),
    get: (target, key, receiver) =>
      key === 'now' ? () => asked('Date.now()') : (Reflect.get(target, key, receiver) as unknown),
  });
}

/** The environment's variables, who says which was asked for. Those of cdk8s itself are asked for by every object without a name. */
function environment(note: Note): NodeJS.ProcessEnv {
  const asked = (key: string | symbol): void => {
    if (typeof key === 'string' && !key.startsWith('CDK8S_')) note(`the environment (process.env.${key})`);
  };
  return new Proxy(process.env, {
    get(target, key) {
      asked(key);
      return typeof key === 'string' ? target[key] : undefined;
    },
    has(target, key) {
      asked(key);
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      note('the environment (process.env)');
      return Reflect.ownKeys(target);
    },
  });
}
