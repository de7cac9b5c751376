import { createHash } from 'node:crypto';

const isPrime = (number: number): boolean => {
  for (let i = 2; i * i <= number; i++) if (number % i === 0) return false;
  return number > 1;
};

/** A prime that is none of those that hours, days and weeks are made of. */
function primeFrom(number: number): number {
  let prime = Math.max(number, 11);
  while (!isPrime(prime)) prime += 1;
  return prime;
}

/** The number of this run: `PORTOLAN_FAULTS_TURN`, or else the hours since 1970, so that runs of CI differ. */
export const turn = Number(process.env['PORTOLAN_FAULTS_TURN'] ?? Math.floor(Date.now() / 3_600_000));

/** Whether everything is tried, as by `npm run faults`: `all` that did not end well before, or all `anew`. */
export const isWhole = ['all', 'anew'].includes(process.env['PORTOLAN_FAULTS'] ?? '');

/** Whether what ended well before is tried too. */
export const isAnew = process.env['PORTOLAN_FAULTS'] === 'anew';

/**
 * Some of all, which are others at every turn. Whether turns come every hour, every day or every week, they come to each one: the cycle is a
 * prime number of turns.
 */
export function inTurn<One>(all: readonly One[], count: number, number = turn): readonly One[] {
  if (count >= all.length) return all;
  const cycle = primeFrom(all.length);
  const places = Array.from(
    { length: count },
    (_, i) => ((number + Math.floor((i * cycle) / count)) % cycle) % all.length,
  );
  return [...new Set(places)].flatMap((place) => all.slice(place, place + 1));
}

/** All in an order that is always the same and has nothing to do with theirs: wherever a long run is broken off, what it did is spread. */
export function spread<One>(all: readonly One[], named: (one: One) => string): readonly One[] {
  const lot = (one: One): string => createHash('sha256').update(named(one)).digest('hex');
  return [...all].sort((a, b) => (lot(a) < lot(b) ? -1 : 1));
}
