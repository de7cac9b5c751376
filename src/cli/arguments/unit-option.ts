import type { Command } from 'commander';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { unitsIn, type Unit } from '../../model/derived/units.ts';
import { unitNamed } from '../../ops/unit-named.ts';

/** The option that names one of several applications. */
export interface UnitFlags {
  readonly application?: string;
}

/** Adds `--application` to a command that changes, or looks at, one of them. */
export const withApplication = (command: Command): Command =>
  command.option('--application <name>', 'which application, where the environment has several');

/**
 * The units of an environment that a command speaks of: the one that is named, else all of them.
 *
 * @throws OpsError when the environment has no application of that name
 */
export const chooseUnits = (
  delivery: Delivery,
  environment: Environment,
  { application }: UnitFlags,
): readonly Unit[] =>
  application === undefined
    ? unitsIn(delivery, environment)
    : [unitNamed(delivery, { environment: environment.name, application }, 'was not looked at')];

/** The same in the order in which they are published: what applications share comes when they are on branches of their own. */
export const toPublish = (delivery: Delivery, environment: Environment, flags: UnitFlags = {}): readonly Unit[] => {
  const units = chooseUnits(delivery, environment, flags);
  return [...units.filter((it) => it.application !== undefined), ...units.filter((it) => it.application === undefined)];
};
