import type { Delivery } from '../delivery.ts';
import { withToolchains } from '../derived/places/toolchains.ts';
import { describeProblem, oncePerCause, ProblemsError, type Problem } from '../problem.ts';
import { asWritten } from './toolchain-paths.ts';
import { rules } from './rules.ts';
import { problemsOfSettings } from '../settings/settings-fit.ts';
import type { Settings } from '../settings/settings.ts';
import { mended } from '../shape/mended.ts';
import { shapeProblems } from '../shape/shape-problems.ts';
import { isWrongName, namePutRight, type WrongName } from '../shape/wrong-name.ts';

/**
 * Everything that is wrong with a delivery: first what the model's types would not let pass, for nobody may have asked them; then,
 * by every rule of the model, what is left when misspelt keys are put right. Rules see only what has the shape that they read.
 *
 * @param settings - those it was made with; refused where they name what it does not have @default - not checked
 */
export function problemsOf(delivery: unknown, settings?: Settings): readonly Problem[] {
  const wrong = shapeProblems(delivery);
  if (wrong.length === 0) return problemsOfRules(delivery as Delivery, settings);
  const rest = mended(delivery, wrong);
  const hidden = rest === undefined ? [] : shapeProblems(rest);
  return [
    ...[...wrong, ...hidden].map(({ wrongKey: _, ...problem }) => problem),
    ...(rest === undefined || hidden.length > 0 ? [] : problemsOfRules(rest as Delivery, settings)),
  ];
}

/** Mistyped names that are put right before the rest is told; with more of them, something else is wrong. */
const mostPutRight = 10;

/**
 * Problems of every rule. Names that are mistyped are put right one after the other, the first first, so that what is wrong only
 * because of one is not told beside it.
 */
function problemsOfRules(delivery: Delivery, settings: Settings | undefined): readonly Problem[] {
  const all = problemsAsTheyAre(delivery, settings);
  const names: WrongName[] = [];
  let [rest, left] = [delivery, all];
  while (names.length < mostPutRight) {
    const name = left.find(isWrongName);
    const mended = name === undefined ? undefined : namePutRight(rest, name);
    if (name === undefined || mended === undefined) break;
    names.push(name);
    rest = mended;
    left = problemsAsTheyAre(rest, settings);
  }
  const lasting = new Set([...names, ...left].map(describeProblem));
  const told = all.filter((problem) => lasting.has(describeProblem(problem)));
  const before = new Set(all.map(describeProblem));
  return oncePerName([...told, ...names.filter((name) => !before.has(describeProblem(name)))]).map(withoutMeant);
}

/**
 * Problems, those of one name that places of several kinds have as one: most likely it is mistyped where it is declared, and each of them is
 * right.
 */
function oncePerName(problems: readonly Problem[]): readonly Problem[] {
  const keyOf = ({ given, meant }: WrongName): string => JSON.stringify([given, meant]);
  const groups = new Map<string, WrongName[]>();
  for (const problem of problems.filter(isWrongName)) {
    const group = groups.get(keyOf(problem));
    if (group === undefined) groups.set(keyOf(problem), [problem]);
    else group.push(problem);
  }
  const together = new Map<Problem, Problem | undefined>();
  for (const group of groups.values()) {
    const [first, ...others] = group;
    if (first === undefined || new Set(group.map(({ path }) => lastKey(path))).size < 2) continue;
    const { given, meant, message } = first;
    const count = others.length === 1 ? '1 other place names' : `${others.length} other places name`;
    for (const one of others) together.set(one, undefined);
    together.set(first, {
      ...first,
      message: `${message}, or "${given}" where "${meant}" is declared: ${count} it so, too`,
    });
  }
  return problems.flatMap((problem) => (together.has(problem) ? (together.get(problem) ?? []) : [problem]));
}

function problemsAsTheyAre(delivery: Delivery, settings: Settings | undefined): readonly Problem[] {
  // What holds for an environment holds for a toolchain.
  const whole = withToolchains(delivery);
  return [
    ...asWritten(
      delivery,
      Object.values(rules).flatMap((rule) => rule(whole)),
    ),
    ...(settings === undefined ? [] : problemsOfSettings(whole, settings)),
  ];
}

/** What a place is called, e.g. `connects` of `services.orders.connects[2]`. */
const lastKey = (path: string): string => path.replace(/\[\d+\]$/, '').replace(/^.*\./, '');

const withoutMeant = (problem: Problem): Problem => {
  if (!isWrongName(problem)) return problem;
  const { meant: _, ...rest } = problem;
  return rest;
};

/**
 * Checks a delivery against the types and every rule of the model, and the settings it was made with against the delivery.
 *
 * @param delivery - whatever project.ts returned
 * @param settings - refused where they name what the delivery does not have @default - not checked
 * @throws ProblemsError with all problems at once
 */
export function validate(delivery: unknown, settings?: Settings): asserts delivery is Delivery {
  const problems = problemsOf(delivery, settings);
  if (problems.length > 0) throw new ProblemsError('the delivery', oncePerCause(problems));
}
