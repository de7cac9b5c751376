import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { cronOf, evenMinutes } from '../../src/model/derived/looks/looked-for.ts';
import { problemsOf } from '../../src/model/validation/validate.ts';
import { describeProblem } from '../../src/model/problem.ts';
import type { Supply, Trigger } from '../../src/model/supply.ts';
import { discoverWorkflows } from '../../src/workflows/discover-workflow.ts';
import { builtByKpack } from '../support/built-by-kpack.ts';
import { withStage } from '../support/valid-delivery.ts';
import { withWantedCredentials } from '../systems/wanted-credentials.ts';
import '../support/patience.ts';

const published: Trigger = { on: 'artifactPublished', artifact: 'orders', by: 'poll' };

/** What kpack builds is looked for at times. */
const looked = (
  discovery: Supply['discovery'] = { kind: 'registryPoll' },
  triggers: readonly Trigger[] = [published],
): Delivery => withStage(builtByKpack({ discovery }), 'dev', (stage) => ({ ...stage, triggers }));

const workflowsOf = (delivery: Delivery) => {
  const whole = withWantedCredentials(delivery);
  return whole.stages.flatMap((stage) => discoverWorkflows(whole, whole.repositories[0]!, stage));
};

describe('the workflow that looks for what was published', () => {
  test('runs at times and by hand, one at a time, with the stage’s key, and no rule finds anything', () => {
    const [workflow, ...others] = workflowsOf(looked());
    const job = workflow?.jobs['promote-dev'];

    expect(others).toEqual([]);
    expect(problemsOf(looked()).map(describeProblem)).toEqual([]);
    expect(workflow).toMatchObject({
      file: 'discover-dev',
      on: { schedule: [{ cron: '*/5 * * * *' }], workflow_dispatch: {} },
      oneAtATime: 'portolan-discover-dev',
    });
    expect(job).toMatchObject({ environment: 'dev', permissions: { contents: 'read' } });
    const last = job !== undefined && 'steps' in job ? job.steps.at(-1) : undefined;
    expect(last).toMatchObject({
      run: 'npx --no-install portolan promote dev --ops "$OPS_REPOSITORY" \\\n  --source ../source \\\n  --newest',
    });
    expect(JSON.stringify(last)).not.toContain('SOURCE_COMMIT');
  });

  test('logs in to a registry that not everybody may read, with an account in its own environment that reads', () => {
    const delivery = looked({ kind: 'registryPoll', login: 'look' });
    const look: Credential = {
      name: 'look',
      purpose: 'registryRead',
      holder: 'the workflow that looks',
      store: { kind: 'githubActions', repository: 'shop', environment: 'dev', keys: ['LOOK_USERNAME', 'LOOK_TOKEN'] },
      scope: 'read on acme/orders',
    };
    const whole = { ...delivery, credentials: [...delivery.credentials, look] };
    const job = workflowsOf(whole)[0]?.jobs['promote-dev'];
    const steps = job !== undefined && 'steps' in job ? job.steps : [];

    expect(problemsOf(whole).map(describeProblem)).toEqual([]);
    expect(steps.find(({ name }) => name === 'Log in to the registry')).toMatchObject({
      with: { username: '${{ vars.LOOK_USERNAME }}', password: '${{ secrets.LOOK_TOKEN }}' },
    });
    expect(job?.permissions).toEqual({ contents: 'read' });
  });

  test('is not there where a person looks', () => {
    expect(workflowsOf(looked({ kind: 'registryPoll' }, [{ on: 'manual' }]))).toEqual([]);
  });

  test.each(evenMinutes)('looks every %i minutes, as a cron expression says it', (minutes) => {
    const [, every = '', hours = ''] = /^(\S+) (\S+) \* \* \*$/.exec(cronOf(minutes)) ?? [];
    const looks = (field: string, of: number): number =>
      field === '*' ? of : field.startsWith('*/') ? of / Number(field.slice(2)) : 1;

    expect(looks(every, 60) * looks(hours, 24)).toBe(1440 / minutes);
  });
});
