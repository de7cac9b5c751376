import { describe, expect, test } from '@jest/globals';
import type { HostPlugin } from '../../src/hosts/host.ts';
import { everyHost } from '../../src/hosts/hosts.ts';
import type { Workflow } from '../../src/hosts/workflow/workflow.ts';

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
  workflows: { path: ({ file }) => `.made-up/portolan-${file}.yaml`, render: ({ name }) => `name: ${name}\n` },
  apiAddress: (server = 'https://made.up') => `${server.replace(/\/$/, '')}/api`,
  pullRequestsNeed: 'set MADE_UP_TOKEN',
};

describe.each([...everyHost, madeUp].map((host) => [host.title, host] as const))('%s as a host', (_, host) => {
  test('says what a pull request needs, in one sentence without a full stop', () => {
    expect(host.pullRequestsNeed).toMatch(/^[a-z].*[^.]$/);
  });

  test('puts a workflow where nobody else writes one, and the same text into it every time', () => {
    const { workflows } = host;
    const texts = [workflow, workflow].map((one) => workflows?.render(one));

    expect(workflows === undefined || workflows.path(workflow).endsWith('/portolan-deliver.yaml')).toBe(true);
    expect(workflows === undefined || texts[0]?.includes('Deliver')).toBe(true);
    expect(texts[0]).toBe(texts[1]);
  });

  test('has one API for one server, however its address ends', () => {
    expect(host.apiAddress?.('https://git.acme.example/')).toBe(host.apiAddress?.('https://git.acme.example'));
  });
});
