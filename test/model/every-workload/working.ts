import type { Service } from '../../../src/model/service.ts';
import { small } from './small.ts';

/** A service with something to do before each release, and something each night. */
export const working: Service = {
  ...small('catalogue', { env: { LOG_LEVEL: 'INFO' }, envFrom: ['catalogue-config'] }),
  configs: [{ name: 'catalogue-config', data: { PAGE_SIZE: '50' } }],
  jobs: [
    {
      name: 'catalogue-migration',
      when: { kind: 'beforeRelease' },
      command: ['catalogue', 'migrate'],
      deadlineSeconds: 300,
      retries: 1,
    },
    {
      name: 'catalogue-index',
      when: {
        kind: 'schedule',
        cron: '30 3 * * *',
        timeZone: 'Europe/Berlin',
        concurrency: 'Replace',
        startingDeadlineSeconds: 600,
        successfulHistory: 2,
        failedHistory: 3,
        suspended: true,
      },
      container: 'catalogue',
      args: ['index', '--all'],
      env: { LOG_LEVEL: 'WARNING' },
      resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      connects: [{ kind: 'internet', ports: [443], reason: 'asks the search engine' }],
      deadlineSeconds: 3600,
    },
  ],
};
