import type { HostPlugin } from '../host.ts';
import { apiAddress } from './addresses.ts';
import { renderWorkflow } from './render-workflow.ts';

/** GitHub, or an Enterprise server: workflows, rulesets, pull requests, Actions secrets. */
export const github = {
  kind: 'github',
  title: 'GitHub',
  workflows: { path: ({ file }) => `.github/workflows/portolan-${file}.yaml`, render: renderWorkflow },
  apiAddress,
  pullRequestsNeed: 'set GITHUB_TOKEN, and name an ops repository on GitHub',
} satisfies HostPlugin<'github'>;
