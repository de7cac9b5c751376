import { fieldsOf, textOf, textMapOf, valueAt } from '../../../objects/fields.ts';
import { entryOf } from '../../../objects/change/path.ts';
import { lastField, moved, type Wording } from '../../../objects/change/phrase.ts';
import { selectorWords } from './policy-words.ts';

/**
 * Words for a difference of where pods may run.
 *
 * @param pattern - the path below the pod template, without what tells entries apart
 */
export function schedulingWords(pattern: string, wording: Wording): string | undefined {
  const { before, after, path } = wording;
  if (pattern.startsWith('spec.nodeSelector.')) return moved(`node label ${lastField(wording)}`, wording);
  if (pattern === 'spec.nodeSelector' && (before === undefined || after === undefined))
    return `${denied(wording)}runs on nodes with ${mapWords(after ?? before)}`;
  if (pattern === 'spec.tolerations[]')
    return `${after === undefined ? 'no longer tolerates' : 'tolerates'} ${taintWords(after ?? before)}`;
  const spread = entryOf(path, 'topologySpreadConstraints');
  if (spread !== undefined) return spreadWords(spread, wording);
  const fields = path.filter((step) => typeof step === 'string');
  if (fields[1] !== 'affinity') return undefined;
  if (before !== undefined && after !== undefined) return undefined;
  const sentences = affinitySentences(fields, after ?? before);
  return sentences.length === 0 ? undefined : sentences.map((it) => `${denied(wording)}${it}`).join('; ');
}

const denied = ({ after }: Wording): string => (after === undefined ? 'no longer ' : '');

const mapWords = (map: unknown): string =>
  Object.entries(textMapOf(map))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** What an affinity, or a part of it, asks for: one sentence for each term. */
function affinitySentences(fields: readonly string[], value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => affinitySentences(fields, entry));
  const place = fields.find((field) => field === 'podAffinity' || field === 'podAntiAffinity');
  const term = valueAt(value, 'podAffinityTerm') ?? value;
  const topology = textOf(valueAt(term, 'topologyKey'));
  if (place !== undefined && topology !== undefined)
    return [
      `${rather(term !== value)}runs ${place === 'podAffinity' ? 'beside' : 'away from'} ${selectorWords(valueAt(term, 'labelSelector'))} by ${topology}`,
    ];
  const preference = valueAt(value, 'preference');
  const requirements = preference ?? value;
  if (valueAt(requirements, 'matchExpressions') !== undefined)
    return [`${rather(preference !== undefined)}runs on nodes with ${selectorWords(requirements)}`];
  return Object.entries(fieldsOf(value)).flatMap(([field, inner]) => affinitySentences([...fields, field], inner));
}

const rather = (isPreferred: boolean): string => (isPreferred ? 'rather ' : '');

function spreadWords(place: string, { before, after, path }: Wording): string {
  const [key = '', mode] = place.split(/\/(?=DoNotSchedule$|ScheduleAnyway$)/);
  const strictly = mode === 'DoNotSchedule' ? ' strictly' : '';
  if (path.at(-1) === 'maxSkew') return moved(`pods more in one ${key} than in another`, { before, after });
  if (typeof path.at(-1) === 'string') return `spread over ${key} changed`;
  return `${after === undefined ? 'no longer ' : ''}spread${strictly} over ${key}`;
}

/** A taint as `kubectl` writes it, e.g. `dedicated=shop:NoSchedule`. */
function taintWords(toleration: unknown): string {
  const at = (field: string): string | undefined => textOf(valueAt(toleration, field));
  const [key, value, effect] = [at('key'), at('value'), at('effect')];
  const seconds = valueAt(toleration, 'tolerationSeconds');
  const taint = key === undefined ? 'every taint' : `taint ${key}${value === undefined ? '' : `=${value}`}`;
  return `${taint}${effect === undefined ? '' : `:${effect}`}${typeof seconds === 'number' ? ` for ${seconds} s` : ''}`;
}
