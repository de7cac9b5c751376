import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { everyDelivery } from '../../approved/every-delivery.ts';
import { craftista } from '../../examples/craftista/example.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { shop } from '../../examples/shop/example.ts';
import { severalApplications } from '../../support/several-applications.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { variationsOf } from '../../support/variations.ts';
import { withServices } from '../../systems/change-services.ts';
import { keptIn, linesIn, orRefused, outcomeOf, outcomeOfStart, startingPlace } from './starting-place.ts';

/** Every delivery of the tests, and those in which applications talk to each other and promoters look at what they move. */
const deliveries: typeof everyDelivery = [
  ...everyDelivery,
  ['several-applications', severalApplications()],
  ['the shop', shop()],
  ['craftista by Kargo', craftista()],
  ['podinfo by Flux', podinfo()],
];

/** Names of the services that are kept, of every application. */
const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .flatMap((name) => {
      const [, head = ''] = readFileSync(join(folder, name), 'utf8').split('\n');
      return (JSON.parse(head) as { readonly names: readonly string[] }).names;
    })
    .sort();

/** How many differences of one delivery are tried; more take minutes. `EVERY_CHANGE=1` tries all. */
const mostChanges = process.env['EVERY_CHANGE'] === '1' ? Infinity : 100;

type Changing = Pick<Delivery, 'environments' | 'initialReleases' | 'stages'>;

/** Little differences of its environments, releases and stages that break no rule which was kept before, from all over it, and the environment that differs. */
function changesOf(delivery: Delivery): readonly { readonly changed: Delivery; readonly only: string }[] {
  const { environments, initialReleases, stages } = delivery;
  const broken = new Set(problemsOf(delivery).map(describeProblem));
  const all = [...variationsOf({ environments, initialReleases, stages })].flatMap(({ data }) => {
    const changed = { ...delivery, ...(data as Changing) };
    const stage = changed.stages.find((one, i) => one !== stages[i]);
    const environment = changed.environments.find(
      (one, i) => one !== environments[i] || changed.initialReleases[one.name] !== initialReleases[one.name],
    );
    const only = environment?.name ?? stage?.environment;
    const isWorse = problemsOf(changed).some((problem) => !broken.has(describeProblem(problem)));
    return only === undefined || isWorse ? [] : [{ changed, only }];
  });
  const every = Math.max(1, all.length / mostChanges);
  return all.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
}

describe('what services came to', () => {
  test.each(deliveries)('is believed by the next start, and nothing of %s is made anew', (_, delivery) => {
    const here = startingPlace();
    const first = outcomeOfStart(delivery, here);
    const kept = keptIn(here.folder);

    expect(outcomeOfStart(delivery, here)).toEqual(first);
    expect(first).toEqual(outcomeOf(delivery));
    // A service that is made is kept, and written.
    expect(keptIn(here.folder)).toEqual(kept);
    const services = delivery.environments.flatMap(({ applications }) => applications.flatMap((it) => it.services));
    expect(new Set(namesIn(here.folder))).toEqual(new Set(services.map(({ name }) => name)));
  });

  test.each(deliveries)('is what %s comes to from nothing, whatever changed of it', (_, delivery) => {
    const here = startingPlace();
    outcomeOfStart(delivery, here);
    const changes = changesOf(delivery);
    for (const { changed, only } of changes)
      expect(orRefused(() => outcomeOf(changed, here.open(), here.project, only))).toEqual(
        orRefused(() => outcomeOf(changed, undefined, undefined, only)),
      );
    expect(changes.length).toBeGreaterThan(25);
  });

  test('is made anew of what changed, and nothing else', () => {
    const here = startingPlace();
    const delivery = validDelivery();
    outcomeOfStart(delivery, here);
    const before = linesIn(here.folder);
    outcomeOfStart(
      withServices(delivery, (service) => (service.name === 'payments' ? { ...service, replicas: 3 } : service)),
      here,
    );
    const after = linesIn(here.folder);

    const made = after.filter((line) => !before.includes(line));
    expect(
      made
        .filter((line) => line.includes('"key"'))
        .map((line) => /"construct":"([^"]*)"/.exec(line)?.[1])
        .sort(),
    ).toEqual(['dev/shop/payments/workload', 'prod/shop/payments/workload']);
    // Of each its objects, their texts, and beside them who signed it all.
    expect(made).toHaveLength(2 * 3);
  });
});
