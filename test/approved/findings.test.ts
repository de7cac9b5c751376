import { expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import { checkEnvironment } from '../../src/review/check-environment.ts';
import { describeFinding } from '../../src/review/checks/finding.ts';
import { SchemaCatalog } from '../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../src/review/schema/schema-files.ts';
import { rendered } from '../systems/rendered-system.ts';
import { placeIn, variationsOf } from '../support/variations.ts';
import { expectApproved } from './approved.ts';
import { everyDelivery } from './every-delivery.ts';

const catalog = new SchemaCatalog(schemaReader('.'));
const seen = new Set<string>();
/** What every object must have, and what is for readers alone. */
const leftOut = /^(?:apiVersion|kind|metadata|metadata\.name)$|\blabels\.|\bmatchLabels\.app\.kubernetes|description$/;

/** What is found for every little difference of an environment's objects that was in none before. */
function findingsIn(delivery: Delivery, environment: Environment): readonly string[] {
  const { objects } = rendered(
    delivery,
    environment.name,
    delivery.initialReleases[environment.name] ?? { images: {} },
  );
  const found = (all: typeof objects): readonly string[] =>
    checkEnvironment({ delivery, environment, rendered: { objects: all }, catalog }).map(describeFinding);
  const usual = found(objects);
  return objects.flatMap((rendering, i) =>
    [...variationsOf(rendering.object)].flatMap(({ place, how, data }) => {
      const key = `${placeIn(rendering.object.kind, place)} ${how}`;
      if (leftOut.test(place) || seen.has(key) || how === 'turned round') return [];
      seen.add(key);
      const now = found(objects.with(i, { ...rendering, object: data as KubernetesObject }));
      return [
        key,
        ...now
          .filter((finding) => !usual.includes(finding))
          .map((finding) => `  ${finding.replaceAll('\n', '\n    ')}`),
        ...usual
          .filter((finding) => !now.includes(finding))
          .map((finding) => `  not: ${finding.replaceAll('\n', ' ')}`),
      ];
    }),
  );
}

test('whatever is left out of a rendered object, or is otherwise there, is found as it was approved', () => {
  const lines = everyDelivery.flatMap(([name, delivery]) =>
    delivery.environments.flatMap((environment) => [
      `== ${environment.name} of ${name}`,
      ...findingsIn(delivery, environment).flatMap((line) => line.split('\n')),
    ]),
  );

  expect(lines.length).toBeGreaterThan(1000);
  expectApproved('findings.txt', lines);
});
