import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { referencesIn } from '../../formats/text.ts';
import { podOwnersIn } from '../place.ts';
import { saidTexts } from '../reference/neighbours.ts';

/** A host is written without its prefix only where the program can put the namespace in front and get the same name. */
export const unprefixedHosts = (delivery: Delivery): readonly Problem[] =>
  podOwnersIn(delivery).flatMap((place) => {
    const { namePrefix, namespace } = place.environment;
    if (namePrefix === `${namespace}-`) return [];
    return saidTexts(place).flatMap(({ path, text }) =>
      referencesIn(text)
        .filter(({ kind }) => kind === 'unprefixedHost')
        .map(({ of }) => ({
          path,
          message: `the program looks for ${of} behind "${namespace}-", so environments.${place.environment.name}.namePrefix must be that, or write host`,
          given: namePrefix,
        })),
    );
  });
