import { afterAll } from '@jest/globals';
import { badRelease } from './bad-release.ts';
import { drift } from './drift.ts';
import { clearEveryWord, everyWordOnTheServer } from './every-word.ts';
import { fromEmpty } from './flux/from-empty.ts';
import { receiver } from './flux/receiver.ts';
import { turn } from './flux/turn.ts';
import { firstSync } from './first-sync.ts';
import { invalidManifest } from './invalid-manifest.ts';
import { newKind } from './new-kind.ts';
import { order } from './order.ts';
import { phase, printTimes } from './phase.ts';
import { firstPromotion, promotion, secondPromotion } from './promotion.ts';
import { reader } from './reader.ts';
import { deletion, removal } from './removal.ts';
import { AroundTheShop } from './shop/around-the-shop.ts';
import { theShop } from './shop/the-shop.ts';
import { HowFast } from './speed/how-fast.ts';
import { stuckDatabase } from './stuck-database.ts';
import { suspended } from './suspended.ts';
import { takeover } from './takeover.ts';
import { World } from './world.ts';

/** One cluster and one life of both environments in it, from the first publish to their removal, in this order. */
let opened: World | undefined;

const world = (): World => {
  if (opened === undefined) throw new Error('the cluster was not opened');
  return opened;
};

const repair = (): Promise<void> => world().repair();

afterAll(async () => {
  await opened?.close();
  printTimes();
});

phase('the cluster', (step) => {
  // Other tests may have it first.
  step(
    'is a throw-away one and has what the tests need',
    async () => {
      opened = await World.open();
    },
    1_800_000,
  );
});

phase('the first sync', (step) => {
  firstSync(world, step);
});

phase('an account that only reads', (step) => {
  reader(world, step);
});

phase(
  'the order of bootstrap and branch',
  (step) => {
    order(world, step);
  },
  repair,
);

phase(
  'a promotion',
  (step) => {
    promotion(world, step, firstPromotion);
  },
  repair,
);

phase(
  'drift and removal',
  (step) => {
    drift(world, step);
  },
  repair,
);

phase(
  'a new kind',
  (step) => {
    newKind(world, step);
  },
  repair,
);

phase(
  'a bad release',
  (step) => {
    badRelease(world, step);
  },
  repair,
);

phase(
  'a bad image of the database',
  (step) => {
    stuckDatabase(world, step);
  },
  repair,
);

phase(
  'an invalid manifest',
  (step) => {
    invalidManifest(world, step);
  },
  repair,
);

phase(
  'suspended and resumed',
  (step) => {
    suspended(world, step);
  },
  repair,
);

phase('from Argo CD to Flux', (step) => {
  turn(world, step, 'flux');
});

phase('Flux: an account that only reads', (step) => {
  reader(world, step);
});

phase(
  'Flux: a promotion',
  (step) => {
    promotion(world, step, secondPromotion);
  },
  repair,
);

phase(
  'Flux: drift and removal',
  (step) => {
    drift(world, step);
  },
  repair,
);

phase(
  'Flux: a bad release',
  (step) => {
    badRelease(world, step, 11);
  },
  repair,
);

phase(
  'Flux: an invalid manifest',
  (step) => {
    invalidManifest(world, step);
  },
  repair,
);

phase(
  'Flux: suspended and resumed',
  (step) => {
    suspended(world, step);
  },
  repair,
);

phase(
  'Flux: a signed push',
  (step) => {
    receiver(world, step);
  },
  repair,
);

phase(
  'Flux: removal',
  (step) => {
    deletion(world, step);
  },
  repair,
);

phase('back to Argo CD', (step) => {
  turn(world, step, 'argocd');
});

phase('removal', (step) => {
  removal(world, step);
});

phase('taking over what annotations track', (step) => {
  takeover(world, step, 'annotation');
});

phase('taking over what labels track', (step) => {
  takeover(world, step, 'label');
});

phase('Flux: from an empty cluster', (step) => {
  fromEmpty(world, step);
});

phase(
  'every word',
  (step) => {
    everyWordOnTheServer(world, step);
  },
  () => clearEveryWord(world()),
);

const aroundTheShop = new AroundTheShop();

phase(
  'the shop',
  (step) => {
    theShop(world, step, aroundTheShop);
  },
  () => aroundTheShop.end(),
);

const howFast = new HowFast(world);

phase(
  'how fast',
  (step) => {
    howFast.steps(step);
  },
  () => howFast.clear(),
);
