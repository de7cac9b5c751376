import { YAMLException, load } from 'js-yaml';
import { LineCounter, isAlias, isMap, isPair, isScalar, isSeq, parseDocument, visit, type ErrorCode } from 'yaml';
import { ProblemsError, type Problem } from '../problem.ts';

/** What people and this program write is some kilobytes; beyond this the time it takes to read grows with the square. */
const MOST_CHARACTERS = 65_536;

/** From here on a second parser, whose time only ever grows with the length, looks first and ends at the first mistake. */
const LARGE = 8_192;

/** Keys that JavaScript gives a meaning of their own. */
const FORBIDDEN_KEYS = new Set(['__proto__']);

/**
 * Reads one YAML document that people or machines may have tampered with, as plain data, in a time that grows with its length.
 * Refused: syntax errors, duplicate keys, anchors used as aliases (an alias bomb needs them), tags of other types,
 * more than one document, nesting of a hundred levels, what is not UTF-8, more than 65,536 characters.
 *
 * @param file - name shown in problems, e.g. `Pulumi.dev.yaml`
 * @throws ProblemsError with one problem per place, each as `file:line:column`
 */
export const readStrictYaml = (file: string, source: string): unknown =>
  readStrictDocument(file, source).document.toJS({ maxAliasCount: 0 });

/** {@link readStrictYaml} for who looks at how the values are written too: the document, and its lines. */
export function readStrictDocument(
  file: string,
  source: string,
): { readonly document: ReturnType<typeof parseDocument>; readonly lines: LineCounter } {
  refuseNotText(file, source);
  if (source.length > MOST_CHARACTERS)
    throw new ProblemsError(file, [
      { path: file, message: `must have at most ${MOST_CHARACTERS} characters, got ${source.length}` },
    ]);
  if (source.length > LARGE || isDeep(source)) look(file, source);
  const lines = new LineCounter();
  const document = parse(source, lines);
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
    path: at(error.pos[0]),
    message: plain[error.code] ?? sentence(error.message),
  }));
  const problem = (offset: number | undefined, message: string): void => {
    problems.push({ path: at(offset ?? 0), message });
  };
  visit(document, (_key, node) => {
    if (isAlias(node)) problem(node.range?.[0], `aliases are not allowed; write the value instead of *${node.source}`);
    if (!isMap(node)) return;
    const known = new Set<unknown>();
    for (const { key } of node.items) {
      if (!isScalar(key)) continue;
      if (known.has(key.value)) problem(key.range?.[0], 'this key stands here a second time; keep one of them');
      if (FORBIDDEN_KEYS.has(String(key.value)))
        problem(key.range?.[0], `${String(key.value)} cannot be a key; remove it`);
      known.add(key.value);
    }
  });
  if (problems.length > 0) throw new ProblemsError(file, problems);
  return { document, lines };
}

/**
 * Refuses what is no text: bytes that are not UTF-8 were replaced when they were read, and two files would look like one.
 *
 * @throws ProblemsError with the first line that has one
 */
export function refuseNotText(file: string, source: string): void {
  const bad = /[\0\uFFFD]/.exec(source);
  if (bad === null) return;
  const line = source.slice(0, bad.index).split('\n').length;
  throw new ProblemsError(file, [{ path: `${file}:${line}`, message: 'is not UTF-8 text; save it as UTF-8' }]);
}

/** Finds where in a YAML source a path of keys stands, for messages about its meaning: `file:line:column`. */
export const placeInYaml = (file: string, source: string, path: readonly (string | number)[]): string =>
  placesInYaml(file, source)(path);

/** Finds where many paths of keys stand: the source is parsed once, and each mapping is looked through once. */
export function placesInYaml(file: string, source: string): (path: readonly (string | number)[]) => string {
  const lines = new LineCounter();
  const document = parse(source, lines);
  const known = new Map<unknown, ReadonlyMap<string, unknown>>();
  const inside = (node: unknown): ReadonlyMap<string, unknown> => {
    const found = known.get(node) ?? new Map(valuesBelow(node));
    known.set(node, found);
    return found;
  };
  return (path) => {
    let nearest: unknown = document.contents;
    for (const key of path) {
      const next = inside(nearest).get(String(key));
      if (rangeOf(next) === undefined) break;
      nearest = next;
    }
    const offset = rangeOf(nearest);
    if (offset === undefined) return file;
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
}

const parse = (source: string, lines: LineCounter): ReturnType<typeof parseDocument> =>
  parseDocument(source, {
    lineCounter: lines,
    // Its own look for duplicates compares every key with every other.
    uniqueKeys: false,
    strict: true,
    stringKeys: true,
    prettyErrors: false,
  });

function valuesBelow(node: unknown): readonly (readonly [string, unknown])[] {
  if (isSeq(node)) return node.items.map((item, i) => [String(i), item]);
  return isMap(node)
    ? node.items.flatMap((pair) => (isPair(pair) && isScalar(pair.key) ? [[String(pair.key.value), pair.value]] : []))
    : [];
}

const rangeOf = (node: unknown): number | undefined =>
  typeof node === 'object' && node !== null && 'range' in node
    ? (node as { readonly range?: readonly number[] | null }).range?.[0]
    : undefined;

/** Whether a short source could be nested more deeply than a parser's stack bears: brackets, or lists within one line. */
const isDeep = (source: string): boolean =>
  (source.match(/[[{]/g)?.length ?? 0) > 100 || /(?:[-?][ \t]+){50}|\n {100}/.test(source);

/** Reads with the parser that is quick about what is wrong. */
function look(file: string, source: string): void {
  try {
    load(source);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = error.mark as { readonly line?: number; readonly column?: number } | undefined;
    const place = at?.line === undefined ? file : `${file}:${at.line + 1}:${(at.column ?? 0) + 1}`;
    throw new ProblemsError(file, [{ path: place, message: quick(error.reason) }]);
  }
}

/** What the second parser says, in the words of the first. */
function quick(reason: string): string {
  if (reason.startsWith('nesting exceeded')) return 'is nested too deeply; keep to a hundred levels';
  if (reason.startsWith('duplicated mapping key')) return plain.DUPLICATE_KEY ?? reason;
  if (reason.startsWith('expected a single document')) return plain.MULTIPLE_DOCS ?? reason;
  return sentence(reason);
}

/** What the parser says in a programmer's words. */
const plain: Readonly<Partial<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: 'this key stands here a second time; keep one of them',
  MULTIPLE_DOCS: 'a second document begins here; keep one document',
  TAG_RESOLVE_FAILED: 'tags such as !!set are not allowed; remove it',
};

const sentence = (message: string): string => {
  const line = message.split('\n', 1)[0] ?? message;
  return line.charAt(0).toLowerCase() + line.slice(1).replace(/\.$/, '');
};
