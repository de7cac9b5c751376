import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { startedByHealth } from '../../../../src/model/rules/carried-out/started-by-health.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import { movedByKargo } from '../../../support/moved-by-kargo.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const byHealth = (change: Partial<Stage> = {}): Delivery =>
  withStage(validDelivery(), 'prod', ({ versions: _, ...stage }) => ({
    ...stage,
    triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'poll' }],
    ...change,
  }));

describe('a stage that health starts', () => {
  test('passes with a gate that asks people and without one, and where Kargo moves it', () => {
    expect(told(startedByHealth, byHealth())).toEqual([]);
    expect(told(startedByHealth, byHealth({ gate: { kind: 'none' } }))).toEqual([]);
    expect(
      told(
        startedByHealth,
        movedByKargo({ prod: { triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'poll' }] } }),
      ),
    ).toEqual([]);
  });

  test('fails for what nobody is there to do', () => {
    const delivery = byHealth({
      gate: { kind: 'humanTag', pattern: 'v*', taggers: ['releasers'] },
      rebuild: true,
      versions: { kind: 'semver', prefix: 'v' },
    });

    expect(told(startedByHealth, delivery)).toEqual([
      'stages.prod.gate.kind: waits for a tag, and health brings none; write { kind: "pullRequest" }, or start it with { on: "gitTag" }, got "humanTag"',
      'stages.prod.rebuild: is for what a tag starts: what is healthy moves as it is; leave it out, got true',
      'stages.prod.versions: is not carried out yet where health starts a stage, because nobody gives the release a version then; leave it out, or start it with { on: "gitTag" }, got "semver"',
    ]);
  });

  test('fails for fewer stages than it takes from, and where no workflow runs', () => {
    const delivery = byHealth({
      intake: { from: 'stages', stages: ['dev', 'test'] },
      triggers: [{ on: 'manual' }, { on: 'upstreamHealthy', stages: ['dev'], by: 'event', authentication: 'hook' }],
    });
    const elsewhere = delivery.repositories.map((it) => ({
      ...it,
      url: it.url.replace('github.com', 'git.acme.example'),
    }));

    expect(told(startedByHealth, { ...delivery, repositories: elsewhere })).toEqual([
      'stages.prod.triggers[1].on: is not carried out yet where no repository on github.com holds the program, whose workflow would look; write { on: "manual" }, got "upstreamHealthy"',
    ]);
    expect(told(startedByHealth, delivery)).toEqual([
      'stages.prod.triggers[1].stages: must name every stage that this one takes from: ["dev","test"], got ["dev"]',
    ]);
  });
});
