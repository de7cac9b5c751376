import { posix } from 'node:path';
import { expect } from '@jest/globals';
import type { HostPlugin } from '../../src/hosts/host.ts';
import { everyHost } from '../../src/hosts/hosts.ts';
import type { Workflow } from '../../src/hosts/workflow/workflow.ts';
import { contract } from '../support/contract.ts';

const workflow: Workflow = {
  file: 'deliver',
  name: 'Deliver',
  comment: 'Builds. Do not edit.',
  on: { push: { branches: ['main'] } },
  jobs: {
    build: {
      name: 'Build',
      permissions: { contents: 'read' },
      timeoutMinutes: 5,
      steps: [{ name: 'Say so', run: 'echo built' }],
    },
  },
};

/** A host that the tests make up. */
const madeUp: HostPlugin = {
  kind: 'git',
  title: 'Made Up',
  workflows: {
    folder: '.made-up',
    isGenerated: (name) => name.startsWith('portolan-'),
    path: ({ file }) => `.made-up/portolan-${file}.yaml`,
    render: ({ name }) => `name: ${name}\n`,
  },
  apiAddress: (server = 'https://made.up') => `${server.replace(/\/$/, '')}/api`,
  repositoryAt: (address) => {
    const [, owner = '', repository = ''] = /^https:\/\/made\.up\/([^/]+)\/([^/]+)$/.exec(address) ?? [];
    return owner === '' ? undefined : { owner, repository };
  },
  commentCharacters: 100_000,
  tokens: { start: 'mup-', whole: /\bmup-\w{20,}/ },
  pullRequestsNeed: 'set MADE_UP_TOKEN',
};

const { workflows: madeUpWorkflows } = madeUp;

contract<HostPlugin>('a host', {
  faces: everyHost,
  madeUp,
  promises: [
    {
      sentence: 'says what a pull request needs, in one sentence without a full stop',
      keep: ({ pullRequestsNeed }) => {
        expect(pullRequestsNeed).toMatch(/^[a-z].*[^.]$/);
      },
      broken: { ...madeUp, pullRequestsNeed: 'Set MADE_UP_TOKEN.' },
    },
    {
      sentence: 'puts a workflow where nobody else writes one, and the same text into it every time',
      keep: ({ workflows }) => {
        const texts = [workflow, workflow].map((one) => workflows?.render(one));

        expect(workflows === undefined || workflows.path(workflow).endsWith('/portolan-deliver.yaml')).toBe(true);
        expect(workflows === undefined || texts[0]?.includes('Deliver')).toBe(true);
        expect(texts[0]).toBe(texts[1]);
      },
      broken: {
        ...madeUp,
        workflows: { ...madeUpWorkflows!, path: ({ file }) => `.made-up/${file}.yaml` },
      },
    },
    {
      sentence: 'knows a workflow that it was given in its own folder, and takes nobody else’s for one',
      keep: ({ workflows }) => {
        const path = workflows?.path(workflow) ?? '';

        expect(posix.dirname(path)).toBe(workflows?.folder ?? '.');
        expect(workflows?.isGenerated(posix.basename(path)) ?? true).toBe(true);
        expect(workflows?.isGenerated('deliver.yaml') ?? false).toBe(false);
      },
      broken: { ...madeUp, workflows: { ...madeUpWorkflows!, isGenerated: () => true } },
    },
    {
      sentence: 'has one API for one server, however its address ends',
      keep: ({ apiAddress }) => {
        expect(apiAddress?.('https://git.acme.example/')).toBe(apiAddress?.('https://git.acme.example'));
      },
      broken: { ...madeUp, apiAddress: (server = 'https://made.up') => `${server}/api` },
    },
    {
      sentence: 'takes no repository of another server for one of its own',
      keep: ({ repositoryAt }) => {
        expect(repositoryAt?.('https://somebody.else/acme/shop-ops.git')).toBeUndefined();
        expect(repositoryAt?.('/srv/git/shop-ops.git')).toBeUndefined();
      },
      broken: { ...madeUp, repositoryAt: () => ({ owner: 'acme', repository: 'shop-ops' }) },
    },
    {
      sentence: 'leaves room for a comment where it takes any',
      keep: ({ commentCharacters }) => {
        expect(commentCharacters ?? 65_536).toBeGreaterThanOrEqual(20_000);
      },
      broken: { ...madeUp, commentCharacters: 280 },
    },
    {
      sentence: 'knows a whole token of its own by what one starts with, and no plain word',
      keep: ({ tokens }) => {
        if (tokens === undefined) return;
        const starts = tokens.start.split('|').map((start) => start.replace(/\[(.)[^\]]*\]/g, '$1'));

        expect(starts.filter((start) => !tokens.whole.test(start + 'A1b2'.repeat(10)))).toEqual([]);
        expect(new RegExp(tokens.start).test('an ordinary sentence about a token, a key and a password')).toBe(false);
      },
      broken: { ...madeUp, tokens: { start: 'token', whole: /\btoken\w{20,}/ } },
    },
  ],
});
