import { closest } from '../../model/suggestion.ts';
import { formatProblem } from './scalar-formats.ts';
import type { SchemaNode } from './schema-node.ts';
import { knownWords } from './type-words.ts';
import type { WalkState } from './walk-state.ts';

/** Adds to the state what is wrong with a text, number or switch of the right type. */
export function walkScalar(value: unknown, node: SchemaNode, state: WalkState): void {
  const problem =
    wordProblem(value, node) ?? numberProblem(value, node) ?? textProblem(value, node) ?? formatted(value, node);
  if (problem !== undefined) state.add(problem, value);
}

function wordProblem(value: unknown, node: SchemaNode): string | undefined {
  if (node.enum === undefined || isOneOf(value, node.enum)) return undefined;
  const words = knownWords(node);
  const problem = words === undefined ? 'is none of the words known here' : `must be ${words}`;
  const near = typeof value === 'string' ? closest(value, node.enum.map(String)) : undefined;
  return near === undefined ? problem : `${problem}; write "${near}"`;
}

const isOneOf = (value: unknown, words: readonly unknown[]): boolean => words.includes(value);

function numberProblem(value: unknown, node: SchemaNode): string | undefined {
  if (typeof value !== 'number') return undefined;
  if (node.minimum !== undefined && value < node.minimum) return `must be at least ${node.minimum}`;
  return node.maximum !== undefined && value > node.maximum ? `must be at most ${node.maximum}` : undefined;
}

function textProblem(value: unknown, node: SchemaNode): string | undefined {
  if (typeof value !== 'string') return undefined;
  const { maxLength, minLength, pattern } = node;
  if (minLength !== undefined && value.length < minLength) {
    return value === '' ? 'must not be empty' : `must have at least ${minLength} characters, not ${value.length}`;
  }
  if (maxLength !== undefined && value.length > maxLength)
    return `must have at most ${maxLength} characters, not ${value.length}`;
  return pattern !== undefined && !compiled(pattern).test(value) ? `must match ${pattern}` : undefined;
}

function formatted(value: unknown, node: SchemaNode): string | undefined {
  const isChecked = node.format !== undefined && (typeof value === 'string' || typeof value === 'number');
  return isChecked ? formatProblem(node.format, value) : undefined;
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  const known = patterns.get(pattern);
  if (known !== undefined) return known;
  const made = new RegExp(pattern);
  patterns.set(pattern, made);
  return made;
}
