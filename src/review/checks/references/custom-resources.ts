import type { RenderedObject } from '../../../render/rendered-environment.ts';
import { foundAt, type Check } from '../check.ts';
import { customReferences } from '../objects/custom-references.ts';
import { fieldPath, textOf } from '../objects/fields.ts';
import type { ObjectIndex } from '../objects/object-index.ts';
import { suggestion } from '../objects/suggestion.ts';
import { textsAt } from '../objects/walk.ts';

const authorizedStage = 'kargo.akuity.io/authorized-stage';

/** Names inside custom resources of Argo CD, Flux, Kargo, Tekton, kpack and Traefik are names of objects that are there. */
export const customResources: Check = {
  name: 'custom-resources',
  *find({ objects }) {
    for (const { from, path, to } of customReferences) {
      for (const rendered of objects.ofKind(from)) {
        for (const { text: name, path: field, parent } of textsAt(rendered.object, path)) {
          const kind = typeof to === 'string' ? to : to(parent);
          const namespace = textOf(parent['namespace']) ?? objects.namespaceOf(rendered.object);
          if (kind === undefined || name === '*') continue;
          yield* missing(objects, rendered, field, kind, name, namespace);
        }
      }
    }
    for (const rendered of objects.ofKind('Application.argoproj.io')) {
      const [project, stage] = rendered.object.metadata.annotations?.[authorizedStage]?.split(':') ?? [];
      if (project === undefined || stage === undefined) continue;
      yield* missing(objects, rendered, fieldPath('metadata.annotations', authorizedStage), 'Stage.kargo.akuity.io', stage, project);
    }
  },
};

function* missing(objects: ObjectIndex, rendered: RenderedObject, field: string, kind: string, name: string, namespace: string) {
  if (objects.find(kind, name, namespace) !== undefined) return;
  const plain = kind.split('.')[0] ?? kind;
  yield foundAt(rendered, field, `there is no ${plain} "${name}" in this environment; ${suggestion(name, objects.namesOf(kind, namespace))}`);
}
