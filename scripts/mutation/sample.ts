import type { Fault } from './fault.ts';

/** Numbers from 0 up to 1, the same for the same seed. @see https://github.com/cprosche/mulberry32 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The faults in a random order, no two of one line. Endless only as the faults are: whoever asks stops when it has enough. */
export function* sampleOf(faults: readonly Fault[], seed: number): Generator<Fault> {
  const random = randomFrom(seed);
  const left = [...faults];
  const taken = new Set<string>();
  while (left.length > 0) {
    const [fault] = left.splice(Math.floor(random() * left.length), 1);
    if (fault === undefined || taken.has(`${fault.file}:${fault.line}`)) continue;
    taken.add(`${fault.file}:${fault.line}`);
    yield fault;
  }
}
