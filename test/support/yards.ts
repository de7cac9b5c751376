/**
 * How much work something is, without a clock that a busy or a slow machine makes lie: in yards, which are the work of a fixed piece of reading on
 * the machine as it is at that moment. On an idle machine of today a yard is some 50 ms of a processor.
 */

const text = JSON.stringify(Array.from({ length: 60_000 }, (_, i) => ({ [`key${i % 97}`]: [i, `value ${i}`] })));

const milliseconds = (work: () => unknown): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** A yard at this moment, in milliseconds of a processor. */
export const yard = (): number =>
  milliseconds(() => {
    const read = JSON.parse(text) as readonly Readonly<Record<string, unknown>>[];
    return new Map(read.map((one, i) => [`${Object.keys(one)[0]} ${i}`, one])).size;
  });

/** Less than this, in milliseconds of a processor, is quick on any machine, and is not held against anything. */
const nothing = 250;

/**
 * The yards of work that gives the same whenever it is done. What seems to be too much is measured again, twice at most: what else the machine
 * does, the collector of memory and a processor that slows down only ever add to it.
 *
 * @param bar - more than this is measured again
 * @returns 0 for what takes no time on any machine
 */
export function yardsOf(work: () => unknown, bar: number): number {
  let yards = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && yards > bar; i++) {
    const taken = milliseconds(work);
    if (taken < nothing) return 0;
    yards = Math.min(yards, taken / Math.max(yard(), 1));
  }
  return yards;
}
