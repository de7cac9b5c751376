import type { Check } from '../../check.ts';
import { placesOf } from '../../objects/fields.ts';
import { inEachPod } from './control.ts';

/** Pod Security, host ports: a port of the node lets traffic pass by every Service and network policy. */
export const hostPorts: Check = {
  name: 'host-ports',
  find: (input) =>
    inEachPod(input, ({ containers }) =>
      containers.flatMap((container) =>
        placesOf(container.fields['ports'], `${container.path}.ports`)
          .filter(({ fields }) => fields['hostPort'] !== undefined && fields['hostPort'] !== 0)
          .map(({ fields, path }) => ({ field: `${path}.hostPort`, message: `${container.title} takes a port of its node; remove it and use a Service, got ${String(fields['hostPort'])}` })),
      ),
    ),
};
