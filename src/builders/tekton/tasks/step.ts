import type { Resources } from '../../../model/container.ts';
import { unprivilegedAs, variable } from '../../../objects/tools/tekton-task.ts';

/** User that every step is that need not be root. */
const user = 65532;

/** What lets nothing of a step be more than it is. */
export const unprivileged = unprivilegedAs(user);

/** Whom the disks of a run belong to, whichever step writes them. */
export const disksOf = { fsGroup: user } as const;

/** What ends a step: the reason in one line, where people look for it. */
export const refuse = `refuse() {
  printf 'portolan: %s\\n' "$1" >&2
  exit 1
}`;

/** Lets Git read what another user cloned. */
export const anyOwner = [
  variable('GIT_CONFIG_COUNT', '1'),
  variable('GIT_CONFIG_KEY_0', 'safe.directory'),
  variable('GIT_CONFIG_VALUE_0', '*'),
];

/** What a step may use that fetches, copies or pushes. */
export const usedByTools = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '1Gi' } } as const;

/** What a step may use that runs what the source brings, unless a builder says it. */
export const usedByBuilds: Resources = { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '4Gi' } };
