import type { HostPlugin } from '../host.ts';

/** Git alone, at an address or on a disk: branches are read and pushed, and nothing else is there. */
export const git: HostPlugin<'git'> = {
  kind: 'git',
  title: 'Git',
  pullRequestsNeed: 'name an ops repository at a host with pull requests',
};
