import type { TektonBuilder } from '../../model/builders/tekton-builder.ts';
import type { Delivery } from '../../model/delivery.ts';
import { namespaceOfRuns } from '../../model/derived/tekton/promoted-by-runs.ts';
import type { Environment } from '../../model/environment.ts';
import type { Supply } from '../../model/supply.ts';

/** A supply that Tekton builds. */
export interface TektonSupply extends Supply {
  readonly builder: TektonBuilder;
}

/** Supplies of this kind, with their builders known. */
export const builtByTekton = (supplies: readonly Supply[]): readonly TektonSupply[] =>
  supplies.flatMap((supply) => (supply.builder.kind === 'tekton' ? [{ ...supply, builder: supply.builder }] : []));

/** The namespace that a supply is built in: that of the Secret that it pushes with. */
export const namespaceOf = (delivery: Delivery, place: Environment, supply: TektonSupply): string =>
  namespaceOfRuns(delivery, supply) ?? place.namespace;

/** Names of a supply's objects. */
interface ObjectNames {
  readonly pipeline: string;
  readonly listener: string;
  /** Of what runs, which may do nothing in the cluster. */
  readonly runs: string;
  /** Of what listens. */
  readonly listens: string;
  /** Of what removes old runs. */
  readonly prunes: string;
  readonly fetch: string;
  check(task: string): string;
  image(artifact: string): string;
}

/** Names of a supply's objects, each said once. */
export const objectNamesOf = ({ name }: Pick<Supply, 'name'>): ObjectNames => ({
  pipeline: name,
  listener: name,
  runs: name,
  listens: `${name}-listener`,
  prunes: `${name}-prune`,
  fetch: `${name}-fetch`,
  check: (task) => `${name}-check-${task}`,
  image: (artifact) => `${name}-image-${artifact}`,
});
