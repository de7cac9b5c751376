import { describe, expect, test } from '@jest/globals';
import { jobs } from '../../../../src/model/rules/pods/jobs.ts';
import { connections } from '../../../../src/model/rules/reference/connections.ts';
import { podCredentials } from '../../../../src/model/rules/reference/pod-credentials.ts';
import { texts } from '../../../../src/model/rules/reference/texts.ts';
import { quantities } from '../../../../src/model/rules/workload/quantities.ts';
import { uniqueNames } from '../../../../src/model/rules/workload/unique-names.ts';
import { requestsOf } from '../../../../src/model/rules/workload/capacity.ts';
import { host, text } from '../../../../src/model/formats/text.ts';
import { connectsTo, type ServiceJob } from '../../../../src/model/service.ts';
import type { Rule } from '../../../../src/model/validation/rules.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withApplication } from '../../../support/valid-delivery.ts';
import { working } from '../../every-workload/working.ts';

const at = 'environments.dev.applications.shop.services.catalogue.jobs.migrate';

const migrate: ServiceJob = {
  name: 'migrate',
  when: { kind: 'beforeRelease' },
  command: ['migrate'],
  deadlineSeconds: 60,
};

const withJobs = (...own: readonly ServiceJob[]) =>
  withApplication(validDelivery(), 'dev', (shop) => ({
    ...shop,
    services: [...shop.services, { ...working, jobs: own }],
  }));
const problems = (changes: Partial<ServiceJob>, rule: Rule = jobs): readonly string[] =>
  told(rule, withJobs({ ...migrate, ...changes }));
const at5 = (changes: object): ServiceJob['when'] => ({ kind: 'schedule', cron: '0 5 * * *', ...changes });

describe('a job is a container of its service with something to do that ends', () => {
  test('passes for one before a release, and for one on a schedule', () => {
    expect(told(jobs, withJobs(...(working.jobs ?? [])))).toEqual([]);
  });

  test('fails for a container that the service has not, and for one with nothing else to do', () => {
    const { command: _, ...idle } = migrate;

    expect(problems({ container: 'web' })).toEqual([
      `${at}.container: must name a container of the service; write "catalogue", got "web"`,
    ]);
    expect(told(jobs, withJobs(idle))).toEqual([`${at}: must say a command or args: what the service runs never ends`]);
  });

  test('fails for numbers that are none, and for times that never come', () => {
    const when = at5({ cron: '0 0 30 2 *', timeZone: 'Local', startingDeadlineSeconds: 5, failedHistory: -1 });

    expect(problems({ deadlineSeconds: 0, retries: 0.5, when })).toEqual([
      `${at}.deadlineSeconds: must be a whole number, 1 or more, got 0`,
      `${at}.retries: must be a whole number, 0 or more, got 0.5`,
      `${at}.when.cron: never fires; choose a day that the month has, got "0 0 30 2 *"`,
      `${at}.when.timeZone: must be the name of a time zone, e.g. "Europe/Berlin", got "Local"`,
      `${at}.when.startingDeadlineSeconds: must be a whole number, 10 or more, got 5`,
      `${at}.when.failedHistory: must be a whole number, 0 or more, got -1`,
    ]);
    expect(problems({ when: at5({ timeZone: 'Europe/Berlinn' }) })).toHaveLength(1);
  });
});

describe('what a job says itself is held by the rules of services', () => {
  test('fails for a name of another, a port that nobody has, a credential that nobody declared and a limit below its request', () => {
    const resources = { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Mi' } };

    expect(problems({ name: 'orders' }, uniqueNames)[0]).toBe(
      'environments.dev.applications.shop.services and databases: holds this name twice; give each its own, got "orders"',
    );
    expect(problems({ connects: [connectsTo('orders', 'grpc')] }, connections)).toEqual([
      `${at}.connects[0]: orders has no port of this name; write "http", got "grpc"`,
    ]);
    expect(problems({ env: { KEY: { kind: 'secret', credential: 'none', key: 'a' } } }, podCredentials)).toHaveLength(
      1,
    );
    expect(problems({ resources }, quantities)).toEqual([
      `${at}.resources.limits.memory: must not be below the request of 1Gi, got "1Mi"`,
    ]);
  });

  test('may reach what its service does where it says nothing, and else what it says', () => {
    const env = { ORDERS: text`http://${host('orders')}` };
    const orders = [connectsTo('orders', 'http')];
    const reaching = withApplication(withJobs({ ...migrate, env }), 'dev', (shop) => ({
      ...shop,
      services: shop.services.map((it) => (it.name === 'catalogue' ? { ...it, connects: orders } : it)),
    }));

    expect(told(texts, reaching)).toEqual([]);
    expect(problems({ env, connects: orders }, texts)).toEqual([]);
    expect(problems({ env, connects: [] }, texts)).toEqual([
      `${at}.env.ORDERS: mentions orders, which migrate may not reach; write connectsTo('orders', 'http') under connects`,
    ]);
  });

  test('counts for what the environment requests', () => {
    const [without, withOne] = [withJobs(), withJobs(migrate)].map(({ environments }) => requestsOf(environments[0]!));

    expect(withOne!.cpu - without!.cpu).toBeCloseTo(0.05);
  });
});
