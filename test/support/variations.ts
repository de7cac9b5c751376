/** Plain data that differs from other plain data in one place. */
export interface Variation {
  /** Where, by its shape, e.g. `spec.ports[].name`: the first place of that shape is changed. */
  readonly place: string;
  /** What was done there, e.g. `2 → 3` or `gone`. */
  readonly how: string;
  /** The data with that difference. */
  readonly data: unknown;
  /** Other data of the same shape with it, too. */
  readonly onto: (other: unknown) => unknown;
}

type Keyed = Record<string | number, unknown>;
type Path = readonly (string | number)[];
type Change = (within: Keyed, key: string | number) => void;

/** What may stand in the place of a value, and what that is called. */
function othersFor(value: unknown): readonly (readonly [how: string, value: unknown])[] {
  switch (typeof value) {
    case 'number':
      return [0, value + 1, value * 1000].map((other) => [`${value} → ${other}`, other]);
    case 'boolean':
      return [[`${value} → ${!value}`, !value]];
    case 'string':
      return [
        ['empty', ''],
        ['another word', `${value}x`],
      ];
    default:
      return Array.isArray(value) && value.length > 0
        ? [
            ['empty', []],
            ['its first twice', [...(value as unknown[]), value[0]]],
            ...(value.length > 1 ? ([['turned round', [...(value as unknown[])].reverse()]] as const) : []),
          ]
        : [];
  }
}

/**
 * Every way in which plain data can differ a little, each alone, in the order of its places. A place more adds its own
 * variations and leaves the others as they are.
 */
export function* variationsOf(data: unknown): Iterable<Variation> {
  const seen = new Set<string>();
  for (const path of pathsIn(data)) {
    const place = path
      .map((key) => (typeof key === 'number' ? '[]' : `.${key}`))
      .join('')
      .replace(/^\./, '');
    if (seen.has(place)) continue;
    seen.add(place);
    const variation = (how: string, change: Change): Variation => {
      const onto = (other: unknown): unknown => withChange(other, path, change);
      return { place, how, data: onto(data), onto };
    };
    yield variation('gone', without);
    for (const [how, value] of othersFor(valueAt(data, path)))
      yield variation(how, (within, key) => {
        within[key] = value;
      });
  }
}

/** A place of an object, by the object's kind; pods are the same wherever they are made. */
export const placeIn = (kind: string, place: string): string => {
  const template = /^spec\.(?:jobTemplate\.spec\.)?template\./.exec(place)?.[0];
  return template === undefined ? `${kind} ${place}` : `pod ${place.slice(template.length)}`;
};

function pathsIn(data: unknown, path: Path = []): readonly Path[] {
  if (typeof data !== 'object' || data === null) return [];
  const keys = Array.isArray(data) ? [...data.keys()] : Object.keys(data);
  return keys.flatMap((key) => [[...path, key], ...pathsIn((data as Keyed)[key], [...path, key])]);
}

const valueAt = (data: unknown, path: Path): unknown => path.reduce((within, key) => (within as Keyed)[key], data);

function without(within: Keyed, key: string | number): void {
  if (Array.isArray(within)) within.splice(Number(key), 1);
  else Reflect.deleteProperty(within, key);
}

/** What leads to the place is copied, so that the data itself stays as it is; the rest is shared. */
function withChange(data: unknown, [key = '', ...rest]: Path, change: Change): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const copy = (Array.isArray(data) ? [...(data as unknown[])] : { ...(data as Keyed) }) as Keyed;
  if (rest.length === 0) change(copy, key);
  else if (Object.hasOwn(copy, key)) copy[key] = withChange(copy[key], rest, change);
  return copy;
}
