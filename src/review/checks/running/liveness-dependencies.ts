import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { valueAt } from '../../../objects/fields.ts';
import { mapSelector, selects } from '../../../objects/traffic/label-selector.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import type { PodContainer, Workload } from '../../../objects/pods/workload.ts';
import { hasProbe, probeText } from '../../../objects/pods/probe-actions.ts';

/** Words that may be the first label of a host. */
const word = /[a-z][a-z0-9-]*/g;

/** What names something else than a host: a user before one, a step of a path, the user and database of a client. */
const namesNoHost = [
  /(?<=:\/\/)[^\s/@]*@/g,
  /(?<!\/)\/(?!\/)[\w.~%-]*/g,
  /(?<![\w-])--(?:dbname|username)[=\s]\S+/g,
  /(?<![\w-])-[dU]\s*[\w.-]+/g,
  /\b(?:dbname|user)\s*=\s*[\w.-]+/g,
] as const;

/** Words of a probe that may be hosts, each once. */
const hostsIn = (text: string): ReadonlySet<string> =>
  new Set(namesNoHost.reduce((rest, names) => rest.replaceAll(names, ' '), text).match(word));

/** A liveness probe asks nobody but its own pod: else an outage of a neighbour restarts every pod that needs it. */
export const livenessDependencies: Check = {
  name: 'liveness-dependencies',
  find({ objects }, report) {
    for (const workload of objects.workloads)
      for (const container of workload.containers) inContainer(container, workload, objects, report);
  },
};

function inContainer(
  container: PodContainer,
  { rendered, namespace, labels }: Workload,
  objects: ObjectIndex,
  report: Report,
): void {
  if (!hasProbe(container, 'livenessProbe')) return;
  for (const name of hostsIn(probeText(container, 'livenessProbe'))) {
    const service = objects.find('Service', name, namespace);
    if (service === undefined || selects(mapSelector(valueAt(service.object, 'spec', 'selector')), labels)) continue;
    report(
      foundAt(
        rendered,
        `${container.path}.livenessProbe`,
        `asks Service "${name}", so that an outage there restarts this pod; ask the container itself, and the neighbour in the readiness probe`,
      ),
    );
  }
}
