import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { isMapping } from '../../src/model/shape/value-kind.ts';
import { problemsOf } from '../../src/model/validation/validate.ts';
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

/**
 * Does something to what holds a path's last key, unless an earlier mistake took that away. What leads there is copied,
 * so that the program itself stays as it is; the rest is shared.
 */
function withChange(data: unknown, [key = '', ...rest]: Path, change: (within: Mutable) => void): unknown {
  if (!Array.isArray(data) && !isMapping(data)) return data;
  const copy = (Array.isArray(data) ? [...(data as unknown[])] : { ...data }) as Mutable;
  if (rest.length === 0) change(copy);
  else if (Object.hasOwn(copy, key)) copy[key] = withChange(copy[key], rest, change);
  return copy;
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
        const paths = pathsOf[program] ?? [];
        const delivery = made.reduce<unknown>((so, [place, make, choice]) => {
          const path = paths[place % paths.length] ?? [];
          return withChange(so, path, (within) => {
            make(within, path.at(-1) ?? '', choice);
          });
        }, programs[program]) as Delivery;

        const problems = problemsOf(delivery);
        // What nothing carries out yet hides no mistake: the rest of such a delivery must render, too.
        if (!problems.every(({ message }) => message.startsWith('is not carried out yet'))) refused++;
        else {
          accepted++;
          carryOut(delivery);
        }
        const unclear = problems.filter(({ path, message }) => path === '' || !/^[^A-Z].*[^.]$/s.test(message));
        if (unclear.length > 0) throw new Error(`says no place, or no sentence: ${JSON.stringify(unclear)}`);
      }),
      { numRuns: 2000 },
    );

    expect(refused).toBeGreaterThan(1500);
    expect(accepted).toBeGreaterThan(20);
  });
});
