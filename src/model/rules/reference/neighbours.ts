import type { Application } from '../../application.ts';
import type { TextValue } from '../../formats/text.ts';
import type { ContainerPlace, ServicePlace } from '../place.ts';
import { containersOf } from '../place.ts';

/** The name of a database's only port. */
const databasePort = 'postgresql';

/** What a service or database offers to its neighbours: name → names of its ports. */
export type Neighbours = ReadonlyMap<string, ReadonlySet<string>>;

/** What the services and databases of an application offer to each other. */
export const neighboursIn = (application: Application): Neighbours =>
  new Map([
    ...application.services.map(({ name, ports }) => [name, new Set((ports ?? []).map((port) => port.name))] as const),
    ...[...(application.databases ?? []), ...(application.externalDatabases ?? [])].map(
      ({ name, portName }) => [name, new Set([portName ?? databasePort])] as const,
    ),
  ]);

/** A text and where it stands. */
export interface SaidText {
  readonly path: string;
  readonly text: TextValue;
}

const numbered = (path: string, texts: readonly TextValue[] | undefined): readonly SaidText[] =>
  (texts ?? []).map((text, i) => ({ path: `${path}[${i}]`, text }));

function textsOfContainer({ path, container }: ContainerPlace): readonly SaidText[] {
  const probes = (['readiness', 'liveness', 'startup'] as const).flatMap((probe) => {
    const action = container[probe]?.action;
    return action?.kind === 'exec' ? numbered(`${path}.${probe}.action.command`, action.command) : [];
  });
  const env = Object.entries(container.env ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' || value.kind === 'text' ? [{ path: `${path}.env.${name}`, text: value }] : [],
  );
  return [
    ...numbered(`${path}.command`, container.command),
    ...numbered(`${path}.args`, container.args),
    ...env,
    ...probes,
  ];
}

/** Every text of a service that may mention a neighbour: configuration, commands, variables, probes. */
export const saidTexts = (place: ServicePlace): readonly SaidText[] => [
  ...containersOf(place).flatMap(textsOfContainer),
  ...(place.service.configs ?? []).flatMap(({ name, data }) =>
    Object.entries(data).map(([key, text]) => ({ path: `${place.path}.configs.${name}.${key}`, text })),
  ),
];
