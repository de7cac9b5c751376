import { expect, test } from '@jest/globals';
import { describeProblem } from '../../src/model/problem.ts';
import { problemsOf } from '../../src/model/validation/validate.ts';
import { everyRefusedWord } from '../model/every-word.ts';
import { variationsOf, type Variation } from '../support/variations.ts';
import { expectApproved } from './approved.ts';
import { everyDelivery } from './every-delivery.ts';

/** So many differences are tried in every way; what only other deliveries have is left out there, and that is all. */
const enough = 1100;

/** What is told of a delivery that is otherwise the given one, for every little difference that was not tried with another. */
function told(delivery: unknown, tried: Set<string>): readonly string[] {
  const always = new Set(problemsOf(delivery).map(describeProblem));
  return [...variationsOf(delivery)]
    .filter((variation) => !tried.has(nameOf(variation)) && (tried.size < enough || variation.how === 'gone'))
    .flatMap((variation) => {
      tried.add(nameOf(variation));
      const said = problemsOf(variation.data).map(describeProblem);
      return [nameOf(variation), ...said.filter((words) => !always.has(words)).map((words) => `  ${words}`)];
    })
    .flatMap((words) => words.replaceAll('\n', '\n    ').split('\n'));
}

const nameOf = ({ place, how }: Variation): string => `${place} ${how}`;

test('every word of the model, left out or written otherwise, is answered as it was approved', () => {
  const tried = new Set<string>();
  const lines = [...everyDelivery, ['words that nothing carries out', everyRefusedWord] as const].flatMap(
    ([name, delivery]) => [`== ${name}`, ...told(delivery, tried)],
  );

  expect(lines.length).toBeGreaterThan(1000);
  expectApproved('mistakes.txt', lines);
});
