import type { Element, Literal } from 'hast';
import { h as make } from 'hastscript';

/** Markup that somebody else has escaped already. */
interface Raw extends Literal {
  readonly type: 'raw';
}

declare module 'hast' {
  interface ElementContentMap {
    /** Written as it is. */
    raw: Raw;
  }
  interface RootContentMap {
    /** Written as it is. */
    raw: Raw;
  }
}

/** What an element holds: texts are escaped when they are written. */
export type Content = Element | Raw | string | number | readonly Content[];

/** An element of HTML or SVG. */
export const h = (
  tag: string,
  attributes: Readonly<Record<string, string | number | boolean>>,
  ...children: readonly Content[]
): Element => make(tag, attributes, flat(children));

/** Markup that is written as it is: only what this program made itself. */
export const raw = (markup: string): Content => ({ type: 'raw', value: markup });

const flat = (contents: readonly Content[]): (Element | Raw | string | number)[] =>
  contents.flatMap((it) => (isList(it) ? flat(it) : [it]));

const isList = (content: Content): content is readonly Content[] => Array.isArray(content);
