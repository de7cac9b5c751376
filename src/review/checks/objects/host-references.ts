import type { Application } from '../../../model/application.ts';
import type { Container } from '../../../model/container.ts';
import type { Environment } from '../../../model/environment.ts';
import { databaseNames, objectName, serviceName, workloadName } from '../../../model/names.ts';
import type { Service } from '../../../model/service.ts';
import { referencesIn, type Reference, type TextValue } from '../../../model/text.ts';
import type { Found } from '../check.ts';
import type { ObjectIndex } from './object-index.ts';
import { placesOf } from './fields.ts';
import type { PodContainer, Workload } from './workload.ts';

/** A host or port that the model writes into a string, and where it ends up. */
export interface HostReference extends Omit<Found, 'message'> {
  readonly reference: Reference;
  /** Name of the Service that must be there at run time; nothing when the model has no such service or database. */
  readonly host: string | undefined;
}

/** Where a text stands: in an object, at a field. */
type Subject = Pick<Found, 'construct' | 'object' | 'field'>;

/** Every reference to a host or port in the texts of an environment's services. Nothing is guessed from strings. */
export function hostReferences(environment: Environment, objects: ObjectIndex): readonly HostReference[] {
  return environment.applications.flatMap((application) =>
    application.services.flatMap((service) =>
      textsIn(environment, application, service, objects).flatMap(([subject, references]) =>
        references.map((reference) => ({ ...subject, reference, host: hostAtRunTime(environment, application, reference) })),
      ),
    ),
  );
}

function textsIn(environment: Environment, application: Application, service: Service, objects: ObjectIndex): readonly (readonly [Subject, readonly Reference[]])[] {
  const kind = service.workload ?? 'Deployment';
  const name = workloadName(environment, service);
  const workload = objects.workload(kind, name);
  const subject = { construct: workload?.rendered.construct ?? `${environment.name}/${application.name}/${service.name}`, object: `${kind}/${name}` };
  const containers = [...(service.initContainers ?? []), ...service.containers].flatMap((container) =>
    containerTexts(container, renderedContainer(workload, container)).map(([field, references]) => [{ ...subject, field }, references] as const),
  );
  const configs = (service.configs ?? []).flatMap((config) => {
    const configName = objectName(environment, config.name);
    const construct = objects.find('ConfigMap', configName)?.construct ?? subject.construct;
    return Object.entries(config.data).map(([key, value]) => [{ construct, object: `ConfigMap/${configName}`, field: `data.${key}` }, referencesIn(value)] as const);
  });
  return [...containers, ...configs];
}

const renderedContainer = (workload: Workload | undefined, { name }: Container): PodContainer | undefined =>
  workload?.containers.find((container) => container.name === name);

function containerTexts(container: Container, rendered: PodContainer | undefined): readonly (readonly [string, readonly Reference[]])[] {
  const path = rendered?.path ?? container.name;
  const list = (field: string, values: readonly TextValue[] | undefined) => (values ?? []).map((value, i) => [`${path}.${field}[${i}]`, referencesIn(value)] as const);
  const probes = (['readiness', 'liveness', 'startup'] as const).flatMap((probe) => {
    const action = container[probe]?.action;
    return action?.kind === 'exec' ? list(`${probe}Probe.exec.command`, action.command) : [];
  });
  const variables = Object.entries(container.env ?? {}).map(([name, value]) => {
    const i = placesOf(rendered?.fields['env'], '').findIndex(({ fields }) => fields['name'] === name);
    const field = i === -1 ? `${path}.env.${name}` : `${path}.env[${i}].value`;
    return [field, typeof value === 'string' || value.kind === 'text' ? referencesIn(value) : databaseHost(value)] as const;
  });
  return [...list('command', container.command), ...list('args', container.args), ...variables, ...probes];
}

const databaseHost = (value: { readonly kind: string; readonly of?: string; readonly property?: string }): readonly Reference[] =>
  value.kind === 'database' && value.property === 'host' && value.of !== undefined ? [{ kind: 'host', of: value.of }] : [];

/** The host as the program asks for it. A program that puts `<namespace>-` in front does so whatever the prefix is. */
function hostAtRunTime(environment: Environment, application: Application, reference: Reference): string | undefined {
  const place = reference.kind === 'unprefixedHost' ? { ...environment, namePrefix: `${environment.namespace}-` } : environment;
  const service = application.services.find(({ name }) => name === reference.of);
  if (service !== undefined) return serviceName(place, service);
  const database = (application.databases ?? []).find(({ name }) => name === reference.of);
  return database === undefined ? undefined : databaseNames(place, database).service;
}
