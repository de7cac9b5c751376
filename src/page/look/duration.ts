const units = [
  ['day', 'days', 86_400_000],
  ['hour', 'hours', 3_600_000],
  ['minute', 'minutes', 60_000],
  ['second', 'seconds', 1000],
] as const;

/** A span of time in its two largest units, e.g. `3 days 4 hours`. */
export function durationWords(milliseconds: number): string {
  let rest = Math.max(0, Math.round(milliseconds / 1000) * 1000);
  const parts: string[] = [];
  for (const [one, several, length] of units) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${count === 1 ? one : several}`);
    // After a unit that counts, the next one is said or nothing: 3 days 20 seconds tells nobody anything.
    if (parts.length === 2 || (parts.length === 1 && count === 0)) break;
  }
  return parts.length === 0 ? 'less than a second' : parts.join(' ');
}

/** The same in one short unit, for an axis, e.g. `3 d`. */
export function shortDuration(milliseconds: number): string {
  const [unit, , length] = units.find(([, , it]) => milliseconds >= it) ?? units[3];
  return `${Math.round((milliseconds / length) * 10) / 10} ${{ day: 'd', hour: 'h', minute: 'min', second: 's' }[unit]}`;
}
