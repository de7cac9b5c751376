import type { Delivery } from '../../../model/delivery.ts';
import { unitsOf } from '../../../model/derived/units.ts';
import { promotionIdentity } from '../../../model/derived/promotion-identity.ts';
import type { Repository } from '../../../model/repository.ts';
import type { PlatformSettings } from '../../../model/settings/settings.ts';
import { environmentRules } from './environment-rules.ts';
import { actionsAppOf } from './ruleset.ts';

/** Who alone may write workflows in a repository that holds rendered output, or why nobody else can be kept from it. */
export type WorkflowWriters =
  { readonly names: readonly string[] } | { /** A clause, e.g. for a warning. */ readonly open: string };

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/**
 * Who may write workflows in a repository with a gated branch: whoever else may could report the checks that the gate asks for, from a branch of
 * their own. Nothing where no branch is gated.
 *
 * It is the app that promotes, because branches carry the workflow that verifies them, and who may pass the gate in an emergency, because an earlier
 * state has an earlier workflow. GitHub keeps others out by a push rule, which not every plan has.
 *
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets#push-rulesets
 */
export function workflowWriters(
  delivery: Delivery,
  ops: Repository,
  { ownerKind, baseUrl }: PlatformSettings['github'],
): WorkflowWriters | undefined {
  const units = unitsOf(delivery).filter(({ repository }) => repository === ops.name);
  if (!units.some((unit) => environmentRules(delivery, unit).pullRequest)) return undefined;
  if (actionsAppOf(baseUrl) === undefined) return { open: `it is not known whether ${String(baseUrl)} has push rules` };
  if (ownerKind === 'user')
    return { open: 'a user account has no push rules; an organisation on GitHub Team or Enterprise has' };
  const byHand = units.find((unit) => promotionIdentity(delivery, unit) === undefined);
  if (byHand !== undefined)
    return {
      open: `people write ${byHand.branch} and the workflow on it; name an app as the holder of the credential that its stage writes with`,
    };
  const apps = distinct(units.map((unit) => promotionIdentity(delivery, unit) ?? ''));
  if (apps.length > 1)
    return { open: `the stack knows one app, the one of portolan:github.appId, and these promote: ${apps.join(', ')}` };
  const emergency = delivery.stages
    .filter((stage) => units.some(({ environment }) => environment === stage.environment))
    .flatMap((stage) => stage.emergency ?? []);
  return { names: distinct([...apps, ...emergency]) };
}
