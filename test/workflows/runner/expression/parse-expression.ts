/** An expression of GitHub's language, as a tree. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'context'; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

export type Operator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=';

const token =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))|(?<name>[A-Za-z_][\w-]*)|(?<sign>\|\||&&|==|!=|<=|>=|[<>!()[\],.]))/y;

/** Operators, those that bind least first. */
const levels: readonly (readonly Operator[])[] = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>=']];

const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/**
 * Parses one expression.
 *
 * @throws on whatever it does not know, e.g. `*`
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export function parseExpression(source: string): Expression {
  const tokens: { readonly kind: string; readonly text: string }[] = [];
  token.lastIndex = 0;
  for (let end = 0; source.slice(end).trim() !== ''; end = token.lastIndex) {
    const groups = token.exec(source)?.groups;
    if (groups === undefined)
      throw new Error(`the expression "${source}" cannot be read from "${source.slice(end)}" on`);
    const [kind = '', text = ''] =
      Object.entries<string | undefined>(groups).find(([, found]) => found !== undefined) ?? [];
    tokens.push({ kind, text });
  }
  let next = 0;
  const fails = (wanted: string): Error =>
    new Error(`the expression "${source}" has ${tokens[next]?.text ?? 'its end'} where ${wanted} belongs`);
  const takes = (text: string): boolean => {
    const found = tokens[next];
    if (found?.kind !== 'sign' || found.text !== text) return false;
    next += 1;
    return true;
  };
  const expects = (text: string): void => {
    if (!takes(text)) throw fails(text);
  };

  function binary(level: number): Expression {
    const operators = levels[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (;;) {
      const operator = operators.find(takes);
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: binary(level + 1) };
    }
  }

  const unary = (): Expression => (takes('!') ? { kind: 'not', of: unary() } : postfix());

  function postfix(): Expression {
    let found = primary();
    for (;;) {
      if (takes('.')) {
        const name = tokens[next];
        if (name?.kind !== 'name') throw fails('a name');
        next += 1;
        found = { kind: 'index', of: found, key: { kind: 'literal', value: name.text } };
      } else if (takes('[')) {
        found = { kind: 'index', of: found, key: binary(0) };
        expects(']');
      } else return found;
    }
  }

  function primary(): Expression {
    if (takes('(')) {
      const inner = binary(0);
      expects(')');
      return inner;
    }
    const found = tokens[next];
    if (found === undefined || found.kind === 'sign') throw fails('a value');
    next += 1;
    if (found.kind === 'text') return { kind: 'literal', value: found.text.slice(1, -1).replaceAll("''", "'") };
    if (found.kind === 'number') return { kind: 'literal', value: Number(found.text) };
    const word = words[found.text];
    if (word !== undefined) return { kind: 'literal', value: word };
    return takes('(') ? { kind: 'call', name: found.text, given: list() } : { kind: 'context', name: found.text };
  }

  function list(): readonly Expression[] {
    if (takes(')')) return [];
    const given = [binary(0)];
    while (takes(',')) given.push(binary(0));
    expects(')');
    return given;
  }

  const whole = binary(0);
  if (next < tokens.length) throw fails('its end');
  return whole;
}

/** Names of the functions that an expression calls, in lower case. */
export function callsOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'literal':
    case 'context':
      return [];
    case 'index':
      return [...callsOf(expression.of), ...callsOf(expression.key)];
    case 'call':
      return [expression.name.toLowerCase(), ...expression.given.flatMap(callsOf)];
    case 'not':
      return callsOf(expression.of);
    case 'binary':
      return [...callsOf(expression.left), ...callsOf(expression.right)];
  }
}
