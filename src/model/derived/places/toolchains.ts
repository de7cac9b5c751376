import type { Delivery } from '../../delivery.ts';
import type { Environment, Toolchain } from '../../environment.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { namespacesOf } from './namespaces.ts';

/** A toolchain as an environment whose only application is the toolchain: nobody writes one in a delivery. */
interface ToolchainPlace extends Environment {
  readonly toolchain: true;
}

/** Whether an environment is a toolchain. */
export const isToolchain = (environment: Environment): boolean => 'toolchain' in environment;

/** Where a place stands in the delivery, e.g. `environments.dev` or `toolchains.tools`. */
export const placePath = (environment: Environment): string =>
  `${isToolchain(environment) ? 'toolchains' : 'environments'}.${environment.name}`;

/**
 * A delivery in which toolchains stand among the environments, each with the stage that its branch is written by. Whatever is done for an
 * environment is done for them.
 */
export function withToolchains(delivery: Delivery): Delivery {
  const { toolchains = [], environments, stages, initialReleases } = delivery;
  const added = toolchains.filter(({ name }) => !environments.some((it) => it.name === name && isToolchain(it)));
  return added.length === 0
    ? delivery
    : {
        ...delivery,
        environments: [...environments, ...added.map((it) => placeOf(delivery, it))],
        stages: [...stages, ...added.map(stageOf)],
        initialReleases: { ...Object.fromEntries(added.map(({ name }) => [name, { images: {} }])), ...initialReleases },
      };
}

function placeOf(delivery: Delivery, toolchain: Toolchain): ToolchainPlace {
  const { name, cluster, namespace, namespaces, podSecurity, credentials, objects, patches } = toolchain;
  const own = new Set(namespacesOf(toolchain));
  const ofDelivery = delivery.credentials.filter(
    ({ store }) => store.kind === 'kubernetes' && store.namespace !== undefined && own.has(store.namespace),
  );
  return {
    name,
    cluster,
    namespace,
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(podSecurity === undefined ? {} : { podSecurity }),
    namePrefix: '',
    credentials: [...credentials, ...ofDelivery],
    applications: [{ name, services: [], ...(objects === undefined ? {} : { objects }) }],
    ...(patches === undefined ? {} : { patches }),
    toolchain: true,
  };
}

const stageOf = ({ name, gate, write, engine, emergency }: Toolchain): Stage => ({
  name,
  environment: name,
  application: name,
  intake: { from: 'program' },
  triggers: [],
  gate,
  write,
  engine,
  ...(emergency === undefined ? {} : { emergency }),
});

/** Who needs a toolchain. */
export interface Served {
  readonly supplies: readonly Supply[];
  readonly stages: readonly Stage[];
}

/** The supplies that are built in a toolchain, and the stages that are moved from it. */
export const servedBy = ({ supplies, stages }: Pick<Delivery, 'supplies' | 'stages'>, toolchain: string): Served => ({
  supplies: supplies.filter((supply) => supply.toolchain === toolchain),
  stages: stages.filter((stage) => stage.toolchain === toolchain),
});

/** The stages whose gate a change of a toolchain could pass by: those that it moves, and those that take what is built in it. */
export function gatedThrough(delivery: Pick<Delivery, 'supplies' | 'stages'>, toolchain: string): readonly Stage[] {
  const { supplies, stages } = servedBy(delivery, toolchain);
  const built = new Set(supplies.map(({ name }) => name));
  return delivery.stages.filter(
    (stage) =>
      stages.includes(stage) || (stage.intake.from === 'supply' && stage.intake.supplies.some((it) => built.has(it))),
  );
}
