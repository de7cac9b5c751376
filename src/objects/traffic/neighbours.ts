import type { Environment } from '../../model/environment.ts';
import { databaseNames, serviceName } from '../../model/names.ts';
import type { CheckInput } from '../check.ts';
import { fieldsOf, itemsOf, placesOf, textMapOf, textOf, valueAt } from '../fields.ts';
import type { ObjectIndex } from '../object-index.ts';
import type { Workload } from '../pods/workload.ts';
import type { RenderedObject } from '../rendered-object.ts';
import { mapSelector } from './label-selector.ts';
import { hasPort, portsOf } from './service-ports.ts';

/** A Service that somebody meant. */
export interface Meant {
  readonly service: string;
  /** The service or database of the model that it belongs to. @default - a Service that was written by hand */
  readonly owner?: string;
}

/** Below this many letters, one letter more or less makes another word. */
const shortestWord = 4;

type Surroundings = Pick<CheckInput, 'delivery' | 'environment' | 'objects'>;

/** What people call the Services of an environment. */
interface Names {
  /** By a name with or without one of the prefixes that there are; the Services' own too. */
  readonly called: ReadonlyMap<string, Meant>;
  readonly words: readonly (readonly [word: string, meant: Meant])[];
  /** Hosts that a pod knows by itself, and those that a program completes itself, as the model says. */
  readonly own: ReadonlySet<string>;
}

/** The Services of an environment, and what people call them by mistake. */
export class NeighbourServices {
  readonly #objects: ObjectIndex;
  readonly #input: Surroundings;
  #names: Names | undefined;

  constructor(input: Surroundings) {
    this.#objects = input.objects;
    this.#input = input;
  }

  /** The Service that a host without dots means, if it is another name of one, or one letter away. */
  meantBy(host: string): Meant | undefined {
    // Almost every host is a Service, and names cost more than looking.
    this.#names ??= namesIn(this.#input);
    if (this.#names.own.has(host)) return undefined;
    return this.#names.called.get(host) ?? near(host, this.#names.words);
  }

  /** Whether a connection to a port of a Service is answered, as far as anybody can know. */
  listens(service: RenderedObject, port: number): boolean {
    if (portsOf(service).length === 0 || hasPort(service, port)) return true;
    // The host of a headless Service is that of its pods, which answer on every port of theirs.
    if (valueAt(service.object, 'spec', 'clusterIP') !== 'None') return false;
    const ports = this.#podsOf(service).flatMap(({ running }) => running.flatMap((container) => container.ports));
    return ports.length === 0 || ports.some(({ fields }) => fields['containerPort'] === port);
  }

  /** The numbers of a Service's ports, as text. */
  portsOf(service: RenderedObject): readonly string[] {
    return portsOf(service).map(({ port }) => String(port));
  }

  /** Whether a Service leads to the pods of a workload: a program may well say its own name. */
  isOf(service: string, workload: Workload): boolean {
    const rendered = this.#objects.find('Service', service);
    return rendered !== undefined && this.#podsOf(rendered).includes(workload);
  }

  #podsOf({ object }: RenderedObject): readonly Workload[] {
    const labels = textMapOf(valueAt(object, 'spec', 'selector'));
    return Object.keys(labels).length === 0 ? [] : this.#objects.selected(mapSelector(labels));
  }
}

function namesIn({ delivery, environment, objects }: Surroundings): Names {
  const owners = ownersOf(environment);
  const services = objects.namesOf('Service').map((service): Meant => {
    const owner = owners.get(service);
    return owner === undefined ? { service } : { service, owner };
  });
  const prefixes = new Set([
    '',
    ...delivery.environments.flatMap(({ namePrefix, namespace, name }) => [namePrefix, `${namespace}-`, `${name}-`]),
    ...environment.applications.map(({ name }) => `${name}-`),
    `${delivery.name}-`,
  ]);
  const called = new Map<string, Meant>();
  for (const meant of services) {
    const { service, owner } = meant;
    const base = service.startsWith(environment.namePrefix) ? service.slice(environment.namePrefix.length) : service;
    for (const prefix of prefixes)
      for (const word of [base, service, ...(owner === undefined ? [] : [owner])])
        if (!called.has(prefix + word)) called.set(prefix + word, meant);
  }
  const own = new Set([
    'localhost',
    'kubernetes',
    ...objects.workloads.flatMap(namesInPod),
    ...unprefixedHostsIn(environment),
  ]);
  return { called, words: [...called], own };
}

function near(host: string, words: Names['words']): Meant | undefined {
  if (host.length < shortestWord) return undefined;
  return words.find(
    ([word]) => word.length >= shortestWord && isOneSlip(host, word) && withoutDigits(host) !== withoutDigits(word),
  )?.[1];
}

/** Whether one letter more, less or another, or a swap of neighbours, lies between two words. */
function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && short[from] === long[from]) from++;
  if (short.length < long.length) return short.slice(from) === long.slice(from + 1);
  if (from === short.length) return false;
  const isSwap = short[from] === long[from + 1] && short[from + 1] === long[from];
  return short.slice(from + (isSwap ? 2 : 1)) === long.slice(from + (isSwap ? 2 : 1));
}

/** One more instance of the same is no slip: `redis-2` beside `redis-1`. */
const withoutDigits = (word: string): string => word.replaceAll(/\d+/g, '0');

/** The hosts that the model writes without a prefix, because the program puts it in front. */
function unprefixedHostsIn(environment: Environment): readonly string[] {
  const owners = [...ownersOf({ ...environment, namePrefix: '' })];
  const meant = new Set<unknown>();
  const walk = (value: unknown): void => {
    const fields = fieldsOf(value);
    if (fields['kind'] === 'unprefixedHost') meant.add(fields['of']);
    for (const item of Array.isArray(value) ? value : Object.values(fields)) walk(item);
  };
  walk(environment.applications.map(({ services }) => services));
  return owners.flatMap(([host, owner]) => (meant.has(owner) ? [host] : []));
}

/** The services and databases of the model, by the name of their Service. */
const ownersOf = (environment: Environment): ReadonlyMap<string, string> =>
  new Map(
    environment.applications.flatMap(({ services, databases = [] }) => [
      ...databases.map((database) => [databaseNames(environment, database).service, database.name] as const),
      ...services.map((service) => [serviceName(environment, service), service.name] as const),
    ]),
  );

const namesInPod = ({ pod }: Workload): readonly string[] => [
  ...(textOf(pod['hostname']) === undefined ? [] : [textOf(pod['hostname']) ?? '']),
  ...placesOf(pod['hostAliases'], '').flatMap(({ fields }) =>
    itemsOf(fields['hostnames']).map((name) => textOf(name) ?? ''),
  ),
];
