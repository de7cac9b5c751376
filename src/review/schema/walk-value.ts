import { addDuplicates } from './list-duplicates.ts';
import { walkScalar } from './scalar-limits.ts';
import type { FieldRule, SchemaNode } from './schema-node.ts';
import { servedFields } from './served/served-fields.ts';
import { fieldNotServed } from './served/served-finding.ts';
import type { JsonRecord } from './type-words.ts';
import { isRecord, isScalarOf, valueWords, wrongType } from './type-words.ts';
import { addUnknownField } from './unknown-field.ts';
import type { WalkState } from './walk-state.ts';

/** Adds to the state what is wrong with a value of the schema, and with everything in it. */
export function walkValue(value: unknown, node: SchemaNode, state: WalkState): void {
  if (typeof value === 'string' && state.isFilledIn?.(value) === true) return;
  if (value === null) addNull(node, state);
  else if (node.readOnly === true) state.add('is written by the cluster; remove it');
  else {
    if (node.$ref === undefined) walkShape(value, node, undefined, state);
    else walkShape(value, state.catalog.resolve(node.$ref), node.$ref, state);
    if (node.allOf !== undefined) for (const limits of node.allOf) walkLimits(value, limits, state);
  }
}

function addNull(node: SchemaNode, state: WalkState): void {
  const isAnything = node.type === undefined && node.$ref === undefined && node['x-kubernetes-int-or-string'] !== true;
  if (!isAnything) state.add(`is null; write ${valueWords(node, state.catalog)}, or leave it out`);
}

/** @param ref the name of the schema, when it is a definition */
function walkShape(value: unknown, node: SchemaNode, ref: string | undefined, state: WalkState): void {
  const { type } = node;
  if (isRecord(value) && (type === 'object' || (type === undefined && node.properties !== undefined)))
    walkObject(value, node, ref, state);
  else if (Array.isArray(value) && type === 'array') walkList(value, node, state);
  else if (isScalarOf(value, type) || isOfNoType(value, node)) walkScalar(value, node, state);
  else state.add(wrongType(value, node, state.catalog, state.mayQuote()), value);
}

/** Ports and quantities are texts or numbers; of some fields, nothing at all is known. */
function isOfNoType(value: unknown, node: SchemaNode): boolean {
  if (node.type !== undefined) return false;
  if (node['x-kubernetes-int-or-string'] === true) return typeof value === 'string' || Number.isInteger(value);
  return (
    (node.format !== 'quantity' && node.format !== 'amount') || typeof value === 'string' || typeof value === 'number'
  );
}

function walkObject(value: JsonRecord, node: SchemaNode, ref: string | undefined, state: WalkState): void {
  const { properties } = node;
  const served = ref === undefined ? undefined : servedFields[ref];
  state.enter(node);
  for (const name in value) {
    const child = value[name];
    const property = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) walkOther(name, child, node, state);
    else if (isThere(child)) {
      state.steps.push(name);
      const limit = served === undefined || !Object.hasOwn(served, name) ? undefined : served[name];
      const problem = limit === undefined ? undefined : fieldNotServed(limit, child, state.lines);
      if (problem !== undefined) state.add(problem);
      walkValue(child, property, state);
      state.steps.pop();
    }
  }
  state.leave();
  addFieldRules(value, node, state);
}

/** A field that is not named in the schema: an entry of a map, or a mistake. */
function walkOther(name: string, child: unknown, node: SchemaNode, state: WalkState): void {
  const { additionalProperties, propertyNames } = node;
  if (child === undefined) return;
  if (additionalProperties !== undefined) {
    state.steps.push(name);
    if (propertyNames !== undefined) walkScalar(name, propertyNames, state);
    walkValue(child, additionalProperties, state);
    state.steps.pop();
  } else if (node['x-kubernetes-preserve-unknown-fields'] !== true) addUnknownField(name, node, state);
}

