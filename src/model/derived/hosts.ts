import type { Environment } from '../environment.ts';
import type { Hosts, Route } from '../network/route.ts';

/** Hosts as a list; empty for any host. */
export const hostsIn = (hosts: Hosts | undefined): readonly string[] =>
  hosts === undefined ? [] : typeof hosts === 'string' ? [hosts] : hosts;

/** The hosts that a route answers for; empty for any host. */
export const hostsOf = (environment: Pick<Environment, 'host'>, { host }: Pick<Route, 'host'>): readonly string[] =>
  hostsIn(host ?? environment.host);

/** Whether one request could ask for a host of either list. */
export const shareHosts = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === 0 || other.length === 0 || one.some((host) => other.includes(host));
