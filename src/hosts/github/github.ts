import type { HostPlugin } from '../host.ts';
import { apiAddress, commitAddress, repositoryAt } from './addresses.ts';
import { renderWorkflow } from './render-workflow.ts';

/** Folder that GitHub looks for workflows in. */
const folder = '.github/workflows';
/** With it a generated workflow's name begins, and no other's. */
const prefix = 'portolan-';

/** GitHub, or an Enterprise server: workflows, rulesets, pull requests, Actions secrets. */
export const github = {
  kind: 'github',
  title: 'GitHub',
  workflows: {
    folder,
    isGenerated: (name) => name.startsWith(prefix),
    path: ({ file }) => `${folder}/${prefix}${file}.yaml`,
    render: renderWorkflow,
  },
  apiAddress,
  // https://github.com/orgs/community/discussions/27190
  commentCharacters: 65_536,
  interceptor: 'github',
  tokens: {
    start: 'gh[opsur]_|github_pat_',
    whole: /\b(?:gh[opsur]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/,
  },
  repositoryAt,
  commitAddress,
  pullRequestsNeed: 'set GITHUB_TOKEN, and name an ops repository on GitHub',
} satisfies HostPlugin<'github'>;
