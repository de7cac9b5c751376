import type { RouteOptions } from '../../ops/write/route.ts';
import { UsageError } from './usage-error.ts';

/** What `withRouteOptions` adds to a command. */
export interface RouteFlags {
  readonly pullRequest?: true;
  readonly emergency?: true;
  readonly reason?: string;
}

/** How the write is to reach the branch. @throws UsageError for an emergency without a reason */
export function routeOptionsOf({ pullRequest, emergency, reason }: RouteFlags): RouteOptions {
  if (emergency && reason === undefined)
    throw new UsageError('--emergency needs --reason TEXT, for everyone who reads the history');
  return {
    ...(pullRequest ? { pullRequest } : {}),
    ...(emergency && reason !== undefined ? { emergency: reason } : {}),
  };
}
