import type { Course, EdgeKind, Graph, GraphNode, Harbour, NodeKind, Source } from './graph.ts';

/**
 * Writes a graph as a Mermaid flowchart, for places that draw those: READMEs, pull requests, wikis. Put it into a code block
 * with the language `mermaid`.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function renderMermaid({ sources, harbours, courses }: Graph): string {
  const ids = new Map<string, string>();
  const idOf = (id: string): string => {
    const known = ids.get(id) ?? `n${ids.size}`;
    ids.set(id, known);
    return known;
  };
  const lines = [
    'flowchart LR',
    ...sources.map((source) => `  ${idOf(source.id)}[[${quoted(sourceLines(source))}]]`),
    ...harbours.flatMap((harbour) => [
      `  subgraph ${idOf(harbour.id)} [${quoted(harbourLines(harbour))}]`,
      '    direction TB',
      ...harbour.nodes.map((node) => `    ${idOf(node.id)}${boxed(node)}`),
      ...harbour.edges.map(
        ({ from, to, kind, label }) =>
          `    ${idOf(from)} ${arrows[kind]}${label === undefined ? '' : `|${quoted([label])}|`} ${idOf(to)}`,
      ),
      '  end',
    ]),
    ...courses.map((course) => `  ${idOf(course.from)} ==>|${quoted(courseLines(course))}| ${idOf(course.to)}`),
  ];
  return `${lines.join('\n')}\n`;
}

const sourceLines = ({ name, repository, builder, artifacts }: Source): readonly string[] => [
  name,
  repository,
  builder,
  artifacts.join(', '),
];

const harbourLines = ({ name, release }: Harbour): readonly string[] => [
  release === undefined ? name : `${name}: ${release}`,
];

const courseLines = ({ triggers, gate, rebuilds }: Course): readonly string[] => [
  triggers.join(' or '),
  ...(gate === undefined ? [] : [`after ${gate}`]),
  ...(rebuilds ? ['built again'] : []),
];

const arrows: Readonly<Record<EdgeKind, string>> = {
  route: '-->',
  connection: '-->',
  internet: '-.->',
  mount: '---',
  backup: '-.->',
};

/** What stands around the text of a node. */
const brackets: Readonly<Record<NodeKind, readonly [string, string]>> = {
  service: ['[', ']'],
  foreign: ['[[', ']]'],
  database: ['[(', ')]'],
  claim: ['[(', ')]'],
  backup: ['[(', ')]'],
  outside: ['([', '])'],
  internet: ['([', '])'],
  group: ['[[', ']]'],
};

function boxed({ kind, title, details }: GraphNode): string {
  const [open, close] = brackets[kind];
  return `${open}${quoted([title, ...details])}${close}`;
}

/** Lines as one quoted Mermaid text. What Mermaid or HTML would read as its own is written as an entity. */
const quoted = (lines: readonly string[]): string => `"${lines.map(escaped).join('<br>')}"`;

const escaped = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[^\p{L}\p{N} .,:;/()'+=-]/gu, (character) => `#${character.codePointAt(0) ?? 32};`);
