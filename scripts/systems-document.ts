import type { Delivery } from '../src/model/delivery.ts';
import { withToolchains } from '../src/model/derived/places/toolchains.ts';
import { problemsOf } from '../src/model/validation/validate.ts';
import { promoterOf } from '../src/promoters/promoters.ts';
import { builderWords, gateWords, triggerWords } from '../src/review/graph/course-words.ts';
import { graphOf } from '../src/review/graph/graph-of.ts';
import { renderMermaid } from '../src/review/graph/render-mermaid.ts';

/** A system of the page. */
export interface SystemOfPage {
  readonly name: string;
  /** Where its program stands, as Markdown. */
  readonly stands: string;
  readonly delivery: Delivery;
}

/** What is said of a system, in a few lines. */
type Aspect = (delivery: Delivery) => readonly string[];

/** Each once, in the order in which they come. */
const once = (lines: readonly string[]): readonly string[] => [...new Set(lines)];

const stageWords = ({ stages }: Delivery, words: (stage: Delivery['stages'][number]) => string): readonly string[] =>
  once(stages.map((stage) => `${stage.environment}: ${words(stage)}`));

const aspects: Readonly<Record<string, Aspect>> = {
  'what runs': ({ environments }) =>
    once(environments.flatMap(({ applications }) => applications.map(({ name }) => name))),
  databases: ({ environments }) =>
    once(
      environments.flatMap(({ applications }) =>
        applications.flatMap(({ databases = [] }) => databases.map(({ name, kind }) => `${name} (${kind})`)),
      ),
    ),
  places: ({ environments, toolchains = [] }) => [
    ...environments.map(({ name, cluster, namespace }) => `${name}: ${cluster.name}/${namespace}`),
    ...toolchains.map(({ name, cluster, namespace }) => `${name} (toolchain): ${cluster.name}/${namespace}`),
  ],
  repositories: ({ repositories }) => repositories.map(({ name, holds }) => `${name}: ${holds.join(', ')}`),
  artifacts: ({ artifacts }) => artifacts.map(({ name, kind, scheme }) => `${name}: ${kind}, ${scheme.kind}`),
  builders: ({ supplies }) => once(supplies.map(({ builder }) => builderWords(builder))),
  'what starts a build': ({ supplies }) => once(supplies.flatMap(({ triggers }) => triggers.map(triggerWords))),
  'checks before a build': ({ supplies }) => once(supplies.flatMap(({ checks }) => checks)),
  'how a build is found': ({ supplies }) => once(supplies.map(({ discovery }) => discovery.kind)),
  'who promotes': ({ stages }) => once(stages.map((stage) => promoterOf(stage)?.title ?? stage.promoter?.kind ?? '')),
  'what starts a promotion': (delivery) =>
    stageWords(delivery, ({ triggers }) => once(triggers.map(triggerWords)).join(' or ') || 'the program alone'),
  gates: (delivery) => stageWords(delivery, ({ gate }) => gateWords(gate) ?? 'none'),
  engine: ({ stages }) => once(stages.map(({ engine }) => `${engine.kind}, ${engine.source}`)),
  'what nothing carries out yet': (delivery) =>
    once(
      problemsOf(delivery).flatMap(({ path, message, given }) =>
        message.startsWith('is not carried out yet')
          ? [
              `${path.replaceAll(/\[\d+\]/g, '').replace(/^(\w+)\.[^.]+/, '$1')}${typeof given === 'string' ? `: ${given}` : ''}`,
            ]
          : [],
      ),
    ),
};

/** Text that is no mark of a table. */
const cell = (lines: readonly string[]): string =>
  lines.length === 0 ? '–' : lines.map((line) => line.replaceAll('|', '\\|')).join('<br>');

/** The page of the five systems side by side: a row for each aspect, a column for each system, and the graph of each. */
export function systemsDocument(systems: readonly SystemOfPage[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# Five systems side by side',
    '',
    'Written by `npm run systems` from the programs; do not edit. The systems are those that the vocabulary was taken from, without their defects. What a program says of itself stands here as it',
    'is read from it; where something is not carried out yet, it is named, and `portolan check` refuses it.',
    '',
    row(['', ...systems.map(({ name }) => name)]),
    row(Array.from({ length: systems.length + 1 }, () => '---')).replaceAll(' --- ', '---'),
    row(['its program', ...systems.map(({ stands }) => stands)]),
    ...Object.entries(aspects).map(([title, aspect]) =>
      row([title, ...systems.map(({ delivery }) => cell(aspect(delivery)))]),
    ),
    ...systems.flatMap(({ name, delivery }) => [
      '',
      `## ${name}`,
      '```mermaid',
      renderMermaid(graphOf(withToolchains(delivery))).trim(),
      '```',
    ]),
    '',
  ].join('\n');
}