/** Limits describe no shape: they only ask more of the fields that they name. */
function walkLimits(value: unknown, limits: SchemaNode, state: WalkState): void {
  if (!isRecord(value)) {
    walkScalar(value, limits, state);
    return;
  }
  addFieldRules(value, limits, state);
  for (const [name, property] of Object.entries(limits.properties ?? {})) {
    const child = value[name];
    if (!isThere(child)) continue;
    state.steps.push(name);
    walkLimits(child, property, state);
    state.steps.pop();
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** The API server takes a field that is null for one that is not there. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function addFieldRules(value: JsonRecord, node: SchemaNode, state: WalkState): void {
  if (node.required !== undefined) addMissing(node.required, value, node, state);
  const least = node['x-exactly-one'] ?? node['x-at-least-one'];
  const most = node['x-exactly-one'] ?? node['x-at-most-one'];
  if (least !== undefined && !least.some((name) => isThere(value[name])))
    state.add(`says nothing; write one of ${least.join(', ')}`);
  if (most !== undefined) addExcluding(most, value, state);
  addFieldCount(value, node, state);
  if (node['x-field-rules'] !== undefined)
    for (const rule of node['x-field-rules']) addFieldRule(rule, value, node, state);
}

function addFieldCount(value: JsonRecord, { minProperties, maxProperties }: SchemaNode, state: WalkState): void {
  if (minProperties === undefined && maxProperties === undefined) return;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  const fields = (count: number): string => (count === 1 ? 'one field' : `${count} fields`);
  if (minProperties !== undefined && names.length < minProperties)
    state.add(`must have at least ${fields(minProperties)}, not ${names.length}`);
  if (maxProperties !== undefined && names.length > maxProperties)
    state.add(`must have at most ${fields(maxProperties)}, not ${names.join(', ')}`);
}

function addMissing(required: readonly string[], value: JsonRecord, node: SchemaNode, state: WalkState): void {
  for (const name of required) {
    if (isThere(value[name])) continue;
    const property = node.properties?.[name] ?? {};
    state.addBelow(name, `is missing; write ${valueWords(property, state.catalog)}`);
  }
}

function addExcluding(names: readonly string[], value: JsonRecord, state: WalkState): void {
  let count = 0;
  for (const name of names) if (isThere(value[name])) count += 1;
  if (count < 2) return;
  const excluding = names.filter((name) => isThere(value[name]));
  state.add(`has ${excluding.join(' and ')}, which exclude each other; keep one of them`);
}

function addFieldRule(rule: FieldRule, value: JsonRecord, node: SchemaNode, state: WalkState): void {
  const { field, needs, refuses, values } = rule;
  const given = value[field];
  const isMet = values === undefined ? isThere(given) : values.some((one) => one === given);
  if (!isMet) return;
  const reason = values === undefined ? field : `${field} ${JSON.stringify(given)}`;
  if (needs !== undefined && (!isThere(value[needs]) || isEmptyList(value[needs]))) {
    const property = node.properties?.[needs] ?? {};
    state.addBelow(needs, `is missing, and ${reason} needs it; write ${valueWords(property, state.catalog)}`);
  }
  if (refuses !== undefined && isThere(value[refuses]))
    state.addBelow(refuses, `has no meaning with ${reason}; remove it`);
}

function walkList(value: readonly unknown[], node: SchemaNode, state: WalkState): void {
  const { items, maxItems, minItems } = node;
  if (minItems !== undefined && value.length < minItems)
    state.add(`must have at least ${minItems} ${minItems === 1 ? 'entry' : 'entries'}`);
  if (maxItems !== undefined && value.length > maxItems)
    state.add(`must have at most ${maxItems} entries, not ${value.length}`);
  if (items === undefined) return;
  for (let position = 0; position < value.length; position += 1) {
    state.steps.push(position);
    walkValue(value[position], items, state);
    state.steps.pop();
  }
  addDuplicates(value, node, state);
  const needed = node['x-needed-when-many'];
  if (needed === undefined || value.length < 2) return;
  value.forEach((entry, position) => {
    if (!isRecord(entry) || isThere(entry[needed])) return;
    state.steps.push(position);
    state.addBelow(needed, `is missing, and there are ${value.length} entries; write a string`);
    state.steps.pop();
  });
}
