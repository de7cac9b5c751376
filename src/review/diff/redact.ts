import { everyHost } from '../../hosts/hosts.ts';
import type { Path } from '../../objects/change/path.ts';
import { hidden } from '../../objects/hidden.ts';

/** What the last words of a name say when it is a secret's. What only names one, e.g. `PASSWORD_FILE` or `secretName`, is none. */
const secretWords =
  /(?:^|_)(?:pass(?:word|wd|phrase)?|pwd|secret|token|(?:api|private|access|auth|encryption|signing)_?key|credential|webhook_?url)s?$/;

/** Whether a name says that its value is a secret, however its words are joined: `DB_PASSWORD`, `dbPassword`, `db-password`. */
const isSecretName = (name: string): boolean =>
  secretWords.test(
    name
      .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
      .replace(/\W/g, '_')
      .toLowerCase(),
  );

/** Values that no secret is. */
const harmless = /^(?:true|false|null|none|\d{1,4}|)$/i;

/** Shapes of tokens that are secret wherever they stand. Each group that is named `keep` stays. */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  ...everyHost.flatMap(({ tokens }) =>
    tokens === undefined ? [] : [new RegExp(`\\b(?:${tokens.start})\\w{20,}`, 'g')],
  ),
  /\b(?:glpat-[\w-]{16,}|npm_\w{20,}|dckr_pat_[\w-]{16,}|pul-[0-9a-f]{30,}|hvs\.[\w-]{20,})/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{30,}/g,
  /\b[rs]k_(?:live|test)_\w{16,}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /(?<keep>\bhooks\.slack\.com\/services\/)[\w/]+/g,
  /(?<keep>\bdiscord(?:app)?\.com\/api\/webhooks\/)[\w/-]+/g,
  /(?<keep>\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@'"]*:)[^\s/@'"]+(?=@)/gi,
  /(?<keep>\b[a-z][a-z0-9+.-]{0,20}:\/\/)[\w.~%-]{16,}(?=@)/gi,
  /(?<keep>\b(?:Bearer|Basic)\s+)[\w.~+/=-]{12,}/g,
  /(?<keep>[?&](?:access_token|token|private_token|sig|signature|api_?key|password)=)[^&\s'"]+/gi,
  /(?<keep>\b(?:password|passwd|pwd)\s?=\s?)[^\s;&'",$]+/gi,
  /(?<keep>(?<![\w-])--?[\w-]{0,40}?(?:password|passwd|token|secret|api-?key)[=\s]+)[^\s$'"-][^\s'"]*/gi,
];

/** A line of a properties, env, SQL or YAML file that gives a secret a value; a variable as value is fine. */
const assignment =
  /^(?<start>[ \t]*(?:export[ \t]+|-[ \t]+)?["']?(?<name>[\w.-]+)["']?[ \t]*[:=][ \t]*["']?)(?<value>[^\s"'$<{%][^\r\n"']*)/gm;
const sqlPassword = /(?<keep>\bPASSWORD\s+)'[^']*'/gi;

/** The one thing that a text with some shape or assignment above must have, so that all others are done after one look. A new shape adds its own. */
const hint = new RegExp(
  [
    ...everyHost.flatMap(({ tokens }) => tokens?.start ?? []),
    /[=\r\n]|:\/\/|-----BEGIN|glpat-|npm_|dckr_pat_|pul-|hvs\.|xox|AKIA|ASIA|AIza|[rs]k_|SG\.|eyJ|slack\.com|discord|Bearer|Basic|(?:passw(?:or)?d|token|secret|api-?key)\s/
      .source,
  ].join('|'),
  'i',
);

/** Hides whatever has the shape of a secret in a text, and what lines of a file assign to secret names. */
export function redactText(text: string): string {
  if (!hint.test(text)) return text;
  let result = text;
  for (const shape of [...shapes, sqlPassword])
    result = result.replace(shape, (...found) => `${(found.at(-1) as { keep?: string }).keep ?? ''}${hidden}`);
  if (!result.includes('\n') && !/^[\w.-]+=/.test(result)) return result;
  return result.replace(assignment, (line: string, start: string, name: string, value: string) =>
    isSecretName(name) && !harmless.test(value.trim()) ? `${start}${hidden}` : line,
  );
}

/** A value without secrets, and whether something was hidden. */
export interface Redacted {
  readonly value: unknown;
  readonly hidden: boolean;
}

/**
 * Hides secrets in a value of an object: all data of a Secret, values under a name that says so in variables, configuration and
 * annotations, and everything with the shape of a token.
 *
 * @param path - where the value stands in the object
 */
export function redact(kind: string, path: Path, value: unknown): Redacted {
  const state = { hidden: false };
  return { value: redacted(kind, path, value, state), hidden: state.hidden };
}

/** Maps of names to values that people choose. */
const namedValues: ReadonlySet<unknown> = new Set(['data', 'binaryData', 'stringData', 'annotations']);

function redacted(kind: string, path: Path, value: unknown, state: { hidden: boolean }): unknown {
  if (Array.isArray(value))
    return value.map((entry, i) =>
      isSecretFlag(value[i - 1]) ? hide(entry, state) : redacted(kind, [...path, i], entry, state),
    );
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value);
    const name: unknown = 'name' in value ? value.name : undefined;
    return Object.fromEntries(
      fields.map(([key, field]) => [
        key,
        redacted(
          kind,
          [...path, ...(key === 'value' && typeof name === 'string' ? [{ entry: name }] : []), key],
          field,
          state,
        ),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  const result = isSecret(kind, path, value) ? hidden : redactText(value);
  if (result !== value) state.hidden = true;
  return result;
}

function hide(value: unknown, state: { hidden: boolean }): unknown {
  if (typeof value !== 'string' || /^\$\(\w+\)$/.test(value)) return value;
  state.hidden = true;
  return hidden;
}

/** Whether an argument says that the next one is a secret, e.g. `--db-password`. */
export const isSecretFlag = (argument: unknown): boolean =>
  typeof argument === 'string' && /^--?[\w-]+$/.test(argument) && isSecretName(argument);

function isSecret(kind: string, path: Path, value: string): boolean {
  const [parent, last] = [path.at(-2), path.at(-1)];
  const isNamed = namedValues.has(parent) && typeof last === 'string';
  if (kind === 'Secret' && isNamed && parent !== 'annotations') return true;
  const name = isNamed ? last : last === 'value' && typeof parent === 'object' ? parent.entry : undefined;
  return name !== undefined && isSecretName(name) && !harmless.test(value) && !/^\$\(\w+\)$/.test(value);
}
