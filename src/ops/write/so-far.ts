import { OpsError, type Refusal } from '../ops-error.ts';

/**
 * Runs one step of several; when it fails, the failure also says how far the whole has come, because the step cannot know it.
 *
 * @param done - what is true by now, e.g. `nothing was changed`
 * @throws OpsError of the step, with that in its first reason
 */
export async function soFar<Result>(done: string, step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof OpsError)) throw error;
    throw new OpsError(error.subject, withState(error.refusals, done), { cause: error });
  }
}

function withState(refusals: readonly Refusal[], done: string): readonly [Refusal, ...Refusal[]] {
  const [first, ...others] = refusals;
  if (first === undefined) return [{ code: 'git-failed', what: done }];
  const [line = '', ...details] = first.what.split('\n');
  return [{ ...first, what: [`${line}; ${done}`, ...details].join('\n') }, ...others];
}
