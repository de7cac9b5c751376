import { LineCounter, isAlias, parseDocument, visit, type ErrorCode } from 'yaml';
import { ProblemsError, type Problem } from '../problem.ts';

/**
 * Reads one YAML document that people or machines may have tampered with, as plain data.
 * Refused: syntax errors, duplicate keys, anchors used as aliases (an alias bomb needs them), tags of other types,
 * more than one document.
 *
 * @param file - name shown in problems, e.g. `Pulumi.dev.yaml`
 * @throws ProblemsError with one problem per place, each as `file:line:column`
 */
export function readStrictYaml(file: string, source: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    uniqueKeys: true,
    strict: true,
    stringKeys: true,
    prettyErrors: false,
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const problems: Problem[] = [...document.errors, ...document.warnings].map((error) => ({
    path: at(error.pos[0]),
    message: plain[error.code] ?? sentence(error.message),
  }));
  visit(document, (_key, node) => {
    if (isAlias(node))
      problems.push({
        path: at(node.range?.[0] ?? 0),
        message: `aliases are not allowed; write the value instead of *${node.source}`,
      });
  });
  if (problems.length > 0) throw new ProblemsError(file, problems);
  return document.toJS({ maxAliasCount: 0 });
}

/** Finds where in a YAML source a path of keys stands, for messages about its meaning: `file:line:column`. */
export function placeInYaml(file: string, source: string, path: readonly (string | number)[]): string {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  for (let depth = path.length; depth >= 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined;
    if (node?.range?.[0] !== undefined) {
      const { line, col } = lines.linePos(node.range[0]);
      return `${file}:${line}:${col}`;
    }
  }
  return file;
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
