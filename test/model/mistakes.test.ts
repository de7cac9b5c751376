import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { problemsOf } from '../../src/model/validate.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { checkDelivery } from '../../src/review/check-environment.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import fc from '../support/properties.ts';
import { settings } from '../support/settings.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import * as catService from './five-systems/cat-service.ts';
import * as craftista from './five-systems/craftista.ts';
import * as goSampleApp from './five-systems/go-sample-app.ts';
import * as podinfo from './five-systems/podinfo.ts';
import * as theProject from './five-systems/the-project.ts';

/** Every program that there is to break. */
const programs: readonly Delivery[] = [
  project(settings),
  validDelivery(),
  ...[catService, craftista, goSampleApp, podinfo, theProject].flatMap(({ asItIs, corrected }) => [asItIs, corrected]),
];

type Mutable = Record<string | number, unknown>;
type Path = readonly (string | number)[];

/** The path of every value inside plain data. */
function pathsIn(data: unknown, path: Path = []): readonly Path[] {
  if (typeof data !== 'object' || data === null) return [];
  const keys = Array.isArray(data) ? [...data.keys()] : Object.keys(data);
  return keys.flatMap((key) => [[...path, key], ...pathsIn((data as Mutable)[key], [...path, key])]);
}

const pathsOf = programs.map((program) => pathsIn(program));

/** What holds a path's last key, unless an earlier mistake took it away. */
function holderOf(data: unknown, path: Path): Mutable | undefined {
  const held = path.slice(0, -1).reduce<unknown>((at, key) => (at as Mutable | null | undefined)?.[key], data);
  return typeof held === 'object' && held !== null ? (held as Mutable) : undefined;
}

/** What a hurried person may leave in the place of a value. */
const values: readonly (() => unknown)[] = [
  ...['', '5', 'true', 'x'.repeat(300), 0, -1, 1.5, NaN, Infinity, 5n, true, false, null, undefined, [], {}].map(
    (value) => () => value,
  ),
  ...[['x'], [undefined], [[]], { kind: 'x' }, { name: 'x' }, { kind: 'text' }, { x: undefined }].map(
    (value) => () => structuredClone(value),
  ),
  () => new Date(0),
  () => new Map([['a', 1]]),
  () => Promise.resolve('x'),
  () => () => 'x',
  () => Symbol('x'),
  () => Object.create(null) as unknown,
  () => JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as unknown,
  () => {
    const looped: unknown[] = [];
    looped.push(looped);
    return looped;
  },
];

type Mistake = (within: Mutable, key: string | number, choice: number) => void;

const mistakes: Readonly<Record<string, Mistake>> = {
  drop: (within, key) => {
    if (Array.isArray(within)) within.splice(Number(key), 1);
    else Reflect.deleteProperty(within, key);
  },
  rename: (within, key, choice) => {
    const word = String(key);
    const at = choice % (word.length + 1);
    const value = within[key];
    if (Array.isArray(within)) return;
    Reflect.deleteProperty(within, key);
    within[`${word.slice(0, at)}x${word.slice(at + (choice % 2))}`] = value;
  },
  retype: (within, key, choice) => {
    within[key] = values[choice % values.length]?.();
  },
  undefine: (within, key) => {
    within[key] = undefined;
  },
};

/** A place of a thousand, one of the ways to be wrong, and what is written instead. */
const mistake = fc.tuple(fc.nat(), fc.constantFrom(...Object.values(mistakes)), fc.nat());

/** What happens to a delivery that has no problems; what cannot be carried out is refused in words. */
function carryOut(delivery: Delivery): void {
  for (const work of [checked, repositoryWorkflows])
    try {
      work(delivery);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('portolan: '))) throw error;
    }
}

function checked(delivery: Delivery): void {
  const environments = delivery.environments.map((environment) => ({
    environment,
    rendered: renderEnvironment(delivery, environment, delivery.initialReleases[environment.name] ?? { images: {} }, {
      opsRepository: 'https://github.com/acme/shop-ops.git',
    }),
  }));
  checkDelivery({ delivery, environments });
}

describe('a program with mistakes', () => {
  test('is answered with places and what to write, whatever was dropped, renamed, retyped or left undefined', () => {
    let refused = 0;
    let accepted = 0;
    fc.assert(
      fc.property(fc.nat(programs.length - 1), fc.array(mistake, { minLength: 1, maxLength: 3 }), (program, made) => {
        const delivery = structuredClone(programs[program]);
        const paths = pathsOf[program] ?? [];
        for (const [place, make, choice] of made) {
          const path = paths[place % paths.length] ?? [];
          const within = holderOf(delivery, path);
          if (within !== undefined) make(within, path.at(-1) ?? '', choice);
        }

        const problems = problemsOf(delivery);
        // What nothing carries out yet hides no mistake: the rest of such a delivery must render, too.
        if (!problems.every(({ message }) => message.startsWith('is not carried out yet'))) refused++;
        else {
          accepted++;
          carryOut(delivery!);
        }
        expect(problems.filter(({ path, message }) => path === '' || !/^[^A-Z].*[^.]$/s.test(message))).toEqual([]);
      }),
      { numRuns: 2000 },
    );

    expect(refused).toBeGreaterThan(1500);
    expect(accepted).toBeGreaterThan(20);
  });
});
