import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { containersOf, databasesIn, servicesIn } from '../place.ts';
import { objectNamesIn, type NameKind } from './object-names.ts';

const part = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const label = new RegExp(`^${part}$`);
const shapes: Readonly<Record<NameKind, { readonly pattern: RegExp; readonly must: string }>> = {
  label: { pattern: label, must: 'lower-case letters, digits and dashes' },
  service: {
    pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    must: 'lower-case letters, digits and dashes, and begin with a letter',
  },
  subdomain: { pattern: new RegExp(`^${part}(\\.${part})*$`), must: 'lower-case letters, digits, dashes and dots' },
};

function shapeProblem(path: string, what: string, name: string, as: NameKind, most: number): readonly Problem[] {
  if (name.length > most)
    return [{ path, message: `${what} may have ${most} characters and has ${name.length}; shorten it`, given: name }];
  const { pattern, must } = shapes[as];
  return pattern.test(name) ? [] : [{ path, message: `${what} must be ${must}`, given: name }];
}

/** Container ports follow a stricter rule than those of a Service. */
const portProblems = (path: string, name: string): readonly Problem[] =>
  name.length <= 15 && label.test(name) && !name.includes('--') && /[a-z]/.test(name)
    ? []
    : [
        {
          path,
          message:
            'the name of a container port must be at most 15 lower-case letters, digits and single dashes, with a letter',
          given: name,
        },
      ];

const partNames = (delivery: Delivery): readonly Problem[] => [
  ...servicesIn(delivery).flatMap((place) => [
    ...containersOf(place).flatMap(({ path, container }) => [
      ...shapeProblem(path, 'the name of a container', container.name, 'label', 63),
      ...(container.ports ?? []).flatMap(({ name }) => portProblems(`${path}.ports`, name)),
    ]),
    ...(place.service.volumes ?? []).flatMap(({ name }) =>
      shapeProblem(`${place.path}.volumes`, 'the name of a volume', name, 'label', 63),
    ),
    ...(place.service.ports ?? []).flatMap(({ name }) =>
      shapeProblem(`${place.path}.ports`, 'the name of a port', name, 'label', 63),
    ),
  ]),
  ...databasesIn(delivery).flatMap(({ path, database }) =>
    portProblems(`${path}.portName`, database.portName ?? 'postgresql'),
  ),
];

/** Kubernetes accepts every name, its prefix included. */
export const kubernetesNames = (delivery: Delivery): readonly Problem[] => [
  ...shapeProblem('name', 'the name of a delivery', delivery.name, 'label', 63),
  ...delivery.environments.flatMap(({ name, namePrefix, cluster: { engineNamespace } }) => [
    ...(engineNamespace === undefined
      ? []
      : shapeProblem(
          `environments.${name}.cluster.engineNamespace`,
          'the name of a namespace',
          engineNamespace,
          'label',
          63,
        )),
    ...shapeProblem(`environments.${name}.name`, 'the name of an environment', name, 'label', 63),
    ...(namePrefix === '' || /^[a-z0-9]([-a-z0-9]*)-$/.test(namePrefix)
      ? []
      : [
          {
            path: `environments.${name}.namePrefix`,
            message: 'must be empty, or lower-case letters, digits and dashes with a dash at the end',
            given: namePrefix,
          },
        ]),
  ]),
  ...objectNamesIn(delivery).flatMap(({ path, kind, name, as, most }) =>
    shapeProblem(path, `the name of ${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`, name, as, most),
  ),
  ...partNames(delivery),
];
