import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';

/** Names beside which an environment's own would stand, and whose they are. */
const reserved: Readonly<Record<string, string>> = {
  platform: 'the stack of what environments share',
  program: "the folder of the program repository's workflows",
  source: "the folder of the source repository's workflows",
};

/** No environment has a name that means something else where environments are listed: among stacks, and in the folder of renderings. */
export const reservedNames = ({ environments }: Delivery): readonly Problem[] =>
  environments.flatMap(({ name }) => {
    const owner = Object.hasOwn(reserved, name) ? reserved[name] : undefined;
    return owner === undefined
      ? []
      : [{ path: `environments.${name}.name`, message: `is ${owner}; choose another name`, given: name }];
  });
