import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Every source that has something to say against a stack: all of the program, and what asks GitHub for it. */
const refusing: readonly string[] = [
  ...readdirSync(join(root, 'src/pulumi'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src/pulumi', name)),
  'src/clients/github/look.ts',
];

/**
 * The text of an expression, with `…` for what is only known when it runs; of a choice, each of the texts.
 *
 * @param returnedBy - what a function of that name returns. @default - nobody knows
 */
function textsOf(
  expression: ts.Expression,
  returnedBy: (name: string) => readonly string[] = () => ['…'],
): readonly string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text];
  if (ts.isTemplateExpression(expression))
    return [expression.head.text + expression.templateSpans.map(({ literal }) => `…${literal.text}`).join('')];
  if (ts.isParenthesizedExpression(expression)) return textsOf(expression.expression);
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return textsOf(expression.left).flatMap((left) => textsOf(expression.right).map((right) => left + right));
  if (ts.isConditionalExpression(expression))
    return [...textsOf(expression.whenTrue), ...textsOf(expression.whenFalse)];
  // One of several, by a key.
  if (ts.isElementAccessExpression(expression) && ts.isObjectLiteralExpression(expression.expression))
    return expression.expression.properties.flatMap((one) =>
      ts.isPropertyAssignment(one) ? textsOf(one.initializer) : [],
    );
  if (ts.isCallExpression(expression)) return returnedBy(expression.expression.getText());
  return ['…'];
}

/** The texts that a function of a file returns. */
function returnsOf(file: ts.SourceFile, name: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(...textsOf(node.expression));
    // What a function within it returns is something else.
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  for (const one of file.statements)
    if (ts.isFunctionDeclaration(one) && one.name?.text === name && one.body !== undefined) visit(one.body);
  return found;
}

const parsed = (source: string): ts.SourceFile =>
  ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);

/** What an engine has against the key of a credential. */
const ofEngines: readonly string[] = ['argocd', 'flux'].flatMap((engine) =>
  returnsOf(parsed(read(`src/engines/${engine}/cluster/set-up.ts`)), 'keyProblem').filter((text) => text !== '…'),
);

/** Whether a call says something without a refusal. */
const isWarning = (called: string): boolean => /(^|\.)warn(AtFirst)?$/.test(called);

/** Every message of a source: of a problem, of an error, and of a warning. */
function messagesIn(source: string): readonly string[] {
  const found: string[] = [];
  const returnedBy = (name: string): readonly string[] => returnsOf(file, name);
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText(file) === 'message')
      found.push(...textsOf(node.initializer));
    if (ts.isNewExpression(node) && node.expression.getText(file) === 'Error')
      found.push(...(node.arguments ?? []).slice(0, 1).flatMap((it) => textsOf(it)));
    if (ts.isCallExpression(node) && isWarning(node.expression.getText(file)))
      found.push(...node.arguments.slice(-1).flatMap((it) => textsOf(it, returnedBy)));
    ts.forEachChild(node, visit);
  };
  const file = parsed(source);
  visit(file);
  // What is put together of texts that come from elsewhere has none of its own.
  return found.filter((text) => text.replace('portolan: ', '').replaceAll(/[^a-z]/g, '').length > 6);
}

/** What the table of a guide says is printed, with `…` for anything. */
const toldIn = (guide: string): readonly string[] =>
  [...(guide.split(/^## When it does not work$/m)[1] ?? '').matchAll(/^\| (.+?) \| /gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text),
  );

/** The messages that no row of the table is about. */
function missing(messages: readonly string[], told: readonly string[]): readonly string[] {
  const rows = told.map(
    (text) =>
      new RegExp(
        text
          .split('…')
          .map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
          .join('.*'),
      ),
  );
  return messages.filter((message) => !rows.some((row) => row.test(message)));
}

describe('the table of messages in docs/pulumi.md', () => {
  test('has every message that refuses a stack or warns, of every file of the program', () => {
    const messages = [...refusing.flatMap((path) => messagesIn(read(path))), ...ofEngines];

    expect(ofEngines).toHaveLength(5);
    expect(messages.length).toBeGreaterThan(45);
    expect(missing(messages, toldIn(read('docs/pulumi.md')))).toEqual([]);
  });

  test('has no row for a message that nobody prints', () => {
    const printed = refusing.flatMap((path) => messagesIn(read(path)));
    const refused = toldIn(read('docs/pulumi.md')).filter((text) => /of this stack|is of this|this stack/.test(text));

    expect(refused.length).toBeGreaterThan(3);
    expect(refused.filter((row) => missing(printed, [row]).length === printed.length)).toEqual([]);
  });

  test('fails for a message that has no row', () => {
    const source =
      'const p = { message: `the ${name} is lost; ` + (a ? "write it" : "leave it") }; throw new Error("gone away");';
    const warned =
      'warn(`${a} is near by`); context.warn(said(a)); function said(a) { return `${a} is far away`; } const p = { message: { a: "on one way", b: "the other" }[kind] };';
    const guide = '## When it does not work\n\n| it says | do |\n|---|---|\n| `the … is lost; write` | that |\n';

    expect(messagesIn(source)).toEqual(['the … is lost; write it', 'the … is lost; leave it', 'gone away']);
    expect(messagesIn(warned)).toEqual(['… is near by', '… is far away', 'on one way', 'the other']);
    expect(missing(messagesIn(source), toldIn(guide))).toEqual(['the … is lost; leave it', 'gone away']);
  });
});
