import { describe, expect, test } from '@jest/globals';
import { serviceSheets } from '../../src/page/now/service-sheet.ts';
import { pageOf } from '../../src/page/page-of.ts';
import type { EnvironmentState, UnitLive } from '../../src/page/page-state.ts';
import { podinfo } from '../examples/podinfo/example.ts';
import { page, state, unit } from './made-up-page.ts';

const published = (name: string, live: UnitLive) => ({
  ...unit(name, [state('publish', '2026-01-05T10:00:00Z', 'v1')]),
  live,
});

describe('what runs now', () => {
  test('is not asked of clusters is said once where none was, and of each where one was', () => {
    const notAsked = { notAsked: 'not asked' };
    const none = pageOf(page([published('dev', notAsked), published('prod', notAsked)]), '');
    const some = pageOf(
      page([published('dev', notAsked), published('prod', { applications: [], pending: ['the namespace'] })]),
      '',
    );

    expect(none).toContain('What runs in the clusters: not asked.');
    expect(none).not.toContain('<dt>Live</dt>');
    expect(some).not.toContain('What runs in the clusters');
    expect(some.match(/<dt>Live<\/dt>/g)).toHaveLength(2);
  });

  test.each([
    [{ cpu: '0.4', memory: '1Gi' }, 'Requests 0.4 CPU and 1Gi.'],
    [
      { cpu: '0.4', memory: '1Gi', of: { cpu: '4', memory: '8Gi' }, besides: 'charts' },
      'Requests 0.4 CPU and 1Gi of the 4 CPU and 8Gi of the cluster, and what its charts request.',
    ],
    [{ cpu: '0', memory: '0', besides: 'charts' }, 'Requests what its charts request, which is not known here.'],
  ] satisfies readonly (readonly [EnvironmentState['capacity'], string])[])(
    'requests what is known, and says what is not: %j',
    (capacity, words) => {
      const made = page([unit('dev', [])]);

      expect(pageOf({ ...made, environments: made.environments.map((it) => ({ ...it, capacity })) }, '')).toContain(
        `<p class="quiet">${words}</p>`,
      );
    },
  );

  test('requests nothing where nothing of its own runs, and then nothing is said', () => {
    const made = page([unit('tools', [])]);
    const environments = made.environments.map((it) => ({ ...it, capacity: { cpu: '0', memory: '0' } }));

    expect(pageOf({ ...made, environments }, '')).not.toContain('Requests');
  });

  test('has a chart beside the services, with who renders it and what it may make', () => {
    const [, chart] = podinfo().environments;

    expect(serviceSheets(chart!)).toEqual([
      {
        application: 'podinfo',
        name: 'podinfo',
        facts: [
          { name: 'Chart', values: ['podinfo-chart of the release'] },
          { name: 'Rendered', values: ['by the engine, in the cluster'] },
          { name: 'May make', values: ['Deployment.apps', 'Service', 'Ingress.networking.k8s.io'] },
        ],
      },
    ]);
  });
});
