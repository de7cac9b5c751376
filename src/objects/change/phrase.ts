import { countLines, diffLines } from './line-diff.ts';
import type { Path } from './path.ts';
import type { KubernetesObject } from '../../model/application.ts';

/** A difference that wants words. Secrets are hidden already. */
export interface Wording {
  readonly object: KubernetesObject;
  /** Path below the object's root, or below the pod template for what tables of pods name. */
  readonly path: Path;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Finds words for a difference, or none. */
export type Say = (wording: Wording) => string | undefined;

const longest = 60;

/** A value as people write it; nothing for what is too long or has parts. */
export function plainValue(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (value.length > longest || /[\r\n]/.test(value)) return undefined;
    return value === '' || /\s/.test(value) ? JSON.stringify(value) : value;
  }
  if (Array.isArray(value) && value.length > 0 && value.every((entry) => typeof entry !== 'object')) {
    const text = value.map((entry) => plainValue(entry) ?? '').join(', ');
    return text.length > longest ? undefined : text;
  }
  return undefined;
}

/** `label old → new`, `label new added`, `label old removed`, or how many lines of a text differ. */
export function moved(label: string, { before, after }: Pick<Wording, 'before' | 'after'>, unit = ''): string {
  const [left, right] = [plainValue(before), plainValue(after)];
  if (before === undefined) return right === undefined ? `${label} added` : `${label} ${right}${unit} added`;
  if (after === undefined) return left === undefined ? `${label} removed` : `${label} ${left}${unit} removed`;
  if (left !== undefined && right !== undefined)
    return left === right ? `${label} changed` : `${label} ${left}${unit} → ${right}${unit}`;
  if (typeof before === 'string' && typeof after === 'string' && `${before}${after}`.includes('\n'))
    return `${label}: ${countLines(diffLines(before, after))}`;
  return `${label} changed`;
}

/** Words that begin with the label. */
export const labelled =
  (label: string, unit = ''): Say =>
  (wording) =>
    moved(label, wording, unit);

/** Words for an entry that is the same under another name, or that has one now, or none any more. */
export const renamed =
  (label: string): Say =>
  (wording) =>
    typeof wording.before === 'string' && typeof wording.after === 'string'
      ? `${label} ${wording.before} renamed to ${wording.after}`
      : moved(`${label} name`, wording);

/** Words for a switch. */
export const switched =
  (on: string, off: string): Say =>
  ({ after }) =>
    after === true ? on : off;

/** The last step of the path when it is a field, e.g. a key of a ConfigMap. */
export function lastField({ path }: Wording): string {
  const step = path.at(-1);
  return typeof step === 'string' ? step : '';
}
