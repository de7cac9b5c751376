import type { Delivery } from '../../delivery.ts';
import { hasSeveral, stagesOf } from '../../derived/units.ts';
import type { Environment } from '../../environment.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** Names of proposals to what applications share: the branches of an application's proposals would lie below one. */
const ofProposals: ReadonlySet<string> = new Set(['publish']);

/** What an environment with several applications, each on a branch of its own, may not say. */
export const severalApplications = (delivery: Delivery): readonly Problem[] =>
  delivery.environments
    .filter(hasSeveral)
    .flatMap((environment) => [
      ...namesOfProposals(environment),
      ...sharedGates(delivery, environment),
      ...oneEngine(delivery, environment),
    ]);

const namesOfProposals = ({ name, applications }: Environment): readonly Problem[] =>
  applications
    .filter((application) => ofProposals.has(application.name))
    .map((application) => ({
      path: `environments.${name}.applications.${application.name}.name`,
      message: `is how the pull request of what applications share is called; choose another name`,
      given: application.name,
    }));

/** No tag is put on what applications share, so that such a gate would let nothing in, or everything. */
const sharedGates = (delivery: Delivery, { name }: Environment): readonly Problem[] =>
  stagesOf(delivery, { environment: name })
    .filter(({ gate }) => gate.kind === 'humanTag')
    .map((stage) => ({
      path: `${stagePath(stage)}.gate.kind`,
      message: `is not carried out yet where an environment has several applications, because what they share has no tag; write "pullRequest"`,
      given: 'humanTag',
    }));

/** One engine has one project for all of them. */
function oneEngine(delivery: Delivery, { name }: Environment): readonly Problem[] {
  const [first, ...others] = stagesOf(delivery, { environment: name });
  return others
    .filter(({ engine }) => engine.kind !== first?.engine.kind)
    .map((stage) => ({
      path: `${stagePath(stage)}.engine.kind`,
      message: `must be the one of all applications of ${name}; write "${first?.engine.kind ?? ''}"`,
      given: stage.engine.kind,
    }));
}
