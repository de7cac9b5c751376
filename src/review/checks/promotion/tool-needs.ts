import type { Environment } from '../../../model/environment.ts';
import { placePath } from '../../../model/derived/places/toolchains.ts';
import type { Check, Report } from '../../../objects/check.ts';
import type { NeededSecret } from '../../../objects/tools/tool-in-cluster.ts';
import { neededIn, toolsInTables, type Tools } from '../../../render/tools.ts';

/** What builders and promoters need in a cluster is there: the Secrets that they read, and a toolchain for those that live in one. */
export const toolNeedsOf = (tools: Tools): Check => ({
  name: 'tool-needs',
  find({ delivery, environment }, report) {
    const needed = environment.applications.flatMap(({ name }) => neededIn(delivery, environment, name, tools).secrets);
    for (const secret of needed) reportSecret(environment, secret, report);

    const stages = delivery.stages.filter((stage) => stage.environment === environment.name);
    const taken = new Set(stages.flatMap(({ intake }) => (intake.from === 'supply' ? intake.supplies : [])));
    const homeless = [
      ...stages
        .filter((stage) => stage.toolchain === undefined && tools.ofStage(stage)?.place === 'toolchain')
        .map(({ name }) => ({ object: `Stage/${name}`, who: 'promoter', at: `stages.${name}` })),
      ...delivery.supplies
        .filter(({ name }) => taken.has(name))
        .filter((supply) => supply.toolchain === undefined && tools.ofSupply(supply)?.place === 'toolchain')
        .map(({ name }) => ({ object: `Supply/${name}`, who: 'builder', at: `supplies.${name}` })),
    ];
    for (const { object, who, at } of homeless)
      report({
        construct: '',
        object,
        field: '',
        message: `its ${who} runs in a toolchain, and none is named; write the name of one as ${at}.toolchain`,
      });
  },
});

/** {@link toolNeedsOf} the tables of builders and promoters. */
export const toolNeeds = toolNeedsOf(toolsInTables);

function reportSecret(environment: Environment, needed: NeededSecret, report: Report): void {
  const declared = environment.credentials.find(
    ({ store }) =>
      store.kind === 'kubernetes' &&
      store.secretName === needed.secretName &&
      (store.namespace ?? environment.namespace) === needed.namespace,
  );
  const missing = needed.keys.filter((key) => declared?.store.keys.includes(key) !== true);
  const found = (message: string): void => {
    report({ construct: '', object: `Secret/${needed.secretName}`, field: '', message });
  };
  const place = `${placePath(environment)}.credentials`;
  if (declared === undefined)
    found(
      `is read by a builder or a promoter in ${needed.namespace}, and no credential declares it; add one of the purpose "${needed.purpose}" with the keys ${needed.keys.join(', ')} to ${place}`,
    );
  else if (missing.length > 0)
    found(
      `is read by a builder or a promoter, which needs ${missing.join(', ')} too; add that to the keys of ${place}.${declared.name}`,
    );
  else if (declared.purpose !== needed.purpose)
    found(
      `is read by a builder or a promoter as "${needed.purpose}"; write that as the purpose of ${place}.${declared.name}, got "${declared.purpose}"`,
    );
}
