import { expect, test } from '@jest/globals';
import { withNeighbour } from '../support/with-neighbour.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { listed, runStack } from './support/run-stack.ts';
import { contextFor } from './support/stack-context.ts';

test.each(['dev', 'prod'])(
  'a neighbour that differs in every field and comes first changes nothing of the stack of %s',
  async (name) => {
    const alone = await runStack(contextFor(name));
    const beside = await runStack(contextFor(name, { delivery: withNeighbour(guardedDelivery()) }));

    expect(alone.resources.length).toBeGreaterThan(5);
    expect(listed(beside)).toEqual(listed(alone));
  },
);
