import { callsOf, parseExpression, type Expression, type Operator } from './parse-expression.ts';
import { functions } from './functions.ts';
import { isEqual, isList, isTrue, numberOf, textOf, type Value } from './value.ts';

/** How far a job or what it needs has come, as `success()` and its kind see it. */
export type Status = 'success' | 'failure' | 'cancelled';

/** What an expression can see. */
export interface Sight {
  /** Contexts by name, e.g. `github`. One that is not there cannot be named. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** @default - status functions cannot be called */
  readonly status?: Status;
}

const statusFunctions: Readonly<Record<string, (status: Status) => boolean>> = {
  success: (status) => status === 'success',
  failure: (status) => status === 'failure',
  cancelled: (status) => status === 'cancelled',
  always: () => true,
};

/**
 * Evaluates one expression, without its `${{ }}`.
 *
 * @throws where GitHub would put nothing in silence: a context, a property or a function that is not there
 */
export function evaluateExpression(source: string, sight: Sight): Value {
  const evaluate = (expression: Expression): Value => {
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'context': {
        if (!Object.hasOwn(sight.contexts, expression.name))
          throw new Error(
            `"${source}" asks for ${expression.name}, which is not there; there are ${Object.keys(sight.contexts).join(', ')}`,
          );
        return sight.contexts[expression.name] ?? null;
      }
      case 'index':
        return property(source, evaluate(expression.of), evaluate(expression.key));
      case 'call':
        return call(expression.name, expression.given.map(evaluate));
      case 'not':
        return !isTrue(evaluate(expression.of));
      case 'binary':
        return binary(expression.operator, evaluate(expression.left), () => evaluate(expression.right));
    }
  };

  const call = (name: string, given: readonly Value[]): Value => {
    const key = name.toLowerCase();
    const asks = statusFunctions[key];
    if (asks !== undefined && sight.status !== undefined && given.length === 0) return asks(sight.status);
    const known = functions[key];
    if (known === undefined) throw new Error(`"${source}" calls ${name}(), which is not played here`);
    return known(given);
  };

  return evaluate(parseExpression(source));
}

function property(source: string, of: Value, key: Value): Value {
  if (of !== null && typeof of === 'object') {
    if (isList(of) && typeof key === 'number') return of[key] ?? null;
    const name = textOf(key);
    // Names of contexts and properties are the same in small and capital letters.
    const found = Object.entries<Value>(of as Readonly<Record<string, Value>>).find(
      ([one]) => one.toLowerCase() === name.toLowerCase(),
    );
    if (found !== undefined) return found[1];
    throw new Error(`"${source}" asks for ${name}, which is not there; there are ${Object.keys(of).join(', ')}`);
  }
  throw new Error(`"${source}" asks for ${textOf(key)} of ${JSON.stringify(of)}`);
}

function binary(operator: Operator, left: Value, right: () => Value): Value {
  switch (operator) {
    case '||':
      return isTrue(left) ? left : right();
    case '&&':
      return isTrue(left) ? right() : left;
    case '==':
      return isEqual(left, right());
    case '!=':
      return !isEqual(left, right());
    case '<':
      return numberOf(left) < numberOf(right());
    case '<=':
      return numberOf(left) <= numberOf(right());
    case '>':
      return numberOf(left) > numberOf(right());
    case '>=':
      return numberOf(left) >= numberOf(right());
  }
}

/** Fills in every `${{ }}` of a text. @throws as {@link evaluateExpression}, and when one is not closed */
export function fillIn(text: string, sight: Sight): string {
  const filled = text.replaceAll(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, (_, inside: string) =>
    textOf(evaluateExpression(inside, sight)),
  );
  // What was filled in may hold anything; what the file itself says may not hold half an expression.
  if (text.replaceAll(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, '').includes('${{'))
    throw new Error(`"${text}" opens an expression and does not close it`);
  return filled;
}

/** Whether an `if` holds. Without a function that asks how things went, it holds only while they went well. */
export function holds(condition: string | undefined, sight: Sight & { readonly status: Status }): boolean {
  if (condition === undefined) return sight.status === 'success';
  const source = /^\s*\$\{\{(.*)\}\}\s*$/s.exec(condition)?.[1] ?? condition;
  const asksItself = callsOf(parseExpression(source)).some((name) => Object.hasOwn(statusFunctions, name));
  if (!asksItself && sight.status !== 'success') return false;
  return isTrue(evaluateExpression(source, sight));
}
