import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { describeProblem, oncePerCause } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { checkDelivery } from '../../../src/review/check-environment.ts';
import { describeFinding } from '../../../src/review/checks/finding.ts';
import { impossibleValues } from './impossible-values.ts';
import { container, database, mistaken, writes, type Mistake, type Slip } from './make-mistake.ts';
import { misspeltKeys } from './misspelt-keys.ts';
import { unknownNames } from './unknown-names.ts';
import { wrongTypes } from './wrong-types.ts';
import { wrongWords } from './wrong-words.ts';

/** Says what to write, or what must hold. */
const nextLine =
  /\b(must|write|choose|declare|leave|give|add|remove|needs|lower|raise|make|name|can never|never fires|selects|tag|is missing|may)\b/;

/** What `check` tells of a delivery, line by line: problems of the model, else findings in what is rendered. */
function told(mistake: unknown): readonly string[] {
  const problems = oncePerCause(problemsOf(mistake)).map(describeProblem);
  if (problems.length > 0) return problems;
  const delivery = mistake as Delivery;
  const environments = delivery.environments.map((environment) => ({
    environment,
    rendered: renderEnvironment(delivery, environment, delivery.initialReleases[environment.name] ?? { images: {} }, {
      opsRepository: 'https://github.com/acme/shop-ops.git',
    }),
  }));
  return checkDelivery({ delivery, environments }).map(describeFinding);
}

/** Mistakes that only what is rendered shows. */
const rendered: readonly Mistake[] = [
  [
    `${container}.readiness.action.port`,
    writes(9999),
    'dev/shop/orders/workload Deployment/dev-orders spec.template.spec.containers[0].readinessProbe.httpGet.port: container "orders" has no port 9999; write "8080" or "http" (probe-ports)',
  ],
];

/** Mistakes that nobody can know from a program, and who finds them. */
const unknowable: readonly (readonly [place: string, slip: Slip, why: string])[] = [
  [
    'supplies.images.builder.images[0].context',
    writes('ordes'),
    'the source is another repository; the build says that it has no such folder',
  ],
  [`${container}.env.LOG_LEVEL`, writes('VERBOSE'), 'only the service knows the words that it takes'],
  [
    `${container}.readiness.action.path`,
    writes('/healhtz'),
    'only the service knows the paths that it serves; the rollout stops',
  ],
  [`${container}.command`, writes(['slep', '5']), 'only the image knows its programs; the rollout stops'],
  [
    `${database}.backup.restoreDrill.expectTables`,
    writes(['order']),
    'the service may make the table; the restore drill finds that it is missing',
  ],
  [
    'environments.dev.host',
    writes('shop.exmaple.com'),
    'the name server knows, and nobody asks it here; the address answers nothing',
  ],
];

const tables = { misspeltKeys, wrongTypes, wrongWords, unknownNames, impossibleValues, rendered };

describe('a mistake of people is refused where it is, with what to write', () => {
  test.each(Object.entries(tables))('fails for %s', (_, mistakes) => {
    const answers = mistakes.map(([place, slip]) => told(mistaken(place, slip))[0] ?? 'nothing');

    expect(answers).toEqual(mistakes.map(([, , said]) => said));
    expect(answers.filter((answer) => !nextLine.test(answer))).toEqual([]);
  });

  test('passes where nobody can know, and says who finds it', () => {
    expect(unknowable.filter(([place, slip]) => told(mistaken(place, slip)).length > 0)).toEqual([]);
    expect(unknowable.filter(([, , why]) => why === '')).toEqual([]);
  });

  test('is known for more than three hundred', () => {
    expect(Object.values(tables).flat().length).toBeGreaterThan(300);
  });
});
