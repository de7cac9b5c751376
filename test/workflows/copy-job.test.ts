import { describe, expect, test } from '@jest/globals';
import { copyJob } from '../../src/workflows/copy-job.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { parse } from 'yaml';
import { builtByKpack } from '../support/built-by-kpack.ts';
import { gitIn } from '../support/git.ts';
import '../support/patience.ts';
import { withWantedCredentials } from '../systems/wanted-credentials.ts';
import { CopiedSource } from './support/copied-source.ts';

const delivery = builtByKpack();
const [source] = delivery.repositories;
const push = copyJob(delivery, source!, delivery.supplies[1]!).steps.at(-1)!;
const script = 'run' in push ? push.run : '';

describe('the job that copies what passed', () => {
  test('follows the checks, in a GitHub environment of its own, with a token for the copy alone', () => {
    const files = repositoryWorkflows(withWantedCredentials(delivery))['shop']!;
    const workflow = parse(files.get('.github/workflows/portolan-deliver-orders.yaml') ?? '') as {
      readonly on: unknown;
      readonly jobs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    };

    expect(workflow.on).toEqual({ push: { branches: ['main'] } });
    expect(Object.keys(workflow.jobs)).toEqual(['test', 'copy']);
    expect(workflow.jobs['copy']).toMatchObject({
      needs: ['test'],
      environment: 'copy',
      permissions: { contents: 'read' },
    });
    expect(JSON.stringify(workflow.jobs['copy'])).toContain('"repositories":"shop-release"');
  });

  test('keeps the history, moves on, and finds a commit there that a later run has pushed', () => {
    const at = new CopiedSource(script);
    const [first, second] = [at.commit('first'), at.commit('second')];

    expect(at.run(first).status).toBe(0);
    expect(gitIn(at.copy, 'rev-parse', 'release')).toBe(first);
    expect(at.run(second).status).toBe(0);
    expect(gitIn(at.copy, 'log', '--format=%s', 'release')).toBe('second\nfirst');

    const late = at.run(first);
    expect([late.status, late.stdout]).toEqual([0, `::notice::release has ${first} already\n`]);
    expect(gitIn(at.copy, 'rev-parse', 'release')).toBe(second);
  });

  test('fails where somebody else wrote the branch, and leaves it as it is', () => {
    const at = new CopiedSource(script);
    const commit = at.commit('ours');
    const strange = at.writtenByOthers();

    const { status, stdout } = at.run(commit);

    expect(status).toBe(1);
    expect(stdout).toContain(`release of ${at.copy} is at ${strange}, which is no commit before ${commit}`);
    expect(gitIn(at.copy, 'rev-parse', 'release')).toBe(strange);
  });

  test('has the token in no argument', () => {
    expect(script).not.toMatch(/https?:\/\//);
    expect(script.match(/\$TOKEN/g)).toHaveLength(1);
    expect(script).toContain('printf "username=x-access-token\\npassword=%s\\n" "$TOKEN"');
  });
});
