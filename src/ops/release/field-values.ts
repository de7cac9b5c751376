import { isScalar, parseDocument } from 'yaml';
import type { MovableField } from '../../objects/files/movable-field.ts';
import { imageLinesOf } from './file-digest.ts';

/** What a field holds. */
export interface FieldValue {
  readonly field: MovableField;
  readonly value: string;
}

/** A file taken apart: what its movable fields hold, and everything else. */
export interface FileParts {
  /** The text without the fields' values. Two files that differ in those alone have one outside. */
  readonly outside: string;
  readonly values: readonly FieldValue[];
  /** Fields that the file has not. */
  readonly missing: readonly MovableField[];
}

/** A value and where it stands, with its quotes. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/**
 * Takes a file apart at its movable fields. A value is one line, whatever quotes are around it; all else of the text, comments and spaces
 * included, is outside.
 */
export function partsOf(text: string, fields: readonly MovableField[]): FileParts {
  const found = fields.map((field) => ({ field, places: placesOf(text, field) }));
  let outside = '';
  let end = 0;
  // A line may carry a field of two kinds, e.g. an image behind which a marker stands.
  for (const place of found.flatMap(({ places }) => places).sort((a, b) => a.start - b.start)) {
    if (place.start < end) continue;
    outside += text.slice(end, place.start);
    ({ end } = place);
  }
  return {
    outside: outside + text.slice(end),
    values: found.flatMap(({ field, places }) => places.map(({ value }) => ({ field, value }))),
    missing: found.filter(({ places }) => places.length === 0).map(({ field }) => field),
  };
}

/** Whether two texts of a file say the same: one outside, and in each field one value, however it is quoted. */
export function saysTheSame(a: string, b: string, fields: readonly MovableField[]): boolean {
  const [left, right] = [partsOf(a, fields), partsOf(b, fields)];
  const values = ({ values: all }: FileParts): string => JSON.stringify(all.map(({ value }) => value));
  return left.outside === right.outside && values(left) === values(right);
}

function placesOf(text: string, field: MovableField): readonly Place[] {
  switch (field.kind) {
    case 'image':
      return imageLinesOf(text, new Set([field.repository]));
    case 'value':
      return valueAt(text, field.path);
    case 'marker':
      return markedLines(text, field.marker);
  }
}

function valueAt(text: string, path: readonly (string | number)[]): readonly Place[] {
  const document = parseDocument(text, { uniqueKeys: true, stringKeys: true, prettyErrors: false });
  const node = document.errors.length > 0 ? undefined : document.getIn(path, true);
  if (!isScalar(node) || node.range === undefined || node.range === null || node.tag !== undefined) return [];
  const [start, end] = node.range;
  if (start === end || text.slice(start, end).includes('\n')) return [];
  // As it was written: 1.10 is a version, and no number.
  return [{ start, end, value: node.source ?? String(node.value) }];
}

function markedLines(text: string, marker: string): readonly Place[] {
  const places: Place[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const match = /^([ \t]*(?:- )?[^\s#'"]+:[ \t]+)((["']?)([^\s"'#]+)\3)[ \t]+#[ \t]*(.*?)[ \t]*$/.exec(line);
    const [, before = '', quoted = '', , value = '', comment] = match ?? [];
    if (comment === marker) {
      const at = start + before.length;
      places.push({ start: at, end: at + quoted.length, value });
    }
    start += line.length + 1;
  }
  return places;
}
