import { afterAll } from '@jest/globals';
import { firstSync } from './first-sync.ts';
import { phase, printTimes } from './phase.ts';
import { World } from './world.ts';

/** One cluster and one life of both environments in it, from the first publish to their removal, in this order. */
let opened: World | undefined;

const world = (): World => {
  if (opened === undefined) throw new Error('the cluster was not opened');
  return opened;
};

afterAll(async () => {
  await opened?.close();
  printTimes();
}, 180_000);

phase('the cluster', (step) => {
  step('is a throw-away one and has what the tests need', async () => {
    opened = await World.open();
  });
});

phase('the first sync', (step) => {
  firstSync(world, step);
});
