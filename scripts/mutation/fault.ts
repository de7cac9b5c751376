import ts from 'typescript';

/** One change of one place of the program that makes it wrong, unless nobody could tell. */
export interface Fault {
  /** From the repository's root, e.g. `src/model/release.ts`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** That line, e.g. `if (a < b) return;`. */
  readonly code: string;
  /** What was done, e.g. `the condition is negated`. */
  readonly kind: string;
  /** The code before and after, shortened to one line. */
  readonly change: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Edit {
  readonly kind: string;
  readonly node: ts.Node;
  readonly replacement: string;
  /** Where the replaced text ends, when not where the node does. */
  readonly end?: number;
}

const otherOperator: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
};

const otherMethod: Readonly<Record<string, string>> = { some: 'every', every: 'some', min: 'max', max: 'min' };

/** Methods that choose or arrange: without them, what they were called on remains. */
const choosing = new Set(['filter', 'slice', 'sort', 'toSorted', 'reverse', 'toReversed', 'trim', 'toLowerCase']);

/** Every fault that can be put into a file. Texts are left out: what a message says is for its reader to judge. */
export function faultsOf(file: string, text: string): readonly Fault[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const faults: Fault[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    for (const edit of editsOf(node)) faults.push(faultFrom(file, source, edit));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

/** The text with the fault in it. */
export const withFault = (text: string, { start, end, replacement }: Fault): string =>
  text.slice(0, start) + replacement + text.slice(end);

function faultFrom(file: string, source: ts.SourceFile, { kind, node, replacement, end = node.end }: Edit): Fault {
  const start = node.getStart(source);
  const { line } = source.getLineAndCharacterOfPosition(start);
  return {
    file,
    line: line + 1,
    code: source.text.split('\n')[line]?.trim() ?? '',
    kind,
    change: `${shortened(source.text.slice(start, end))} → ${shortened(replacement)}`,
    start,
    end,
    replacement,
  };
}

function shortened(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'nothing';
  return line.length <= 70 ? line : `${line.slice(0, 45)} … ${line.slice(-20)}`;
}

function editsOf(node: ts.Node): readonly Edit[] {
  if (ts.isIfStatement(node)) return [negated(node.expression)];
  if (ts.isConditionalExpression(node)) return [negated(node.condition)];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [{ kind: 'a negation is gone', node, replacement: node.operand.getText() }];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [{ kind: 'true is false', node, replacement: 'false' }];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [{ kind: 'false is true', node, replacement: 'true' }];
  if (ts.isBinaryExpression(node)) return binaryEdits(node);
  if (ts.isCallExpression(node)) return callEdits(node);
  if (ts.isArrayLiteralExpression(node)) return elementEdits(node, node.elements);
  if (ts.isObjectLiteralExpression(node)) return elementEdits(node, node.properties);
  if (ts.isElementAccessExpression(node) && node.argumentExpression.getText() === '0')
    return [{ kind: 'the last for the first', node, replacement: `${node.expression.getText()}.at(-1)` }];
  if (ts.isExpressionStatement(node) && isCall(node.expression))
    return [{ kind: 'a call is gone', node, replacement: ';' }];
  if (ts.isContinueStatement(node) || (ts.isReturnStatement(node) && node.expression === undefined))
    return [{ kind: 'goes on instead', node, replacement: ';' }];
  if (ts.isBlock(node) && ts.isFunctionLike(node.parent) && node.statements.length > 1)
    return [{ kind: 'returns at once', node, end: node.getStart() + 1, replacement: '{ return;' }];
  return [];
}

const negated = (condition: ts.Expression): Edit => ({
  kind: 'the condition is negated',
  node: condition,
  replacement: `!(${condition.getText()})`,
});

const isCall = (node: ts.Expression): boolean =>
  ts.isCallExpression(node) || (ts.isAwaitExpression(node) && ts.isCallExpression(node.expression));

/** `a < b ? -1 : 1`, with which lists are sorted: what is equal has no order that anybody could see. */
const isTieOfOrder = ({ parent, operatorToken }: ts.BinaryExpression): boolean =>
  ts.isConditionalExpression(parent) &&
  (operatorToken.kind === ts.SyntaxKind.LessThanToken || operatorToken.kind === ts.SyntaxKind.GreaterThanToken) &&
  [parent.whenTrue.getText(), parent.whenFalse.getText()].sort().join() === '-1,1';

function binaryEdits(node: ts.BinaryExpression): readonly Edit[] {
  const { left, right, operatorToken } = node;
  const [before, operator, after] = [left.getText(), operatorToken.kind, right.getText()];
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken || operator === ts.SyntaxKind.BarBarToken)
    return [
      { kind: 'the right half is gone', node, replacement: before },
      { kind: 'the left half is gone', node, replacement: after },
    ];
  if (operator === ts.SyntaxKind.QuestionQuestionToken)
    return [{ kind: 'what stands in is gone', node, replacement: before }];
  const other = isTieOfOrder(node) ? undefined : otherOperator[operator];
  const isSum = operator === ts.SyntaxKind.PlusToken || operator === ts.SyntaxKind.MinusToken;
  if (other === undefined || (isSum && ![left, right].some(ts.isNumericLiteral))) return [];
  return [{ kind: `${operatorToken.getText()} is ${other}`, node, replacement: `${before} ${other} ${after}` }];
}

function callEdits(node: ts.CallExpression): readonly Edit[] {
  if (!ts.isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  const other = otherMethod[name.text];
  const args = node.arguments.map((argument) => argument.getText());
  if (other !== undefined)
    return [
      {
        kind: `.${name.text} is .${other}`,
        node,
        replacement: `${expression.getText()}.${other}(${args.join(', ')})`,
      },
    ];
  if (choosing.has(name.text)) return [{ kind: `.${name.text} is gone`, node, replacement: expression.getText() }];
  if (name.text === 'at' && args[0] === '-1')
    return [{ kind: 'the first for the last', node, replacement: `${expression.getText()}.at(0)` }];
  return [];
}

/** Without each element in turn, texts aside. */
const elementEdits = (
  whole: ts.Node,
  elements: ts.NodeArray<ts.Expression> | ts.NodeArray<ts.ObjectLiteralElementLike>,
): readonly Edit[] =>
  elements
    .filter((element) => !isText(element))
    .map((element) => ({
      kind: 'an element is gone',
      node: element,
      replacement: '',
      end: afterComma(whole, element),
    }));

function isText(element: ts.Node): boolean {
  const value = ts.isPropertyAssignment(element) ? element.initializer : element;
  return ts.isStringLiteralLike(value) || ts.isTemplateExpression(value);
}

function afterComma(whole: ts.Node, element: ts.Node): number {
  const text = whole.getSourceFile().text;
  const comma = /^\s*,/.exec(text.slice(element.end, whole.end));
  return element.end + (comma?.[0].length ?? 0);
}
