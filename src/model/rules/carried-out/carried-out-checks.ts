import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { originsOf } from '../../derived/origins.ts';
import { callsChecks } from '../../derived/supply-checks.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { stagePath } from '../place.ts';

/** What is wrong with the name of a check: it names a file, and a job beside those that build and promote. */
function nameProblem(check: string): string | undefined {
  if (!/^[A-Za-z_][\w-]*$/.test(check))
    return 'must be the name of a workflow of the source without its ending, e.g. "test" for .github/workflows/test.yaml';
  if (check.startsWith('portolan-')) return 'is a workflow that Portolan writes; name one that checks the source';
  return check === 'build' || check === 'copy' || check.startsWith('promote-')
    ? 'is a job that Portolan writes itself; give the workflow another name, e.g. "test"'
    : undefined;
}

/** A stage whose tag builds a supply, apart from the workflow that checks. */
const rebuilding = (delivery: Delivery, supply: Supply): Stage | undefined =>
  delivery.stages.find(
    (stage) =>
      stage.triggers.some(({ on }) => on === 'gitTag') &&
      (stage.intake.from === 'supply' || stage.rebuild === true) &&
      originsOf(stage, delivery).includes(supply),
  );

function problemsOf(delivery: Delivery, supply: Supply): readonly Problem[] {
  const { name, checks } = supply;
  const path = `supplies.${name}.checks`;
  if (checks.length === 0) return [];
  if (!callsChecks(supply))
    return [
      {
        path,
        message:
          supply.builder.kind === 'tekton'
            ? 'is not carried out yet where Tekton builds, whose checks are builder.tasks; write []'
            : 'is not carried out yet where no workflow builds; write [], and let the branch that builds ask for them: protection.checks of the source repository, which a merge waits for',
        given: checks,
      },
    ];
  const again = rebuilding(delivery, supply);
  if (again !== undefined)
    return [
      {
        path,
        message: `is not carried out yet for a supply that a tag builds anew, as ${stagePath(again)} does; write [], and let the branch that is tagged ask for them: protection.checks of the source repository`,
        given: checks,
      },
    ];
  return checks.flatMap((check, i): readonly Problem[] => {
    const message = checks.indexOf(check) < i ? 'is there already; name each once' : nameProblem(check);
    return message === undefined ? [] : [{ path: `${path}[${i}]`, message, given: check }];
  });
}

/** The checks of a supply are workflows that its build can call. */
export const carriedOutChecks = (delivery: Delivery): readonly Problem[] =>
  delivery.supplies.flatMap((supply) => problemsOf(delivery, supply));
