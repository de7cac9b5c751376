import type { ActionsEnvironmentPlan } from '../../../model/derived/actions-environments.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import { variablesOf } from '../actions/actions-secrets.ts';
import type { Wanted } from './wanted.ts';

/** What one GitHub environment holds, as resources of a stack. */
export function wantedInActionsEnvironment(name: string, plan: ActionsEnvironmentPlan): readonly Wanted[] {
  const { environment } = plan;
  const repository = nameAtHost(plan.repository);
  return [
    { name, repository, place: { kind: 'environment', environment } },
    ...(['branch', 'tag'] as const).flatMap((ref) =>
      (ref === 'branch' ? plan.branches : plan.tags).map((pattern): Wanted => ({
        name: `${name}-${ref}-${pattern}`,
        repository,
        place: { kind: 'policy', environment, ref, pattern },
      })),
    ),
    ...variablesOf(plan.credentials).map((variable): Wanted => ({
      name: `${name}-${variable}`,
      repository,
      place: { kind: 'variable', environment, variable },
    })),
  ];
}
