import { rawSchema, type RawSchema } from '../src/review/schema/custom/compact-schema.ts';
import type { FieldRule, SchemaNode } from '../src/review/schema/schema-node.ts';

/** What fields ask of each other, as schemas of ours say it. */
type FieldRules = Pick<SchemaNode, 'x-exactly-one' | 'x-at-least-one' | 'x-at-most-one' | 'x-field-rules'>;

/** One way in which an object may be valid: fields that it has, and fields that say nothing in it. */
interface Alternative {
  readonly has: readonly string[];
  readonly lacks: readonly string[];
}

/**
 * Turns what JSON Schemas say and those of Kubernetes do not into rules of our own, which have a message of their own: `oneOf` and `anyOf` whose
 * alternatives differ in which fields are there, and `uniqueItems`.
 *
 * @returns the schema without these
 * @throws Error for an alternative that says anything else
 */
export function withFieldRules(raw: RawSchema, place: string): RawSchema {
  const { oneOf, anyOf, uniqueItems, ...rest } = raw;
  return {
    ...rest,
    ...(uniqueItems === true ? { 'x-kubernetes-list-type': 'set' } : {}),
    ...(oneOf === undefined ? {} : exclusion(alternativesOf(oneOf, place), switchesIn(rest), place)),
    ...(anyOf === undefined ? {} : { 'x-at-least-one': one(alternativesOf(anyOf, place), place) }),
  };
}

function alternativesOf(value: unknown, place: string): readonly Alternative[] {
  if (!Array.isArray(value)) throw new TypeError(`${place}: alternatives must be a list`);
  return value.map((alternative: unknown) => {
    const { required = [], properties = {}, ...others } = rawSchema(alternative, place);
    if (Object.keys(others).length > 0 || !Array.isArray(required))
      throw new Error(`${place}: an alternative is not understood, got ${JSON.stringify(alternative)}`);
    const said = Object.entries(rawSchema(properties, place));
    for (const [field, limits] of said)
      if (!saysNothing(limits, place) && !required.includes(field))
        throw new Error(`${place}.${field}: an alternative is not understood, got ${JSON.stringify(limits)}`);
    return {
      has: required.map(String),
      lacks: said.flatMap(([field, limits]) => (saysNothing(limits, place) ? [field] : [])),
    };
  });
}

/** Whether a field must be left out, or be as if it were: `{ "enum": [null, ""] }`. */
const saysNothing = (limits: unknown, place: string): boolean => {
  const { enum: words } = rawSchema(limits, place);
  return Array.isArray(words) && words.every((word) => word === null || word === '' || word === false);
};

/** Fields that are there even where they say no: `false` is as good as nothing. */
const switchesIn = ({ properties = {} }: RawSchema): ReadonlySet<string> =>
  new Set(
    Object.entries(rawSchema(properties, 'properties')).flatMap(([name, property]) =>
      rawSchema(property, name)['type'] === 'boolean' ? [name] : [],
    ),
  );

/** The field that each alternative needs. @throws Error where one needs several, or none */
function one(alternatives: readonly Alternative[], place: string): readonly string[] {
  return alternatives.map(({ has: [field, ...others] }) => {
    if (field === undefined || others.length > 0) throw new Error(`${place}: an alternative must need one field`);
    return field;
  });
}

function exclusion(alternatives: readonly Alternative[], switches: ReadonlySet<string>, place: string): FieldRules {
  const needing = alternatives.filter(({ has }) => has.length > 0);
  const fields = one(needing, place);
  const texts = fields.filter((field) => !switches.has(field));
  const mayBeNone = needing.length < alternatives.length;
  if (!mayBeNone && texts.length < fields.length)
    throw new Error(`${place}: a switch cannot be the one that is needed`);
  const rules = [
    ...needing.flatMap(({ has: [field = ''], lacks }) =>
      lacks
        .filter((other) => switches.has(other) && !switches.has(field))
        .map((other): FieldRule => ({ field: other, values: [true], refuses: field })),
    ),
    ...alternatives
      .filter(({ has }) => has.length === 0)
      .flatMap(({ lacks }) => lacks.filter((other) => !fields.includes(other)))
      .map((other): FieldRule => ({ field: other, values: [true], needs: fields[0] ?? '' })),
  ];
  return {
    ...(mayBeNone ? (texts.length < 2 ? {} : { 'x-at-most-one': texts }) : { 'x-exactly-one': texts }),
    ...(rules.length === 0 ? {} : { 'x-field-rules': rules }),
  };
}
