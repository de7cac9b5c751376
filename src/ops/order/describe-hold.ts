import type { Hold } from '../release/release-record.ts';

/** Says how a hold reads: who put it, when and why. */
export const describeHold = ({ kind, by, since, reason }: Hold): string => `held by ${by} since ${since}${kind === 'rollback' ? ' (rollback)' : ''}: ${reason}`;
