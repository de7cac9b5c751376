import { isScalar, visit, type Scalar } from 'yaml';
import { ProblemsError, type Problem } from '../problem.ts';
import { readStrictDocument } from './strict-yaml.ts';

/** Words that one reader of YAML takes for a yes or a no, and another for text. */
const words = /^(?:y|yes|n|no|on|off)$/i;

/** What some reader of YAML takes for a number: with underscores, in another base, with a sign, a fraction or an exponent. */
const numbers =
  /^[-+]?(?:0[xX][\dA-Fa-f_]+|0[bB][01_]+|0[oO][0-7_]+|[\d][\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|\.[\d_]+(?:[eE][-+]?\d+)?|\d+(?::[0-5]?\d)+(?:\.\d*)?)$/;
const notNumbers = /^(?:[-+]?\.inf|\.nan)$/i;
const dates = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt\s].*)?$/;

/** Whether a value without quotes is one value to every reader: plain text, a plain number, true, false or nothing. */
function isOneValue(source: string): boolean {
  if (words.test(source) || dates.test(source) || notNumbers.test(source)) return false;
  if (!numbers.test(source)) return true;
  const number = Number(source);
  return String(number) === source && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

/** Keys whose values no message may show. */
const secret = /secure|secret|token|password|key/i;

/**
 * Reads a stack file, which this program and the Pulumi CLI read with different parsers. What the two would read differently
 * is refused with the form to write.
 *
 * @param file - name shown in problems, e.g. `Pulumi.dev.yaml`
 * @throws ProblemsError with one problem per place, each as `file:line:column`
 */
export function readStackYaml(file: string, source: string): unknown {
  const { document, lines } = readStrictDocument(file, source);
  const problems: Problem[] = [];
  visit(document, {
    Scalar(_key, node, path) {
      if (node.type !== 'PLAIN' || node.source === undefined || isOneValue(node.source)) return;
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      const isSecret = path.some(
        (above) => 'key' in above && isScalar(above.key) && secret.test(String(above.key.value)),
      );
      problems.push({ path: `${file}:${line}:${col}`, message: ambiguous(node, isSecret) });
    },
  });
  if (problems.length > 0) throw new ProblemsError(file, problems);
  return document.toJS({ maxAliasCount: 0 });
}

const ambiguous = ({ source = '' }: Scalar, isSecret: boolean): string =>
  `is one value to this program and another to the Pulumi CLI; write it in quotes${isSecret ? '' : `: "${source}"`}`;
