import type { Delivery } from '../delivery.ts';
import type { Problem } from '../problem.ts';
import { isMapping } from './value-kind.ts';

/** A name that is none of those there are, and the one that was most likely meant. */
export interface WrongName extends Problem {
  readonly given: string;
  readonly meant: string;
}

/** Whether a problem is a mistyped name that can be put right. */
export const isWrongName = (problem: Problem): problem is WrongName =>
  'meant' in problem && typeof problem.meant === 'string' && typeof problem.given === 'string';

/** The delivery as it would be with a mistyped name put right; none where the name does not stand where the problem says. */
export const namePutRight = (delivery: Delivery, { path, given, meant }: WrongName): Delivery | undefined =>
  withNameAt(delivery, stepsOf(path), given, meant) as Delivery | undefined;

/** The steps of a problem's path: keys, names of elements, and numbers in brackets. */
const stepsOf = (path: string): readonly string[] => path.match(/[^.[\]]+/g) ?? [];

/** The data with a name replaced where the path leads, or in a field of what stands there; none where it does not stand there. */
function withNameAt(data: unknown, [step, ...rest]: readonly string[], given: string, meant: string): unknown {
  if (step === undefined) {
    if (data === given) return meant;
    if (!isMapping(data)) return undefined;
    const key = Object.keys(data).find((it) => data[it] === given);
    return key === undefined ? undefined : { ...data, [key]: meant };
  }
  if (Array.isArray(data)) {
    const list: readonly unknown[] = data;
    const named = list.findIndex((item) => isMapping(item) && item['name'] === step);
    const at = named === -1 ? Number(step) : named;
    const changed = list[at] === undefined ? undefined : withNameAt(list[at], rest, given, meant);
    return changed === undefined ? undefined : list.with(at, changed);
  }
  if (!isMapping(data)) return undefined;
  const changed = withNameAt(data[step], rest, given, meant);
  return changed === undefined ? undefined : { ...data, [step]: changed };
}
