import type { Problem } from '../problem.ts';
import { closest, unknownName } from '../suggestion.ts';
import { dataProblems } from './data-problems.ts';
import { choicesOf, expected, expectedFields, requiredOf, type Field } from './expected.ts';
import { chosen } from './chosen.ts';
import type { FieldsShape, Shape } from './shape.ts';
import { isForeign, isMapping, valueKind } from './value-kind.ts';
import { isReference, wrongKind } from './wrong-kind.ts';

/** Keys and positions that lead to a value. */
export type Keys = readonly (string | number)[];

/** One thing that is not of the shape that the model's types say. */
export interface ShapeProblem extends Problem {
  /** A key that can be taken out, or is another word for `meant`, with all else as it is. @default - nothing can be taken out */
  readonly wrongKey?: { readonly within: Keys; readonly key: string; readonly meant?: string };
}

/** Where a value stands: as the user reads it, and as it is found. */
interface Place {
  readonly path: string;
  /** What it stands in, and under which key or number. @default - it is the whole */
  readonly within?: { readonly place: Place; readonly key: string | number };
}

/** The keys are asked for only where something is wrong, and there are thousands of places. */
const keysOf = ({ within }: Place): Keys => (within === undefined ? [] : [...keysOf(within.place), within.key]);

/** Everything about a delivery that the model's own types would not let pass, whoever compiled it. */
export function shapeProblems(delivery: unknown): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  check('#Delivery', delivery, { path: '' }, problems);
  return problems.map((problem) => (problem.path === '' ? { ...problem, path: 'project.ts' } : problem));
}

function check(shape: Shape, value: unknown, place: Place, problems: ShapeProblem[]): void {
  const choices = choicesOf(shape);
  if (choices.some((choice) => fits(choice, value))) return;
  const report = reporterAt(place, problems);
  const list = Array.isArray(value)
    ? choices.find((choice) => typeof choice === 'object' && 'list' in choice)
    : undefined;
  if (choices.includes('data'))
    for (const { path, message } of dataProblems(value, place.path)) problems.push({ path, message });
  else if (value === undefined) report(`is undefined; write ${expected(shape)}`);
  else if (isMapping(value)) checkMapping(shape, value, place, problems);
  else if (isForeign(value)) report(`must be ${expected(shape)}; it is ${valueKind(value)}`);
  else if (Array.isArray(value) && typeof list === 'object' && 'list' in list)
    checkList(list.list, value, place, problems);
  else wrongKind(shape, value, report);
}

const reporterAt =
  ({ path }: Place, problems: ShapeProblem[]) =>
  (message: string, given?: unknown): void => {
    problems.push({ path, message, ...(given === undefined ? {} : { given }) });
  };

function checkMapping(
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  problems: ShapeProblem[],
): void {
  const choice = chosen(choicesOf(shape), value);
  if (choice === undefined) wrongKind(shape, value, reporterAt(place, problems));
  else if ('map' in choice) checkMap(choice.map, value, place, problems);
  else if ('shape' in choice) checkFields(choice.shape, value, place, problems);
  else checkWord(choice.key, choice.words, value, place, problems);
}

function fits(choice: Shape, value: unknown): boolean {
  if (choice === 'text') return typeof value === 'string';
  if (choice === 'number') return Number.isFinite(value);
  if (choice === 'boolean') return typeof value === 'boolean';
  if (choice === 'function') return typeof value === 'function';
  return typeof value === 'string' && typeof choice === 'object' && 'words' in choice && choice.words.includes(value);
}

/** The word that says what a mapping is, which is missing or none of those that there are. */
function checkWord(
  key: string,
  words: readonly string[],
  value: Readonly<Record<string, unknown>>,
  place: Place,
  problems: ShapeProblem[],
): void {
  const given = Object.hasOwn(value, key);
  const misspelt = given ? undefined : closest(key, Object.keys(value));
  if (given && isReference(value) && words.includes('text'))
    problems.push({
      path: place.path,
      message: `must stand in a text; write text\`…\${${String(value[key])}(…)}…\``,
    });
  else if (given) check({ words }, value[key], inside(place, key), problems);
  else if (misspelt === undefined)
    problems.push({ path: joined(place.path, key), message: `is missing; write ${expected({ words })}` });
  else problems.push(unknownKey(place, misspelt, [key]));
}

