import { fieldsOf, type Fields } from '../fields.ts';

/** A probe or hook of a container, by which the kubelet asks it or tells it something. */
export interface Handler {
  /** Path below the container, e.g. `lifecycle.preStop`. */
  readonly path: string;
  readonly fields: Fields;
}

/** The probes and hooks that a container has. */
export function handlersOf(container: Fields): readonly Handler[] {
  const lifecycle = fieldsOf(container['lifecycle']);
  const handlers: Handler[] = [];
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    if (container[name] !== undefined) handlers.push({ path: name, fields: fieldsOf(container[name]) });
  for (const name of ['postStart', 'preStop'])
    if (lifecycle[name] !== undefined) handlers.push({ path: `lifecycle.${name}`, fields: fieldsOf(lifecycle[name]) });
  return handlers;
}
