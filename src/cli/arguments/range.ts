import { UsageError } from './usage-error.ts';

/** The two commits of `BASE..HEAD`; without a second one, HEAD. @throws UsageError when it is none */
export function rangeOf(option: string, range: string): readonly [string, string] {
  const [base, head] = range.split('..');
  if (base === undefined || base === '' || head === undefined || range.split('..').length > 2)
    throw new UsageError(`${option}: must be BASE..HEAD, got "${range}"`);
  return [base, head === '' ? 'HEAD' : head];
}
