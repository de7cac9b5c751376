/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What stands as a comment behind a value on one line, without its sign; nothing where none does. */
export type CommentOf = (key: string, value: Json) => string | undefined;

const noComment: CommentOf = () => undefined;

/**
 * Writes a JSON value as YAML that readers of YAML 1.1 (Argo CD, kubectl) and of YAML 1.2 understand alike: every text that
 * one of them could take for something else is quoted, text of several lines is a block, and there are no anchors, tags or
 * folded lines. Ends with a line feed.
 *
 * It is a writer of its own because the general ones do not hold all of that, or take most of a rendering's time.
 *
 * @param commentOf - of the values of mappings; by default there are no comments
 * @see https://yaml.org/spec/1.2.2/ and https://yaml.org/type/ for what 1.1 readers retype
 */
export function writeYaml(value: Json, commentOf: CommentOf = noComment): string {
  return isCollection(value) ? block(value, '', commentOf).slice(1) + '\n' : `${scalar(value, '')}\n`;
}

type Collection = readonly Json[] | { readonly [key: string]: Json };

const isList = (value: Collection): value is readonly Json[] => Array.isArray(value);

/** Whether a value takes lines of its own; empty ones are written in place. */
const isCollection = (value: Json): value is Collection =>
  typeof value === 'object' && value !== null && (isList(value) ? value.length : Object.keys(value).length) > 0;

/** Lines of a list or mapping, each after a line feed and the indentation. */
function block(value: Collection, indent: string, commentOf: CommentOf): string {
  let text = '';
  if (isList(value)) {
    for (const item of value) {
      // A mapping or list inside a list starts on the dash's own line.
      text += `\n${indent}- ${isCollection(item) ? block(item, `${indent}  `, commentOf).slice(indent.length + 3) : scalar(item, indent)}`;
    }
    return text;
  }
  for (const key of Object.keys(value)) {
    const item = value[key] as Json;
    text += `\n${indent}${inline(key)}:`;
    // Lists stand under their key without indentation, as kubectl writes them.
    if (isCollection(item)) text += block(item, isList(item) ? indent : `${indent}  `, commentOf);
    else text += ` ${commented(scalar(item, indent), commentOf(key, item))}`;
  }
  return text;
}

/** A value with its comment; behind a block of several lines there is no place for one. */
const commented = (text: string, comment: string | undefined): string =>
  comment === undefined || text.includes('\n') ? text : `${text} # ${comment}`;

function scalar(value: Json, indent: string): string {
  if (typeof value === 'string') return blockText.test(value) ? literal(value, `${indent}  `) : inline(value);
  if (typeof value === 'number') return decimal(value);
  if (typeof value === 'object' && value !== null) return isList(value) ? '[]' : '{}';
  return String(value);
}

/**
 * Text of several lines that a literal block holds as it is: printable, and its first line, which tells the reader the
 * indentation, starts with neither a space nor a line feed.
 */
const blockText = /^[!-~\u00a1-\u1fff][\t -~\u00a1-\u1fff]*\n[\t\n -~\u00a1-\u1fff]*$/;

function literal(value: string, indent: string): string {
  const ends = value.endsWith('\n');
  const chomping = !ends ? '-' : value.endsWith('\n\n') ? '+' : '';
  const lines = (ends ? value.slice(0, -1) : value).split('\n');
  return `|${chomping}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`;
}

/** A letter, slash, underscore or option first, then nothing that could end the text, begin a comment or look like a key. */
const plainText = /^(?:--?)?[A-Za-z_/](?:[\w./@+,=~()$%^;<>|&*!?'"`\\-]|:(?=\S)| (?=[^\s#:]))*$/;

/** A Kubernetes quantity with a suffix, which no reader takes for a number. */
const quantity = /^\d{1,15}(?:m|k|M|G|T|Ki|Mi|Gi|Ti)$/;

/** What readers of YAML 1.1 or 1.2 take for a boolean or nothing, and a bare exponent, which some take for a number. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|-?e[-+]?\d+)$/i;

const printableWithQuotes = /^[ -~]*["\\][ -~]*$/;

/** What readers would refuse or take for the end of a line. */
const unprintable = /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A text on one line: as it is where no reader can mistake it, quoted otherwise. */
function inline(value: string): string {
  if ((plainText.test(value) && !reserved.test(value)) || quantity.test(value)) return value;
  if (printableWithQuotes.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Readers of YAML 1.1 take a number with an exponent for text unless it has a point. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
