import type { ObjectIndex } from '../object-index.ts';

/** What the Service of a listener is called in front of the listener's own name. */
const before = 'el-';

/** Ports of such a Service: where it listens, and what it says of itself. */
const listenerPorts: readonly (string | number)[] = ['http-listener', 8080, 'http-metrics', 9000];

/**
 * The ports of a Service that nobody renders, because a controller makes it of another object: Tekton one for each EventListener; nothing
 * where no object is there that it would be made of.
 *
 * @see https://tekton.dev/docs/triggers/eventlisteners/
 */
export function portsOfMadeService(
  objects: ObjectIndex,
  name: string,
  namespace: string,
): readonly (string | number)[] | undefined {
  const listener = name.startsWith(before)
    ? objects.find('EventListener.triggers.tekton.dev', name.slice(before.length), namespace)
    : undefined;
  return listener === undefined ? undefined : listenerPorts;
}
