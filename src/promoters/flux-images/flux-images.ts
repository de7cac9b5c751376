import type { Delivery } from '../../model/delivery.ts';
import { foundByFlux, movedByFlux } from '../../model/derived/flux-images/found-by-flux.ts';
import type { Stage } from '../../model/stage.ts';
import type { ToolInCluster } from '../../objects/tools/tool-in-cluster.ts';
import type { PromoterPlugin } from '../promoter.ts';
import { fluxImagesNeeds } from './needs.ts';
import { imageObjects, writerObjects } from './objects.ts';
import { rewrittenText } from './rewritten-text.ts';
import { fluxImagesSecrets } from './secrets.ts';
import { markerOf, toolchainNamespace } from './settings.ts';

/** What looks for the artifacts of some stages: each once, however many stages take it. */
function lookingFor(delivery: Delivery, namespace: string, stages: readonly Stage[]): ReturnType<typeof imageObjects> {
  const supplies = new Set(stages.flatMap((stage) => foundByFlux(delivery, stage)));
  return [...supplies].flatMap((supply) =>
    delivery.artifacts
      .filter(({ kind, name }) => kind === 'image' && supply.artifacts.includes(name))
      .flatMap((artifact) => imageObjects(delivery, namespace, supply, artifact)),
  );
}

const inCluster: ToolInCluster<Stage> = {
  place: 'toolchain',
  objects: (delivery, { namespace }, stages) => [
    ...lookingFor(delivery, namespace, stages),
    ...stages.flatMap((stage) => writerObjects(delivery, namespace, stage)),
  ],
  secrets: (delivery, { namespace }, stages) => fluxImagesSecrets(delivery, namespace, stages),
  needs: fluxImagesNeeds,
  markerOf: (delivery, stage, artifact) =>
    movedByFlux(delivery, stage).some(({ name }) => name === artifact)
      ? markerOf(toolchainNamespace(delivery, stage), artifact)
      : undefined,
};

/** Flux's image automation, which runs in a cluster: it looks for the newest image itself, and sets the fields that a comment marks for it. */
export const fluxImages: PromoterPlugin<'fluxImages'> = {
  kind: 'fluxImages',
  title: "Flux's image automation",
  moves: ({ fields }) =>
    fields.filter((field) => field.kind === 'marker' && field.marker.startsWith('{"$imagepolicy"')),
  inCluster,
  checks: [rewrittenText],
};
