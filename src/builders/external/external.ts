import type { BuilderPlugin } from '../builder.ts';

/** Somebody else builds: nothing is made for it, and a person promotes what was built. */
export const external: BuilderPlugin<'external'> = {
  kind: 'external',
  words: ({ by }) => `built by ${by}`,
  checks: [],
};
