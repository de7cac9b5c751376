import { foundAt, type Check, type CheckInput } from '../check.ts';
import { fieldPath, fieldsOf, itemsOf, placesOf, textMapOf } from '../objects/fields.ts';
import { hasPort, portNames } from '../objects/service-ports.ts';
import { suggestion } from '../objects/suggestion.ts';

/** A host of the cluster written out in full, e.g. `orders.shop.svc.cluster.local:80`. */
const clusterHost = /\b([a-z][a-z0-9-]*)\.([a-z0-9][a-z0-9-]*)\.svc\b(?:\.cluster\.local\b)?(?::(\d+))?/g;

/** A host written out in full names a Service of this environment. A bare name may be anything, so it is not looked at. */
export const clusterHosts: Check = {
  name: 'cluster-hosts',
  *find({ objects }) {
    for (const { rendered, containers } of objects.workloads) {
      for (const { fields, path } of containers) {
        for (const { value, field } of strings(fields, path)) {
          for (const message of problems(value, objects)) yield foundAt(rendered, field, message);
        }
      }
    }
    for (const rendered of objects.ofKind('ConfigMap')) {
      for (const [key, value] of Object.entries(textMapOf(rendered.object['data']))) {
        for (const message of problems(value, objects)) yield foundAt(rendered, fieldPath('data', key), message);
      }
    }
  },
};

function strings(container: Readonly<Record<string, unknown>>, path: string): readonly { readonly value: string; readonly field: string }[] {
  const lists = (['command', 'args'] as const).flatMap((list) => itemsOf(container[list]).map((value, i) => ({ value, field: `${path}.${list}[${i}]` })));
  const variables = placesOf(container['env'], `${path}.env`).map(({ fields, path: at }) => ({ value: fields['value'], field: `${at}.value` }));
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'].flatMap((probe) =>
    itemsOf(fieldsOf(fieldsOf(container[probe])['exec'])['command']).map((value, i) => ({ value, field: `${path}.${probe}.exec.command[${i}]` })),
  );
  return [...lists, ...variables, ...probes].flatMap(({ value, field }) => (typeof value === 'string' ? [{ value, field }] : []));
}

function* problems(text: string, objects: CheckInput['objects']): Iterable<string> {
  for (const [written, name = '', namespace = '', port] of text.matchAll(clusterHost)) {
    if (name === 'kubernetes' && namespace === 'default') continue;
    if (namespace !== objects.namespace) {
      yield `the host ${written} is in another namespace, which this environment does not control; run it here and refer to it`;
      continue;
    }
    const service = objects.find('Service', name);
    if (service === undefined) yield `there is no Service "${name}" in this environment; ${suggestion(name, objects.namesOf('Service'))}`;
    else if (port !== undefined && !hasPort(service, port)) yield `Service "${name}" has no port ${port}; ${suggestion(port, portNames(service))}`;
  }
}
