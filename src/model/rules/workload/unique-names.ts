import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { applicationsIn, containersOf, servicesIn } from '../place.ts';
import { objectNamesIn } from './object-names.ts';

/** Names that occur more than once, each once. */
const repeated = (names: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
};

const named = (things: readonly { readonly name: string }[] | undefined): readonly string[] =>
  (things ?? []).map(({ name }) => name);

const check = (path: string, names: readonly string[]): readonly Problem[] =>
  repeated(names).map((name) => ({ path, message: 'holds this name twice; give each its own', given: name }));

function sameObjects(delivery: Delivery): readonly Problem[] {
  const owners = new Map<string, string>();
  return objectNamesIn(delivery).flatMap(({ environment, path, kind, name }) => {
    const key = `${environment} ${kind}/${name}`;
    const owner = owners.get(key);
    owners.set(key, owner ?? path);
    return owner === undefined || owner === path
      ? []
      : [{ path, message: `makes the same object as ${owner}; give one another name`, given: `${kind}/${name}` }];
  });
}

/** The names of a list without those of toolchains, which stand in it too: another rule tells of these. */
const besides = (toolchains: Delivery['toolchains'], things: readonly { readonly name: string }[]): readonly string[] =>
  named(things).filter((name) => !named(toolchains).includes(name));

/** Whatever is found by its name has one of its own, and no two parts of an environment make one object. */
export const uniqueNames = (delivery: Delivery): readonly Problem[] => [
  ...check('repositories', named(delivery.repositories)),
  ...check('actors', named(delivery.actors)),
  ...check('artifacts', named(delivery.artifacts)),
  ...check('supplies', named(delivery.supplies)),
  ...check('environments', besides(delivery.toolchains, delivery.environments)),
  ...check('stages', besides(delivery.toolchains, delivery.stages)),
  ...check('credentials', named(delivery.credentials)),
  ...delivery.environments.flatMap(({ name, applications, credentials }) => [
    ...check(`environments.${name}.applications`, named(applications)),
    ...check(`environments.${name}.credentials`, named(credentials)),
  ]),
  ...applicationsIn(delivery).flatMap(({ path, application: { services, databases, externalDatabases, claims } }) => [
    ...check(`${path}.services and databases`, [
      ...named(services),
      ...named(services.flatMap(({ jobs = [] }) => jobs)),
      ...named(databases),
      ...named(externalDatabases),
    ]),
    ...check(`${path}.claims`, named(claims)),
  ]),
  ...servicesIn(delivery).flatMap((place) => {
    const { path, service } = place;
    return [
      ...check(
        `${path}.containers and initContainers`,
        named([...service.containers, ...(service.initContainers ?? [])]),
      ),
      ...check(`${path}.configs`, named(service.configs)),
      ...check(`${path}.volumes`, named(service.volumes)),
      ...check(`${path}.ports`, named(service.ports)),
      ...containersOf(place).flatMap(({ path: at, container }) => [
        ...check(`${at}.ports`, named(container.ports)),
        ...check(
          `${at}.mounts`,
          (container.mounts ?? []).map((mount) => mount.path),
        ),
      ]),
    ];
  }),
  ...sameObjects(delivery),
];
