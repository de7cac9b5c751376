import { describe, expect, test } from '@jest/globals';
import { timedStep as stepOf } from '../../../src/cli/words/timed-step.ts';
import type { OrderStep } from '../../../src/engines/order-step.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { engines } from '../../../src/engines/engines.ts';
import { live } from '../../support/fake-cluster.ts';

const timedStep = (step: OrderStep, watched: readonly KubernetesObject[]): string =>
  stepOf(step, watched, engines.argocd);

const application = (name: string, ...resources: readonly object[]) =>
  live('argoproj.io/v1alpha1', 'Application', name, 'argocd', { status: { resources } });
const deployment = { group: 'apps', kind: 'Deployment', name: 'orders' };
const job = (n: number) => ({ group: 'batch', kind: 'Job', name: `load-${n}` });
const step = {
  when: 'after',
  object: 'AppProject/shop',
  message: 'wait',
  prunes: { group: 'batch', kind: 'Job', then: 'the AppProject may stop allowing it' },
} as const;

describe('a step with its time', () => {
  test('comes now where it comes before the branch', () => {
    expect(timedStep({ when: 'before', object: 'AppProject/shop', message: 'allow it' }, [])).toBe('now: allow it');
  });

  test('waits while any Application tracks an object of the kind, and names five at most', () => {
    expect(timedStep(step, [application('a', deployment), application('b', deployment, job(1))])).toBe(
      'once it is pruned: wait; Argo CD still tracks Job/load-1',
    );
    expect(timedStep(step, [application('a', ...[1, 2, 3, 4, 5, 6, 7].map(job))])).toContain('Job/load-5 and 2 more');
  });

  test('has come once none does, and an object of another group with the same kind keeps nothing', () => {
    const come = 'now: Argo CD tracks nothing of Job.batch any more, and the AppProject may stop allowing it';

    expect(timedStep(step, [application('a', deployment)])).toBe(come);
    expect(timedStep(step, [application('a', { ...job(1), group: 'example.com' })])).toBe(come);
  });

  test('waits where nothing is known: no Application, one that was never compared, no kind to wait for', () => {
    const waits = 'once it is pruned: wait';

    expect(timedStep(step, [])).toBe(waits);
    expect(timedStep(step, [application('a', deployment), application('b')])).toBe(waits);
    expect(timedStep({ when: 'after', object: 'Application/a', message: 'wait' }, [application('a', deployment)])).toBe(
      waits,
    );
  });

  test('asks the engine what it looks after, and calls it by its name', () => {
    const engine = { title: 'Made Up', looksAfter: () => [{ group: 'batch', kind: 'Job', name: 'load' }] };
    const watched = [live('made.up/v1', 'Follow', 'a')];

    expect(stepOf(step, watched, engine)).toBe('once it is pruned: wait; Made Up still tracks Job/load');
  });
});
