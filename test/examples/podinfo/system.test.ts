import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { DeliveredSystem } from '../../systems/delivered-system.ts';
import { findings } from '../../systems/rendered-system.ts';
import { objectIn, places, podinfo } from './example.ts';

describe('the third system', () => {
  test('breaks no rule, no check finds anything, and its workflows lack no credential', () => {
    const delivery = podinfo();

    expect([...problemsOf(delivery), ...lackingCredentials(delivery)]).toEqual([]);
    expect(findings(delivery)).toEqual([]);
  });

  test('runs on five clusters, none of which it shares', () => {
    expect(new Set(podinfo().environments.map(({ cluster }) => cluster.name)).size).toBe(5);
  });

  test.each(places.slice(1))(
    'has Flux render the chart in %s, by its digest, with the message of the stage where the chart reads it',
    (place) => {
      const release = objectIn(place, 'HelmRelease/podinfo');

      expect(fieldAt(objectIn(place, 'OCIRepository/podinfo'), 'spec', 'ref', 'digest')).toMatch(
        /^sha256:[0-9a-f]{64}$/,
      );
      expect(fieldAt(release, 'spec', 'values', 'ui', 'message')).toContain('reetings from');
      expect(fieldAt(release, 'spec', 'test', 'enable')).toBe(true);
      expect(fieldAt(objectIn(place, 'Kustomization/podinfo-' + place), 'spec', 'wait')).toBe(true);
    },
  );

  test('answers the same paths in every environment, at path boundaries', () => {
    const rules = fieldAt(objectIn('dev', 'Ingress/podinfo'), 'spec', 'rules', 0, 'http', 'paths') as readonly object[];

    expect(rules).toMatchObject([
      { path: '/podinfo', pathType: 'Prefix' },
      { path: '/api', pathType: 'Prefix' },
    ]);
    for (const place of places.slice(1))
      expect(fieldAt(objectIn(place, 'HelmRelease/podinfo'), 'spec', 'values', 'ingress', 'hosts', 0, 'paths')).toEqual(
        [
          { path: '/podinfo', pathType: 'Prefix' },
          { path: '/api', pathType: 'Prefix' },
        ],
      );
  });

  test('moves a version of the chart through every stage, by pull requests from uat on, and takes it with its digest', async () => {
    const builds = { dev: { podinfo: '1.1.5' }, 'dev-test': { 'podinfo-chart': '1.1.5' } };
    const system = await DeliveredSystem.at(podinfo(), { builds });

    expect(await system.publishAll()).toEqual([
      'dev: created 1.1.4',
      'dev-test: created 1.1.4',
      'gated uat: proposed 1.1.4',
      'gated stg: proposed 1.1.4',
      'gated prod: proposed 1.1.4',
    ]);
    expect(await system.promoteThrough()).toEqual([
      'dev: updated a10000000000',
      'dev-test: updated a10000000000',
      'gated uat: proposed a10000000000',
      'gated stg: proposed a10000000000',
      'gated prod: proposed a10000000000',
    ]);
  });

  test('shows in its README the graph that is drawn of it', () => {
    expect(readFileSync('examples/podinfo/README.md', 'utf8')).toContain(
      `\`\`\`mermaid\n${renderMermaid(graphOf(podinfo())).trim()}\n\`\`\``,
    );
  });
});
