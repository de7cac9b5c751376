import type { CommandEntry } from './command.ts';

/** Every command, in the order of `portolan --help`. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'write a new repository that delivers a small system; never overwrites',
    startsAnywhere: true,
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'start',
    summary: 'check, render and publish every environment to the local ops repository',
    load: () => import('./commands/start.ts'),
  },
  { name: 'synth', summary: 'render every environment to dist/', load: () => import('./commands/synth.ts') },
  { name: 'check', summary: 'run every rule and check; writes nothing', load: () => import('./commands/check.ts') },
  { name: 'diff', summary: 'what would change, object by object', load: () => import('./commands/diff.ts') },
  {
    name: 'publish',
    summary: 'render the current release onto its environment branch',
    load: () => import('./commands/publish.ts'),
  },
  {
    name: 'promote',
    summary: 'move a release into an environment, from a build or from another environment',
    load: () => import('./commands/promote.ts'),
  },
  {
    name: 'rollback',
    summary: 'bring an earlier state back, and keep automation from undoing it',
    load: () => import('./commands/rollback.ts'),
  },
  { name: 'hold', summary: 'keep automation from an environment', load: () => import('./commands/holds/hold.ts') },
  { name: 'unhold', summary: 'let automation touch it again', load: () => import('./commands/holds/unhold.ts') },
  { name: 'history', summary: 'who deployed what, when, and why', load: () => import('./commands/history.ts') },
  {
    name: 'status',
    summary: 'where every environment stands: release, lag, holds, edits, health',
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'verify',
    summary: 'whether the branch is what this program renders',
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'wait',
    summary: 'wait until the cluster runs the tip of the branch, Synced and Healthy',
    load: () => import('./commands/wait.ts'),
  },
  {
    name: 'doctor',
    summary: 'what the cluster still lacks for an environment',
    load: () => import('./commands/doctor.ts'),
  },
  { name: 'graph', summary: 'the topology as a picture', load: () => import('./commands/pictures/graph.ts') },
  {
    name: 'page',
    summary: 'one HTML file that shows what runs where, and how it came there',
    load: () => import('./commands/pictures/page.ts'),
  },
  {
    name: 'workflows',
    summary: 'whether the committed workflows are the generated ones',
    load: () => import('./commands/workflows.ts'),
  },
  {
    name: 'schemas',
    summary: 'add what your own custom resources look like',
    load: () => import('./commands/schemas/add.ts'),
  },
];
