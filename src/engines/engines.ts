import type { CarriedWord } from '../model/carried-out/carrier.ts';
import type { engines as words } from '../model/carried-out/surroundings.ts';
import { stageOf, type Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import type { Engine } from '../model/stage.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import { argocd } from './argocd/argocd.ts';
import { flux } from './flux/flux.ts';
import type { Binding } from './binding.ts';
import type { BootstrapObject, EnginePlugin } from './engine.ts';

/** Engines that something carries out; the model refuses the others. */
type CarriedEngine = CarriedWord<typeof words>;

/** Who makes the cluster equal to Git: an engine without an entry does not compile. */
export const engines = { argocd, flux } satisfies { readonly [Kind in CarriedEngine]: EnginePlugin<Kind> };

/** A face of any kind: compared by what it has, not by its kind. */
type Asked = { readonly [Key in keyof EnginePlugin<CarriedEngine>]: EnginePlugin<CarriedEngine>[Key] };

/** Every engine, in the order of the table. */
export const everyEngine: readonly Asked[] = Object.values(engines);

/** What follows an application that stands on no stage, and any tree of which nobody says what follows it. */
export const usualEngine: Asked = engines.argocd;

const isCarried = (kind: Engine['kind']): kind is CarriedEngine => Object.hasOwn(engines, kind);

/** The engine of an environment: that of its first stage. Nothing when the stage names one that nothing carries out. */
export function engineOf(delivery: Pick<Delivery, 'stages'>, environment: string): Asked | undefined {
  const kind = stageOf(delivery, environment)?.engine.kind;
  if (kind === undefined) return usualEngine;
  return isCarried(kind) ? engines[kind] : undefined;
}

/** Whether the engine of an environment brings a file of its branch into the cluster, whoever put it there. */
export const isApplied = (
  delivery: Pick<Delivery, 'stages'>,
  { name, applications }: Environment,
  path: string,
): boolean => applications.some((application) => engineOf(delivery, name)?.applies(application, path) === true);

/**
 * What must exist in an environment before the first sync, besides its namespace: what each engine that follows something there wants.
 *
 * @param applied - everything that the environment's applications consist of
 */
export const bootstrapOf = (
  binding: Binding,
  applied: readonly Pick<RenderedObject, 'application' | 'object'>[],
): readonly BootstrapObject[] =>
  everyEngine.flatMap((plugin) =>
    plugin.bootstrap(
      binding,
      binding.environment.applications.flatMap((application) => {
        const engine = stageOf(binding.delivery, binding.environment.name, application.name)?.engine;
        if ((engine?.kind ?? usualEngine.kind) !== plugin.kind) return [];
        const objects = applied.filter((each) => each.application === application.name).map(({ object }) => object);
        return [{ application, objects, ...(engine?.kind === plugin.kind ? { engine } : {}) }];
      }),
    ),
  );
