import type { Delivery } from '../../delivery.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { suppliesOf } from '../origins.ts';

/** Whether runs of Tekton move a stage's branch. */
export const isMovedByTekton = ({ promoter }: Pick<Stage, 'promoter'>): boolean => promoter?.kind === 'tekton';

/** The one supply whose runs promote to a stage what they built: a run knows no more than that. Nothing where Tekton does not move the stage, or builds nothing for it alone. */
export function suppliedByRuns(delivery: Delivery, stage: Stage): Supply | undefined {
  const [supply, ...others] = suppliesOf(stage, delivery);
  return isMovedByTekton(stage) && supply?.builder.kind === 'tekton' && others.length === 0 ? supply : undefined;
}

/** The namespace of the Secret that a supply is pushed with, in which all runs of Tekton that build it are; nothing where it is not said. */
export function namespaceOfRuns(
  { credentials }: Pick<Delivery, 'credentials'>,
  { builder }: Supply,
): string | undefined {
  if (builder.kind !== 'tekton') return undefined;
  const store = credentials.find(({ name }) => name === builder.pushesWith)?.store;
  return store?.kind === 'kubernetes' ? store.namespace : undefined;
}

/** Name of the task that promotes to a stage what a supply built. */
export const promotingTask = (supply: Pick<Supply, 'name'>, stage: Pick<Stage, 'name'>): string =>
  `${supply.name}-promote-${stage.name}`;

/** What a run says at its end, and what is given to the task that promotes: of which commit it is, and the digest of each artifact. */
export const commitResult = { name: 'commit', type: 'string', description: 'The commit that was built.' } as const;
export const digestResult = (artifact: string) =>
  ({
    name: `digest-${artifact}`,
    type: 'string',
    description: `The digest of ${artifact}, as the registry has it.`,
  }) as const;

/** Characters of the longest label value of Kubernetes, which Tekton writes names into. */
export const labelCharacters = 63;