function checkFields(
  shape: FieldsShape,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  problems: ShapeProblem[],
): void {
  const fields = expectedFields(shape);
  const items = Object.entries(value);
  let missing = requiredOf(shape).filter((key) => !Object.hasOwn(value, key));
  for (const [key, item] of items) {
    const field = fields.get(key);
    if (field !== undefined) checkField(field, item, key, place, problems);
    else if (shape.rest !== undefined) check(shape.rest, item, inside(place, key), problems);
    else {
      const problem = unknownKey(place, key, closest(key, missing) === undefined ? [...fields.keys()] : missing);
      missing = missing.filter((name) => name !== problem.wrongKey?.meant);
      problems.push(problem);
    }
  }
  for (const key of missing)
    problems.push({
      path: joined(place.path, key),
      message: `is missing; write ${expected(fields.get(key)?.shape ?? 'data')}`,
    });
}

function checkField(
  { shape, required }: Field,
  value: unknown,
  key: string,
  place: Place,
  problems: ShapeProblem[],
): void {
  if (value !== undefined || required) check(shape, value, inside(place, key), problems);
  else
    problems.push({
      path: joined(place.path, key),
      message: `is undefined; leave the key out, or write ${expected(shape)}`,
      wrongKey: { within: keysOf(place), key },
    });
}

const unknownKey = (place: Place, key: string, known: readonly string[]): ShapeProblem => {
  const meant = closest(key, known);
  return {
    path: joined(place.path, key),
    message: unknownName('key', key, known),
    wrongKey: { within: keysOf(place), key, ...(meant === undefined ? {} : { meant }) },
  };
};

function checkMap(
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  problems: ShapeProblem[],
): void {
  for (const [key, item] of Object.entries(value)) check(shape, item, inside(place, key), problems);
}

function checkList(shape: Shape, list: readonly unknown[], place: Place, problems: ShapeProblem[]): void {
  const names = isNamed(shape) ? list.map(nameOf) : [];
  const timesOf = counted(names);
  for (const [i, item] of list.entries()) {
    const name = names[i];
    const unique = name !== undefined && timesOf.get(name) === 1;
    const path = unique ? joined(place.path, name) : `${place.path}[${i}]`;
    if (isLeftOver(item, shape))
      problems.push({
        path,
        message: `is ${item === '' ? 'empty' : valueKind(item)}, as a condition leaves it; write ...(condition ? [item] : []) in the list`,
      });
    else check(shape, item, { path, within: { place, key: i } }, problems);
  }
}

/** How often each of the names is there. */
function counted(names: readonly (string | undefined)[]): ReadonlyMap<string | undefined, number> {
  const times = new Map<string | undefined, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}

/** What stands in a list after `condition && item`, or for a variable without a value. */
const isLeftOver = (item: unknown, shape: Shape): boolean =>
  item === undefined ||
  item === null ||
  item === false ||
  (item === '' && !choicesOf(shape).some((choice) => fits(choice, '')));

/** Whether the elements of a list begin with their names, which is how a path then tells them apart. */
const isNamed = (shape: Shape): boolean =>
  choicesOf(shape).every(
    (choice) => typeof choice === 'object' && 'fields' in choice && Object.keys(choice.fields)[0] === 'name',
  );

const nameOf = (item: unknown): string | undefined =>
  isMapping(item) && typeof item['name'] === 'string' && item['name'] !== '' ? item['name'] : undefined;

const inside = (place: Place, key: string): Place => ({ path: joined(place.path, key), within: { place, key } });

const joined = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
