import { until } from './cluster.ts';

/** Asks for a state until it is the one that is waited for. @throws after so many seconds of an idle machine, with the state that was seen last */
export async function untilSaid<State>(
  what: string,
  seconds: number,
  ask: () => Promise<State>,
  holds: (state: State) => boolean,
): Promise<State> {
  let last: State | undefined;
  return until(
    what,
    seconds,
    async () => {
      last = await ask();
      return holds(last) ? last : undefined;
    },
    () => JSON.stringify(last),
  );
}
