import type { Element } from 'hast';
import { h, type Content } from './element.ts';

/** A term and what is said of it; nothing where nothing is. */
export const fact = (term: string, ...said: readonly Content[]): readonly Element[] =>
  said.length === 0 ? [] : [h('dt', {}, term), ...said.map((it) => h('dd', {}, it))];

/** A commit, twelve digits of it; a link where it has an address. */
export const commitNode = (commit: string, addressOf: (commit: string) => string | undefined): Element => {
  const [short, address] = [h('code', { title: commit }, commit.slice(0, 12)), addressOf(commit)];
  return address === undefined ? short : linkTo(address, short);
};

/** A link out of the page, or its text alone where it is no address of the web: an address comes from a repository. */
export const linkTo = (address: string, text: Content): Element =>
  /^https?:\/\//i.test(address) ? h('a', { href: address, rel: 'noreferrer' }, text) : h('span', {}, text);

/** Something to be noticed: a sign besides the colour, for who does not see it. */
export const badge = (kind: 'good' | 'warn' | 'bad' | 'quiet', text: Content): Element =>
  h('span', { class: `badge ${kind}` }, h('span', { 'aria-hidden': 'true' }, signs[kind]), ' ', text);

const signs = { good: '✓', warn: '!', bad: '✕', quiet: '·' } as const;
