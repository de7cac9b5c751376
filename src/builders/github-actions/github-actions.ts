import type { BuilderPlugin } from '../builder.ts';

/** GitHub Actions: one job of a workflow builds each image once. */
export const githubActions: BuilderPlugin<'githubActions'> = {
  kind: 'githubActions',
  words: () => 'built by GitHub Actions',
};
