import type { KubernetesLine } from '../../../model/environment.ts';
import type { ObjectKind } from '../schema-catalog.ts';
import type { SchemaFinding } from '../../../objects/schema-finding.ts';
import type { ServedField } from './served-fields.ts';
import type { ServedKinds } from './served-kinds.ts';
import { servedKinds } from './served-kinds.ts';

/** The Kubernetes lines that an environment may run on. */
export interface KubernetesLines {
  readonly oldest: KubernetesLine;
  readonly newest: KubernetesLine;
}

const historyByKind: ReadonlyMap<string, ServedKinds> = new Map(
  servedKinds.flatMap((history) => history.kinds.map((kind) => [`${history.apiVersion} ${kind}`, history] as const)),
);

/** Returns what is known about where a kind is served, or undefined when every line serves it or nothing is known. */
export function servedHistory(object: ObjectKind): ServedKinds | undefined {
  return historyByKind.get(`${object.apiVersion} ${object.kind}`);
}

/** Returns the finding when a line of the environment does not serve the kind. */
export function notServed(object: ObjectKind, lines: KubernetesLines): SchemaFinding | undefined {
  const history = servedHistory(object);
  if (history === undefined) return undefined;
  const finding = (message: string): SchemaFinding => ({
    field: 'apiVersion',
    message,
    given: JSON.stringify(object.apiVersion),
  });
  const { instead, removedIn, since } = history;
  const what = `${object.kind} of ${object.apiVersion}`;
  const remedy = instead === undefined ? 'nothing replaces it, so remove the object' : `write ${instead}`;
  if (history.offByDefault === true) return finding(`${what} is served only by clusters that switch it on; ${remedy}`);
  if (removedIn !== undefined && minor(lines.newest) >= minor(removedIn)) {
    return finding(
      `${what} is not served by Kubernetes ${lines.newest}, it ended with ${before(removedIn)}; ${remedy}`,
    );
  }
  if (since !== undefined && minor(lines.oldest) < minor(since)) {
    return finding(
      `${what} is not served by Kubernetes ${lines.oldest}, it begins with ${since}; raise the oldest line of the environment, or remove the object`,
    );
  }
  return undefined;
}

/**
 * Returns the message when a line of the environment does not act upon a field.
 *
 * @param value what the field holds
 */
export function fieldNotServed(field: ServedField, value: unknown, lines: KubernetesLines): string | undefined {
  if (field.values !== undefined && !(typeof value === 'string' && field.values.includes(value))) return undefined;
  if (field.since === undefined) {
    return `needs the feature gate ${field.gate}, which Kubernetes ${lines.newest} leaves off; remove it`;
  }
  if (minor(lines.oldest) >= minor(field.since)) return undefined;
  const gate = field.gate === undefined ? '' : `, or the feature gate ${field.gate}`;
  return `needs Kubernetes ${field.since}${gate}, and the environment may run ${lines.oldest}; raise its oldest line, or remove the field`;
}

function minor(line: string): number {
  return Number(line.slice(line.indexOf('.') + 1));
}

function before(line: string): string {
  return `1.${minor(line) - 1}`;
}
