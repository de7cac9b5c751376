import type { Delivery } from '../../../src/model/delivery.ts';
import { environmentOf } from '../../../src/model/delivery.ts';
import { applicationsOf, unitOf, type Unit } from '../../../src/model/derived/units.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { renderedUnit } from '../../../src/render/rendered-unit.ts';
import { filesOf } from '../../support/git.ts';
import { applications, severalApplications } from '../../support/several-applications.ts';
import { opsContext, program } from './fake-ops.ts';

/** Renders a unit as the program does, with the true renderer. */
export const renderOf =
  (delivery: Delivery): OpsContext['render'] =>
  (unit, release) => {
    const environment = environmentOf(delivery, unit.environment);
    const own = applicationsOf(environment, unit).map(({ name }) => name);
    const first = delivery.initialReleases[unit.environment] ?? { images: {} };
    const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };
    return renderedUnit(
      renderEnvironment(delivery, environment, (name) => (own.includes(name) ? release : first), settings),
      unit,
    );
  };

/** The same repository, seen by a program of that number with another delivery. */
export const seenBy = <Context extends OpsContext>(context: Context, delivery: Delivery, number: number): Context => ({
  ...context,
  delivery,
  render: renderOf(delivery),
  program: program(number),
});

/** A context whose environments have these applications. */
export const severalOps = async (
  names: readonly string[] = applications,
): Promise<OpsContext & { readonly bare: string }> => {
  const delivery = severalApplications(names);
  return opsContext({ delivery, render: renderOf(delivery) });
};

/** Publishes an environment as the command does: its applications, then what they share. */
export async function publishAll(context: OpsContext, environment: string): Promise<readonly string[]> {
  const parts = environmentOf(context.delivery, environment).applications.map(({ name }) => name);
  const outcomes: string[] = [];
  for (const application of parts.length > 1 ? parts : [])
    outcomes.push((await publish(context, { environment, application })).outcome);
  outcomes.push((await publish(context, { environment })).outcome);
  return outcomes;
}

/** The unit of an application. */
export const unit = ({ delivery }: Pick<OpsContext, 'delivery'>, environment: string, application?: string): Unit =>
  unitOf(delivery, { environment, ...(application === undefined ? {} : { application }) });

/** What a branch has on record. */
export const recordOn = (bare: string, branch: string): ReleaseRecord =>
  readReleaseRecord(filesOf(bare, branch).get('release.yaml') ?? '');
