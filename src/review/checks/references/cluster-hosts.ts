import { foundAt, type Check, type CheckInput } from '../check.ts';
import { fieldPath, fieldsOf, itemsOf, textMapOf, valueAt, type Fields } from '../objects/fields.ts';
import { probeFields } from '../objects/probe-actions.ts';
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
        if (mayName(value)) for (const message of problems(value, objects)) yield foundAt(rendered, fieldPath('data', key), message);
      }
    }
  },
};

/** Almost no text names one. */
const mayName = (value: unknown): value is string => typeof value === 'string' && value.includes('.svc');

/** The texts of a container that may name a host. */
function strings(container: Fields, path: string): readonly { readonly value: string; readonly field: string }[] {
  const inList = (list: unknown, at: string) => itemsOf(list).flatMap((value, i) => (mayName(value) ? [{ value, field: `${path}.${at}[${i}]` }] : []));
  const variables = itemsOf(container['env']).flatMap((variable, i) => {
    const { value } = fieldsOf(variable);
    return mayName(value) ? [{ value, field: `${path}.env[${i}].value` }] : [];
  });
  const probes = probeFields.flatMap((probe) => inList(valueAt(container[probe], 'exec', 'command'), `${probe}.exec.command`));
  return [...inList(container['command'], 'command'), ...inList(container['args'], 'args'), ...variables, ...probes];
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
