import { foundAt, type Check, type CheckInput } from '../../../objects/check.ts';
import { fieldPath, fieldsOf, itemsOf, textOf, valueAt } from '../../../objects/fields.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';
import { probeFields } from '../../../objects/pods/probe-actions.ts';
import type { PodContainer, Workload } from '../../../objects/pods/workload.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import {
  hostsInAddresses,
  hostsInArguments,
  hostsInLines,
  hostsInValue,
  type NamedHost,
} from '../../../objects/traffic/named-hosts.ts';
import { NeighbourServices } from '../../../objects/traffic/neighbours.ts';

/** Takes hosts that a text names, and the path of the text. */
type Look = (hosts: readonly NamedHost[], field: string) => void;

/**
 * A host that was typed by hand and is almost a neighbour's, or has a port that the neighbour does not have, is a slip. Any other
 * bare name may be anything: what a pod calls so itself, or what somebody made beside the delivery.
 */
export const neighbourHosts: Check = {
  name: 'neighbour-hosts',
  find(input, report) {
    const { objects } = input;
    const neighbours = new NeighbourServices(input);
    const lookFrom = (rendered: RenderedObject, workload?: Workload): Look => {
      const said = new Set<string>();
      return (hosts, field) => {
        for (const host of hosts) {
          const message = slipIn(host, neighbours, workload, objects);
          // A value under a name that says host may be an address, too, and one slip is told once.
          if (message !== undefined && !said.has(`${field} ${message}`)) report(foundAt(rendered, field, message));
          said.add(`${field} ${message ?? ''}`);
        }
      };
    };
    for (const workload of objects.workloads) {
      const look = lookFrom(workload.rendered, workload);
      for (const container of workload.containers) lookInContainer(container, look);
    }
    for (const rendered of objects.ofKind('ConfigMap')) {
      const look = lookFrom(rendered);
      for (const [key, value] of Object.entries(fieldsOf(rendered.object['data']))) {
        const text = textOf(value) ?? '';
        const field = fieldPath('data', key);
        const after = hostsInArguments([text]).flat();
        look([...hostsInValue(key, text), ...hostsInLines(text), ...after, ...hostsInAddresses(text)], field);
      }
    }
  },
};

function slipIn(
  { host, port }: NamedHost,
  neighbours: NeighbourServices,
  from: Workload | undefined,
  objects: CheckInput['objects'],
): string | undefined {
  const service = objects.find('Service', host);
  if (service !== undefined) {
    if (port === undefined || neighbours.listens(service, port)) return undefined;
    return `Service "${host}" has no port ${port}; ${suggestion(String(port), neighbours.portsOf(service))}`;
  }
  const meant = neighbours.meantBy(host);
  if (meant === undefined || (from !== undefined && neighbours.isOf(meant.service, from))) return undefined;
  const better = meant.owner === undefined ? '' : `, or better a text with host('${meant.owner}')`;
  return `there is no Service "${host}" in this environment; write "${meant.service}"${better}`;
}

function lookInContainer({ fields, path, variables }: PodContainer, look: Look): void {
  for (const { fields: variable, path: at } of variables) {
    const value = textOf(variable['value']);
    if (value !== undefined)
      look([...hostsInValue(textOf(variable['name']) ?? '', value), ...hostsInAddresses(value)], `${at}.value`);
  }
  for (const list of ['command', 'args']) lookInList(fields[list], `${path}.${list}`, look);
  for (const probe of probeFields)
    if (fields[probe] !== undefined)
      lookInList(valueAt(fields[probe], 'exec', 'command'), `${path}.${probe}.exec.command`, look);
}

function lookInList(value: unknown, path: string, look: Look): void {
  const list = itemsOf(value).map((item) => textOf(item) ?? '');
  const named = hostsInArguments(list);
  for (const [i, text] of list.entries()) look([...(named[i] ?? []), ...hostsInAddresses(text)], `${path}[${i}]`);
}
