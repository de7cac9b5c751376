import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';

/** A Secret is made for an environment, by its stack: nothing makes one for the delivery as a whole. */
export const carriedOutCredentials = ({ credentials }: Delivery): readonly Problem[] =>
  credentials.flatMap(({ name, store }) =>
    store.kind === 'kubernetes'
      ? [
          {
            path: `credentials.${name}.store.kind`,
            message:
              'is not carried out yet for a credential of the delivery; declare it under the environment whose cluster keeps it',
            given: store.kind,
          },
        ]
      : [],
  );
