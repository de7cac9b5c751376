import type { Reference, Text } from '../src/model/formats/text.ts';

/** A reference in a text, as it is written. */
const referenceSource = (reference: Reference): string =>
  reference.kind === 'port' ? `port('${reference.of}', '${reference.port}')` : `${reference.kind}('${reference.of}')`;

const isText = (value: object): value is Text => Reflect.get(value, 'kind') === 'text' && 'parts' in value;

const textSource = ({ parts }: Text): string =>
  `text\`${parts.map((part) => (typeof part === 'string' ? part : `\${${referenceSource(part)}}`)).join('')}\``;

const stringSource = (value: string): string =>
  `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;

const keySource = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : stringSource(key));

/**
 * Plain data as one writes it in TypeScript, on one line.
 *
 * @param depth - how deep objects are shown; below it stands `…`. @default - all of it
 */
export function sourceOf(value: unknown, depth = Infinity): string {
  if (typeof value === 'string') return stringSource(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isText(value)) return textSource(value);
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map((item) => sourceOf(item, depth));
    return depth === Infinity || items.length < 2 ? `[${items.join(', ')}]` : `[${items[0] ?? ''}, …]`;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  if (entries.length === 0) return '{}';
  if (depth <= 0) return '{ … }';
  return `{ ${entries.map(([key, inner]) => `${keySource(key)}: ${sourceOf(inner, depth - 1)}`).join(', ')} }`;
}

/** The same, with as much as fits into so many characters: whole, less deep, with fewer fields, and at last cut. */
export function shortSourceOf(value: unknown, most: number): string {
  const [whole] = [Infinity, 3, 2, 1].map((depth) => sourceOf(value, depth)).filter((text) => text.length <= most);
  if (whole !== undefined) return whole;
  if (typeof value !== 'object' || value === null || isText(value)) {
    const text = sourceOf(value);
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
  }
  if (Array.isArray(value)) {
    const [first, ...others] = value as unknown[];
    return `[${shortSourceOf(first, most - 6)}${others.length === 0 ? '' : ', …'}]`;
  }
  const fields: string[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const field = `${keySource(key)}: ${sourceOf(inner, 0)}`;
    if ([...fields, field, '…'].join(', ').length + 4 > most) break;
    fields.push(field);
  }
  return `{ ${[...fields, '…'].join(', ')} }`;
}
