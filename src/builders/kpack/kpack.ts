import type { Supply } from '../../model/supply.ts';
import type { ToolInCluster } from '../../objects/tools/tool-in-cluster.ts';
import type { BuilderPlugin } from '../builder.ts';
import { kpackObjects } from './objects.ts';
import { kpackSecrets } from './secrets.ts';
import { builtByKpack } from './settings.ts';

const inCluster: ToolInCluster<Supply> = {
  place: 'toolchain',
  objects: (delivery, place, supplies) =>
    builtByKpack(supplies).flatMap((supply) => kpackObjects(delivery, place, supply)),
  secrets: (delivery, place, supplies) =>
    builtByKpack(supplies).flatMap((supply) => kpackSecrets(delivery, place, supply)),
};

/** kpack, which runs in a cluster: it looks at a branch itself, and builds an image of each commit, and of each new base image. */
export const kpack: BuilderPlugin<'kpack'> = {
  kind: 'kpack',
  words: () => 'built by kpack',
  inCluster,
  checks: [],
};
