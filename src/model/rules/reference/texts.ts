import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import type { Service } from '../../service.ts';
import { oneOf } from '../../suggestion.ts';
import { referencesIn, strangersIn, type Reference } from '../../formats/text.ts';
import { applicationsIn, containersOf, podOwnersOf, type ServicePlace } from '../place.ts';
import { checkName, namesOf } from './known-names.ts';
import { neighboursIn, saidTexts, type Neighbours } from './neighbours.ts';

/** An application's neighbours, and those of the others in its environment, by the application's name. */
interface Reach {
  readonly own: string;
  readonly applications: ReadonlyMap<string, Neighbours>;
}

/** The ports on which a service may talk to a neighbour; its own pods need no leave. */
function mayReach(
  service: Service,
  neighbours: Neighbours,
  to: string,
  application: string,
  own: string,
): ReadonlySet<string> {
  if (application === own && to === service.name) return neighbours.get(to) ?? new Set();
  return new Set(
    (service.connects ?? []).flatMap((connection) =>
      connection.kind === 'service' && (connection.application ?? own) === application && connection.to === to
        ? [connection.port]
        : [],
    ),
  );
}

function problemsOfReference(
  path: string,
  reference: Reference,
  service: Service,
  { own, applications }: Reach,
): readonly Problem[] {
  const { of, application = own } = reference;
  const neighbours = applications.get(application);
  if (neighbours === undefined) return checkName(path, 'application', application, applications.keys());
  const ports = neighbours.get(of);
  if (ports === undefined) return checkName(path, 'service or database', of, neighbours.keys());
  if (reference.kind === 'port' && !ports.has(reference.port)) {
    return [
      {
        path,
        message: ports.size === 0 ? `${of} has no ports` : `${of} has no port of this name; write ${oneOf([...ports])}`,
        given: reference.port,
      },
    ];
  }
  if (ports.size === 0) return [{ path, message: 'has no ports and so no host', given: of }];
  const allowed = mayReach(service, neighbours, of, application, own);
  const missing = reference.kind === 'port' ? !allowed.has(reference.port) : allowed.size === 0;
  const port = reference.kind === 'port' ? reference.port : ([...ports][0] ?? '');
  const words = [of, port, ...(application === own ? [] : [application])].map((word) => `'${word}'`).join(', ');
  return missing
    ? [
        {
          path,
          message: `mentions ${of}, which ${service.name} may not reach; write connectsTo(${words}) under connects`,
        },
      ]
    : [];
}

function problemsOfService(place: ServicePlace, reach: Reach): readonly Problem[] {
  const { service, environment } = place;
  const inTexts = saidTexts(place).flatMap(({ path, text }) => [
    ...strangersIn(text).map((given) => ({ path, message: stranger(given), given: shown(given) })),
    ...referencesIn(text).flatMap((reference) => problemsOfReference(path, reference, service, reach)),
  ]);
  const inVariables = containersOf(place).flatMap(({ path, container }) =>
    Object.entries(container.env ?? {}).flatMap(([name, value]): readonly Problem[] => {
      if (typeof value === 'string' || value.kind !== 'database') return [];
      const at = `${path}.env.${name}`;
      const { of, application = reach.own } = value;
      const there = environment.applications.find((it) => it.name === application);
      if (there === undefined) return checkName(at, 'application', application, reach.applications.keys());
      const databases = namesOf([...(there.databases ?? []), ...(there.externalDatabases ?? [])]);
      if (!databases.has(of)) return checkName(at, 'database', of, databases);
      return value.property === 'host'
        ? problemsOfReference(at, { kind: 'host', of, application }, service, reach)
        : [];
    }),
  );
  return dedupe([...inTexts, ...inVariables]);
}

/** What to write in the place of something that is no part of a text. */
const stranger = (given: unknown): string =>
  `a text holds strings and references alone; write ${
    typeof given === 'number'
      ? `"${given}" in quotes, or port('NAME', 'PORT')`
      : "host('NAME'), port('NAME', 'PORT') or a string"
  }`;

/** Never a structure, which may hold anything. */
const shown = (given: unknown): unknown =>
  typeof given === 'object' && given !== null ? 'an object' : given === undefined ? 'undefined' : given;

/** A text that mentions a neighbour's host and port has one problem, not two. */
const dedupe = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
];

/** Whatever a text mentions exists, and the service may reach it: an undeclared connection would be cut by the network policies. */
export const texts = (delivery: Delivery): readonly Problem[] => {
  const known = new Map(
    delivery.environments.map((environment) => [
      environment,
      new Map(environment.applications.map((application) => [application.name, neighboursIn(application)])),
    ]),
  );
  return applicationsIn(delivery).flatMap((place) => {
    const reach = { own: place.application.name, applications: known.get(place.environment) ?? new Map() };
    return podOwnersOf(place).flatMap((service) => problemsOfService(service, reach));
  });
};
