import { unitOf } from '../../src/model/derived/units.ts';
import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { environmentOf } from '../../src/model/delivery.ts';
import { problemsOf } from '../../src/model/validation/validate.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { checkEnvironment } from '../../src/review/check-environment.ts';
import { graphOf } from '../../src/review/graph/graph-of.ts';
import { unitWorkflows } from '../../src/workflows/workflows-of.ts';
import { guardedDelivery } from '../pulumi/support/guarded-delivery.ts';
import { settingsFor } from '../pulumi/support/stack-context.ts';
import { validDelivery, withContainer, withService } from '../support/valid-delivery.ts';
import { withNeighbour } from '../support/with-neighbour.ts';

const rendered = (delivery: Delivery, name: string): ReturnType<typeof renderEnvironment> =>
  renderEnvironment(
    delivery,
    environmentOf(delivery, name),
    delivery.initialReleases[name] ?? { images: {} },
    settingsFor(delivery).platform,
  );

describe('a neighbour that differs in every field and comes first', () => {
  const names = ['dev', 'prod'];

  test('breaks no rule', () => {
    expect(problemsOf(withNeighbour(validDelivery()))).toEqual(problemsOf(validDelivery()));
  });

  test.each(names)('changes no byte of what %s renders, bootstrap included', (name) => {
    expect([...rendered(withNeighbour(validDelivery()), name).files]).toEqual([
      ...rendered(validDelivery(), name).files,
    ]);
  });

  test.each(names)('changes nothing of the workflow of the branch of %s', (name) => {
    const reader: Credential = {
      name: 'verify-ops',
      purpose: 'gitRead',
      holder: 'the verify workflow',
      store: {
        kind: 'githubActions',
        repository: 'shop-ops',
        environment: 'review',
        keys: ['READER_APP_ID', 'READER_PRIVATE_KEY'],
      },
      scope: 'contents: read on shop',
    };
    const delivery: Delivery = { ...guardedDelivery(), credentials: [...guardedDelivery().credentials, reader] };

    expect([...unitWorkflows(delivery, unitOf(delivery, { environment: name })).keys()]).toEqual([
      '.github/workflows/portolan-verify.yaml',
    ]);
    expect([...unitWorkflows(withNeighbour(delivery), unitOf(withNeighbour(delivery), { environment: name }))]).toEqual(
      [...unitWorkflows(delivery, unitOf(delivery, { environment: name }))],
    );
  });

  test.each(names)('changes no finding about %s', (name) => {
    const found = (delivery: Delivery): readonly unknown[] => {
      const broken = withContainer(delivery, name, 'payments', ({ readiness: _, ...container }) => container);
      return checkEnvironment({
        delivery: broken,
        environment: environmentOf(broken, name),
        rendered: rendered(broken, name),
      });
    };

    expect(found(withNeighbour(validDelivery()))).toEqual(found(validDelivery()));
    expect(found(validDelivery())).toMatchObject([{ check: 'verified-health' }, { check: 'probes' }]);
  });

  test('changes nothing of the others in the picture', () => {
    const drawn = (delivery: Delivery): readonly unknown[] =>
      graphOf(delivery)
        .harbours.filter(({ name }) => name !== 'annex')
        .map(({ name, place, release, nodes, edges }) => {
          const titleOf = (id: string): string | undefined => nodes.find((node) => node.id === id)?.title;
          return {
            name,
            place,
            release,
            nodes: nodes.map(({ kind, title, details }) => ({ kind, title, details })),
            edges: edges.map(({ from, to, kind, label }) => [titleOf(from), titleOf(to), kind, label]),
          };
        });

    expect(drawn(validDelivery())).toMatchObject([{ name: 'dev' }, { name: 'prod' }]);
    expect(drawn(withNeighbour(validDelivery()))).toEqual(drawn(validDelivery()));
  });
});

test('a container that comes first and receives nothing is not the one that is asked for a probe', () => {
  const delivery = withService(validDelivery(), 'prod', 'payments', (service) => ({
    ...service,
    containers: [
      {
        name: 'watcher',
        image: { artifact: 'orders' },
        resources: { requests: { cpu: '10m', memory: '8Mi' }, limits: { cpu: '20m', memory: '16Mi' } },
      },
      ...service.containers.map(({ readiness: _, ...container }) => container),
    ],
  }));

  const found = checkEnvironment({
    delivery,
    environment: environmentOf(delivery, 'prod'),
    rendered: rendered(delivery, 'prod'),
  });

  expect(found.filter(({ check }) => check === 'probes')).toMatchObject([
    { message: expect.stringContaining('container "payments"') },
  ]);
});
