import type { Application } from '../../model/application.ts';
import type { Container } from '../../model/container.ts';
import type { Environment } from '../../model/environment.ts';
import { databaseNames, objectName, serviceName, workloadName } from '../../model/names.ts';
import { namespaceOfService } from '../../model/pods/pod-security.ts';
import type { Service } from '../../model/service.ts';
import { referencesIn, type Reference, type TextValue } from '../../model/formats/text.ts';
import type { Found } from '../check.ts';
import type { ObjectIndex } from '../object-index.ts';
import { fieldsOf, itemsOf } from '../fields.ts';
import type { PodContainer, Workload } from '../pods/workload.ts';

/** A host or port that the model writes into a string, and where it ends up. */
export interface HostReference extends Omit<Found, 'message'> {
  readonly reference: Reference;
  /** Name of the Service that must be there at run time; nothing when the model has no such service or database. */
  readonly host: string | undefined;
}

/**
 * The references to hosts and ports in the texts of an environment's services that lead to no Service. Nothing is guessed
 * from strings.
 */
export const lostHosts = (environment: Environment, objects: ObjectIndex): readonly HostReference[] =>
  environment.applications.flatMap((application) => {
    const hostOf = hostsAtRunTime(environment, application.name);
    const isLost: IsLost = (reference) => {
      if (isOutside(environment, reference, application.name)) return false;
      const service = hostOf(reference);
      return service === undefined || objects.find('Service', service.name, service.namespace) === undefined;
    };
    return application.services.flatMap((service) =>
      lostBy(environment, application, service, objects, isLost).map((place): HostReference => ({
        ...place,
        host: hostOf(place.reference)?.name,
      })),
    );
  });

/** Whether a database outside of the cluster is meant, which no Service stands for. */
const isOutside = ({ applications }: Environment, { of, application }: Reference, own: string): boolean =>
  applications.some(
    ({ name, externalDatabases = [] }) =>
      name === (application ?? own) && externalDatabases.some((database) => database.name === of),
  );

type IsLost = (reference: Reference) => boolean;

/** A reference in a text, and where the text stands: in an object, at a field. */
type Place = Omit<HostReference, 'host'>;

function lostBy(
  environment: Environment,
  application: Application,
  service: Service,
  objects: ObjectIndex,
  isLost: IsLost,
): readonly Place[] {
  const kind = service.workload ?? 'Deployment';
  const name = workloadName(environment, service);
  const namespace = namespaceOfService(environment, service);
  const workload = objects.workload(kind, name, namespace);
  const construct = workload?.rendered.construct ?? `${environment.name}/${application.name}/${service.name}`;
  const containers = [...(service.initContainers ?? []), ...service.containers].flatMap((container) =>
    inContainer(container, renderedContainer(workload, container), isLost).map(([field, reference]): Place => ({
      construct,
      object: `${kind}/${name}`,
      field,
      reference,
    })),
  );
  const configs = (service.configs ?? []).flatMap((config) => {
    const configName = objectName(environment, config.name);
    return Object.entries(config.data).flatMap(([key, value]) =>
      lostIn(value, isLost).map((reference): Place => ({
        construct: objects.find('ConfigMap', configName, namespace)?.construct ?? construct,
        object: `ConfigMap/${configName}`,
        field: `data.${key}`,
        reference,
      })),
    );
  });
  return [...containers, ...configs];
}

const renderedContainer = (workload: Workload | undefined, { name }: Container): PodContainer | undefined =>
  workload?.containers.find((container) => container.name === name);

/** Almost no reference is lost, and places cost more than looking. */
const lostIn = (value: TextValue, isLost: IsLost): readonly Reference[] =>
  typeof value === 'string' ? [] : referencesIn(value).filter(isLost);

function inContainer(
  container: Container,
  rendered: PodContainer | undefined,
  isLost: IsLost,
): readonly (readonly [field: string, reference: Reference])[] {
  const path = rendered?.path ?? container.name;
  const list = (field: string, values: readonly TextValue[] = []) =>
    values.flatMap((value, i) =>
      lostIn(value, isLost).map((reference) => [`${path}.${field}[${i}]`, reference] as const),
    );
  const probes = (['readiness', 'liveness', 'startup'] as const).flatMap((probe) => {
    const action = container[probe]?.action;
    return action?.kind === 'exec' ? list(`${probe}Probe.exec.command`, action.command) : [];
  });
  const variables = Object.entries(container.env ?? {}).flatMap(([name, value]) => {
    const references =
      typeof value === 'string' || value.kind === 'text' ? lostIn(value, isLost) : databaseHost(value).filter(isLost);
    return references.map((reference) => [variableField(path, name, rendered), reference] as const);
  });
  return [...list('command', container.command), ...list('args', container.args), ...variables, ...probes];
}

function variableField(path: string, name: string, rendered: PodContainer | undefined): string {
  const i = itemsOf(rendered?.fields['env']).findIndex((variable) => fieldsOf(variable)['name'] === name);
  return i === -1 ? `${path}.env.${name}` : `${path}.env[${i}].value`;
}

const databaseHost = (value: {
  readonly kind: string;
  readonly of?: string;
  readonly property?: string;
  readonly application?: string;
}): readonly Reference[] =>
  value.kind === 'database' && value.property === 'host' && value.of !== undefined
    ? [{ kind: 'host', of: value.of, ...(value.application === undefined ? {} : { application: value.application }) }]
    : [];

/** A Kubernetes Service that must be there. */
interface ServiceAt {
  readonly name: string;
  readonly namespace: string;
}

/** The hosts as programs ask for them. A program that puts `<namespace>-` in front does so whatever the prefix is. */
function hostsAtRunTime(environment: Environment, own: string): (reference: Reference) => ServiceAt | undefined {
  const { namespace } = environment;
  const hostsIn = (place: Environment): ReadonlyMap<string, ServiceAt> =>
    new Map(
      environment.applications.flatMap(({ name: application, services, databases = [] }) => [
        ...databases.map(
          (database) =>
            [hostKey(application, database.name), { name: databaseNames(place, database).service, namespace }] as const,
        ),
        ...services.map(
          (service) =>
            [
              hostKey(application, service.name),
              { name: serviceName(place, service), namespace: namespaceOfService(environment, service) },
            ] as const,
        ),
      ]),
    );
  const [plain, prefixed] = [
    hostsIn(environment),
    hostsIn({ ...environment, namePrefix: `${environment.namespace}-` }),
  ];
  return ({ kind, of, application = own }) =>
    (kind === 'unprefixedHost' ? prefixed : plain).get(hostKey(application, of));
}

const hostKey = (application: string, name: string): string => `${application}/${name}`;
