import { describe, expect, test } from '@jest/globals';
import { startsUnder, type Happening } from './happening.ts';
import { readWorkflow } from './read-workflow.ts';

const started = (on: string, happening: Partial<Happening>): readonly string[] => {
  const { on: read } = readWorkflow('test.yaml', `name: Test\non: ${on}\njobs: {}\n`);
  return startsUnder(read, 'test.yaml', { repository: 'acme/shop', actor: 'ann', ...happening } as Happening);
};
const push = (ref: string, ...files: readonly string[]): Partial<Happening> => ({ on: 'push', ref, files });
const pull = (change: object): Partial<Happening> => ({
  on: 'pull_request',
  action: 'opened',
  base: 'main',
  files: ['src/a.ts'],
  ...change,
});

describe('what starts a workflow', () => {
  test('a filter of branches leaves tags out, one of tags branches, and files are not asked of tags', () => {
    const both = '{ push: { branches: [main], tags: ["v*"], paths: ["src/**"] } }';

    expect(started('{ push: { branches: [main] } }', push('refs/heads/main', 'a'))).toEqual(['push']);
    expect(started('{ push: { branches: [main] } }', push('refs/tags/main', 'a'))).toEqual([]);
    expect(started('{ push: { tags: ["v*"] } }', push('refs/tags/v1', 'a'))).toEqual(['push']);
    expect(started('{ push: { tags: ["v*"] } }', push('refs/heads/v1', 'a'))).toEqual([]);
    expect(started(both, push('refs/heads/main', 'docs/a.md'))).toEqual([]);
    expect(started(both, push('refs/heads/main', 'docs/a.md', 'src/a.ts'))).toEqual(['push']);
    expect(started(both, push('refs/tags/v1', 'docs/a.md'))).toEqual(['push']);
    expect(started('{ push: { branches: ["**", "!wip/**"] } }', push('refs/heads/wip/a', 'a'))).toEqual([]);
  });

  test('a pull request starts by its base, its files and what was done to it, under one trigger or two', () => {
    const two = '{ pull_request: { branches: [main] }, pull_request_target: { branches: [main], types: [edited] } }';

    expect(started(two, pull({}))).toEqual(['pull_request']);
    expect(started(two, pull({ action: 'edited' }))).toEqual(['pull_request_target']);
    expect(started(two, pull({ base: 'env/staging' }))).toEqual([]);
    expect(started('{ pull_request: { paths: ["docs/**"] } }', pull({}))).toEqual([]);
  });

  test('a run by hand, an event from outside and a time start what names them', () => {
    const all =
      '{ workflow_dispatch: { inputs: { tag: { required: true } } }, repository_dispatch: { types: [built] }, schedule: [{ cron: "0 3 * * *" }] }';

    expect(started(all, { on: 'workflow_dispatch', workflow: 'test.yaml' })).toEqual(['workflow_dispatch']);
    expect(started(all, { on: 'workflow_dispatch', workflow: 'other.yaml' })).toEqual([]);
    expect(started(all, { on: 'repository_dispatch', type: 'built' })).toEqual(['repository_dispatch']);
    expect(started(all, { on: 'repository_dispatch', type: 'other' })).toEqual([]);
    expect(started(all, { on: 'schedule', cron: '0 3 * * *' })).toEqual(['schedule']);
    expect(started(all, { on: 'schedule', cron: '0 4 * * *' })).toEqual([]);
  });

  test('fails on whatever it would not play', () => {
    expect(() => started('{ issues: {} }', push('refs/heads/main'))).toThrow('issues');
    expect(() => readWorkflow('a.yaml', 'name: A\non: {}\njobs: { a: { steps: [{ name: B }] } }\n')).toThrow('uses');
    expect(() => readWorkflow('a.yaml', 'name: A\non: {}\njobs: { a: { strategy: {}, steps: [] } }\n')).toThrow(
      'strategy',
    );
    expect(() => readWorkflow('a.yaml', 'name: A\non: {}\njobs: { a: { needs: [b], steps: [] } }\n')).toThrow('b');
  });
});
