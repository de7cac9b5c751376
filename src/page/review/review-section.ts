import type { Element } from 'hast';
import {
  capacityParts,
  countObjects,
  orderLines,
  restartWords,
  riskLine,
  riskSections,
} from '../../review/diff/format/describe-diff.ts';
import { visible } from '../../review/diff/format/visible.ts';
import { h, raw } from '../look/element.ts';
import { linkTo } from '../look/nodes.ts';
import { objectNode } from './object-node.ts';
import { mostTexts, type Review, type ReviewedEnvironment } from './review.ts';

/** Objects of one environment that are shown at all, for the same reason as {@link mostTexts}. */
const mostObjects = 1000;

/** What somebody may want to look at before it happens: the risk first, then every object, folded. */
export const reviewSection = (reviews: readonly Review[]): Element =>
  h(
    'section',
    { id: 'review', 'aria-labelledby': 'review-title' },
    h('h2', { id: 'review-title' }, 'Review'),
    ...reviews.map(reviewNode),
  );

const reviewNode = ({ title, address, environments, picture }: Review): Element =>
  h(
    'article',
    { class: 'review', 'aria-label': visible(title) },
    h('h3', {}, address === undefined ? visible(title) : linkTo(address, visible(title))),
    ...(environments.length === 0 ? [h('p', {}, 'Nothing changes in any environment.')] : []),
    ...(picture === undefined
      ? []
      : [
          h(
            'details',
            {},
            h('summary', {}, 'The picture, with what changes marked'),
            h('div', { class: 'picture', tabindex: 0, role: 'group', 'aria-label': 'What changes' }, raw(picture)),
          ),
        ]),
    ...environments.map((environment) => environmentNode(environment, title)),
  );

function environmentNode({ name, diff, texts }: ReviewedEnvironment, title: string): Element {
  const { risk, restarts, objects } = diff;
  const capacity = capacityParts(risk);
  const left = objects.length - mostObjects;
  return h(
    'section',
    { class: 'reviewed', 'aria-label': visible(`${name}: ${title}`) },
    h('h4', {}, `${name}: ${countObjects(diff)}`),
    h('p', {}, h('strong', {}, 'Risk: '), visible(riskLine(risk))),
    ...riskSections(risk).flatMap(({ title: heading, lines }) =>
      notes(
        heading,
        lines.map(({ object, message }) => `${object} ${message}`),
      ),
    ),
    ...notes('order', orderLines(diff)),
    ...notes('capacity moved', capacity),
    ...notes(
      'pods that restart',
      restarts.map((restart) => `${restart.owner} (${restart.object}): ${restartWords(restart)}`),
    ),
    ...objects.slice(0, mostObjects).map((object, i) => objectNode(object, i < mostTexts ? texts[i] : undefined)),
    ...(left > 0
      ? [h('p', {}, `${left} more objects are left out; `, h('code', {}, 'npx portolan diff'), ' has them.')]
      : []),
  );
}

/** Lines under a heading; nothing where there are none. */
const notes = (heading: string, lines: readonly string[]): readonly Element[] =>
  lines.length === 0
    ? []
    : [
        h('h5', {}, `${heading.charAt(0).toUpperCase()}${heading.slice(1)}`),
        h('ul', {}, ...lines.map((line) => h('li', {}, visible(line)))),
      ];
