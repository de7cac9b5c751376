import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { placesOf, textOf, valueAt } from '../../../objects/fields.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';

/** Every Middleware that a route or a chain names is there; else Traefik drops the whole route. */
export const middlewares: Check = {
  name: 'middlewares',
  find({ objects }, report) {
    for (const rendered of objects.ofKind(
      'IngressRoute.traefik.io',
      'IngressRoute.traefik.containo.us',
      'Middleware.traefik.io',
      'Middleware.traefik.containo.us',
    )) {
      const group = rendered.object.apiVersion.split('/')[0] ?? '';
      for (const { fields, path } of lists(rendered)) {
        const name = textOf(fields['name']);
        const namespace = textOf(fields['namespace']) ?? objects.namespaceOf(rendered.object);
        // Middlewares of another provider carry an `@`, e.g. `auth@file`.
        if (name === undefined || name.includes('@')) continue;
        const kind = `Middleware.${group}`;
        if (objects.find(kind, name, namespace) !== undefined) continue;
        report(
          foundAt(
            rendered,
            `${path}.name`,
            `there is no Middleware "${name}" in this environment; ${suggestion(name, objects.namesOf(kind, namespace))}`,
          ),
        );
      }
    }
  },
};

const lists = ({ object }: RenderedObject) =>
  object.kind === 'Middleware'
    ? placesOf(valueAt(object, 'spec', 'chain', 'middlewares'), 'spec.chain.middlewares')
    : placesOf(valueAt(object, 'spec', 'routes'), 'spec.routes').flatMap(({ fields, path }) =>
        placesOf(fields['middlewares'], `${path}.middlewares`),
      );
