import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { foundAt, type Check, type CheckInput, type Report } from '../../../objects/check.ts';
import { fieldPath, fieldsOf, itemsOf, valueAt } from '../../../objects/fields.ts';
import { probeFields } from '../../../objects/pods/probe-actions.ts';
import { hasPort, portNames } from '../../../objects/traffic/service-ports.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';
import type { PodContainer } from '../../../objects/pods/workload.ts';

/** A host of the cluster written out in full, e.g. `orders.shop.svc.cluster.local:80`. */
const clusterHost = /\b([a-z][a-z0-9-]*)\.([a-z0-9][a-z0-9-]*)\.svc\b(?:\.cluster\.local\b)?(?::(\d+))?/g;

/** Takes a text that may name a host, and its path. */
type Look = (text: string, field: string) => void;

/** A host written out in full names a Service of this environment. A bare name may be anything, so it is not looked at. */
export const clusterHosts: Check = {
  name: 'cluster-hosts',
  find({ objects }, report) {
    for (const { rendered, containers } of objects.workloads) {
      const look: Look = (text, field) => {
        reportHosts(text, field, rendered, objects, report);
      };
      for (const container of containers) lookInContainer(container, look);
    }
    for (const rendered of objects.ofKind('ConfigMap')) {
      const data = fieldsOf(rendered.object['data']);
      for (const key of Object.keys(data)) {
        const text = data[key];
        if (mayName(text)) reportHosts(text, fieldPath('data', key), rendered, objects, report);
      }
    }
  },
};

/** Almost no text names one. */
const mayName = (value: unknown): value is string => typeof value === 'string' && value.includes('.svc');

function lookInContainer({ fields, path, variables }: PodContainer, look: Look): void {
  lookInList(fields['command'], path, 'command', look);
  lookInList(fields['args'], path, 'args', look);
  for (const variable of variables) {
    const text = variable.fields['value'];
    if (mayName(text)) look(text, `${variable.path}.value`);
  }
  for (const probe of probeFields) {
    if (fields[probe] !== undefined)
      lookInList(valueAt(fields[probe], 'exec', 'command'), path, `${probe}.exec.command`, look);
  }
}

function lookInList(list: unknown, path: string, field: string, look: Look): void {
  itemsOf(list).forEach((text, i) => {
    if (mayName(text)) look(text, `${path}.${field}[${i}]`);
  });
}

function reportHosts(
  text: string,
  field: string,
  rendered: RenderedObject,
  objects: CheckInput['objects'],
  report: Report,
): void {
  for (const [written, name = '', namespace = '', port] of text.matchAll(clusterHost)) {
    if (name === 'kubernetes' && namespace === 'default') continue;
    if (namespace !== objects.namespace) {
      report(
        foundAt(
          rendered,
          field,
          `the host ${written} is in another namespace, which this environment does not control; run it here and refer to it`,
        ),
      );
      continue;
    }
    const service = objects.find('Service', name);
    if (service === undefined)
      report(
        foundAt(
          rendered,
          field,
          `there is no Service "${name}" in this environment; ${suggestion(name, objects.namesOf('Service'))}`,
        ),
      );
    else if (port !== undefined && !hasPort(service, port))
      report(
        foundAt(rendered, field, `Service "${name}" has no port ${port}; ${suggestion(port, portNames(service))}`),
      );
  }
}
