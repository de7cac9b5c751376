import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { allActionsEnvironments } from '../../../src/model/derived/actions-environments.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../../src/workflows/workflows-of.ts';
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

  test('answers all of its host in every environment, as podinfo itself does: an Ingress rewrites nothing', () => {
    const rules = fieldAt(objectIn('dev', 'Ingress/podinfo'), 'spec', 'rules', 0, 'http', 'paths') as readonly object[];

    expect(rules).toMatchObject([{ path: '/', pathType: 'Prefix' }]);
    for (const place of places.slice(1))
      expect(fieldAt(objectIn(place, 'HelmRelease/podinfo'), 'spec', 'values', 'ingress', 'hosts', 0, 'paths')).toEqual(
        [{ path: '/', pathType: 'Prefix' }],
      );
  });

  test('has dev follow each push to any branch, by a workflow of the default branch: no key is where another branch runs', () => {
    const delivery = podinfo();
    const workflows = repositoryWorkflows(delivery)['podinfo'] ?? new Map<string, string>();
    const look = workflows.get('.github/workflows/portolan-discover-dev.yaml') ?? '';

    expect([...workflows.keys()].sort()).toEqual(
      ['deliver-releases', 'discover-dev', 'try-releases'].map((name) => `.github/workflows/portolan-${name}.yaml`),
    );
    expect(look).toContain('environment: dev\n');
    expect(look).toMatch(/portolan promote dev [^]* --newest/);
    // The workflow that builds them is podinfo's own, and gets nothing but the token of its run.
    const open = allActionsEnvironments(delivery).filter(({ repository }) => repository.name === 'podinfo');
    expect(open.map(({ environment, branches, tags }) => [environment, branches, tags])).toEqual([
      ['build', ['main'], []],
      ['dev', ['main'], []],
      ['dev-test', ['main'], []],
    ]);
  });

  test('moves a version of the chart through every stage, by pull requests from uat on, and takes it with its digest', async () => {
    const builds = {
      dev: { 'podinfo-snapshot': `${'a'.repeat(40)}-20260922093000` },
      'dev-test': { 'podinfo-chart': '1.1.5' },
    };
    const system = await DeliveredSystem.at(podinfo(), { builds });

    expect(await system.publishAll()).toEqual([
      'dev: created 9c1d7be03586a1c94e20d5b7f8036e9a12cd4f2a-20260921093000',
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
