import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { courseReferences } from '../../../../src/model/rules/reference/course-references.ts';
import { withToolchains } from '../../../../src/model/derived/places/toolchains.ts';
import { withTools } from '../../../support/with-toolchain.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('whatever the course mentions is declared', () => {
  test('passes for a valid delivery', () => {
    expect(told(courseReferences, validDelivery())).toEqual([]);
  });

  test('fails for a stage in an unknown environment', () => {
    expect(
      told(
        courseReferences,
        withStage(validDelivery(), 'prod', (stage) => ({ ...stage, environment: 'prd' })),
      ),
    ).toEqual(['stages.prod.environment: there is no environment of this name; write "prod", got "prd"']);
  });

  test('fails for a stage that delivers to a toolchain, which has no release', () => {
    expect(
      told(
        courseReferences,
        withStage(withToolchains(withTools()), 'dev', (stage) => ({
          ...stage,
          environment: 'tools',
          application: 'tools',
        })),
      ),
    ).toContain('stages.dev.environment: there is no environment of this name; write "dev" or "prod", got "tools"');
  });

  test('fails for everything that a stage may mistype', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      application: 'shops',
      intake: { from: 'stages', stages: ['dve'] },
      gate: { kind: 'pullRequest', approvals: 1, approvers: ['release-people'], checks: [] },
      write: { ...stage.write, repository: 'ops', credential: 'promote' },
      emergency: ['alcie'],
      triggers: [
        { on: 'upstreamHealthy', stages: ['dve'], by: 'event', authentication: 'hook' },
        { on: 'gitTag', repository: 'shopp', pattern: 'v*' },
        { on: 'artifactPublished', artifact: 'order', by: 'poll', intervalMinutes: 5 },
      ],
    }));

    expect(told(courseReferences, delivery)).toEqual([
      'stages.prod.triggers[0].stages[0]: there is no stage of this name; write "dev", got "dve"',
      'stages.prod.triggers[1].repository: there is no repository of this name; write "shop", got "shopp"',
      'stages.prod.triggers[2].artifact: there is no artifact of this name; write "orders", got "order"',
      'stages.prod.application: there is no application in prod of this name; write "shop", got "shops"',
      'stages.prod.intake.stages[0]: there is no stage of this name; write "dev", got "dve"',
      'stages.prod.gate.approvers[0]: there is no actor of this name; write "releasers", "alice" or "promoter", got "release-people"',
      'stages.prod.write.repository: there is no repository of this name; write "shop" or "shop-ops", got "ops"',
      'stages.prod.write.credential: there is no credential of the delivery of this name; write "promotion" or "registry", got "promote"',
      'stages.prod.emergency[0]: there is no actor of this name; write "alice", got "alcie"',
    ]);
  });

  test('fails for everything that a supply, an artifact, a repository or an exception may mistype', () => {
    const valid = validDelivery();
    const delivery: Delivery = {
      ...valid,
      repositories: valid.repositories
        .map((repository) => ({
          ...repository,
          protection: { approvals: 1, checks: [], bypass: ['bob'] },
          tags: { pattern: 'v*', creators: ['bob'] },
        }))
        .slice(0, 1),
      artifacts: [
        ...valid.artifacts,
        {
          name: 'chart',
          kind: 'chart',
          repository: 'https://charts.example.com',
          scheme: { kind: 'semver' },
          pins: 'order',
        },
      ],
      supplies: [
        {
          name: 'images',
          artifacts: ['orders', 'refunds'],
          source: 'shops',
          builder: { kind: 'githubActions', images: [{ artifact: 'payments', context: '.' }] },
          checks: [],
          triggers: [{ on: 'pullRequest', repository: 'shops' }],
          discovery: { kind: 'registryWebhook', authentication: 'hook' },
          copiesTo: { repository: 'shop-release', branch: 'main' },
        },
        {
          name: 'nothing',
          artifacts: [],
          source: 'shop',
          builder: { kind: 'external', by: 'somebody' },
          checks: [],
          triggers: [],
          discovery: { kind: 'sameJob' },
        },
      ],
      stages: [],
      exceptions: [{ check: 'probes', object: 'Deployment/dev-orders', environment: 'test', reason: 'it is a test' }],
    };

    expect(told(courseReferences, delivery)).toEqual([
      'repositories.shop.protection.bypass[0]: there is no actor of this name; write "releasers", "alice" or "promoter", got "bob"',
      'repositories.shop.tags.creators[0]: there is no actor of this name; write "releasers", "alice" or "promoter", got "bob"',
      'artifacts.chart.pins: there is no artifact of this name; write "orders", got "order"',
      'supplies.images.artifacts[1]: there is no artifact of this name; write "orders", "payments" or "chart", got "refunds"',
      'supplies.images.source: there is no repository of this name; write "shop", got "shops"',
      'supplies.images.builder.images[0].artifact: there is no artifact of this supply of this name; write "orders" or "refunds", got "payments"',
      'supplies.images.copiesTo.repository: there is no repository of this name; write "shop", got "shop-release"',
      'supplies.images.discovery.authentication: there is no credential of the delivery of this name; write "promotion" or "registry", got "hook"',
      'supplies.nothing.artifacts: must name at least one artifact, got []',
      'supplies.images.triggers[0].repository: there is no repository of this name; write "shop", got "shops"',
      'exceptions[0].environment: there is no environment of this name; write "dev" or "prod", got "test"',
    ]);
  });

  test('fails for a certificate of a listener that is not declared', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      promoter: { kind: 'cronJob', image: 'node', listener: { address: 'https://a.example', certificate: 'hooks' } },
    }));

    expect(told(courseReferences, delivery)).toEqual([
      'stages.prod.promoter.listener.certificate: there is no credential of the delivery of this name; write "promotion" or "registry", got "hooks"',
    ]);
  });

  test('fails for a tag of people who are not declared', () => {
    const delivery = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      gate: { kind: 'humanTag', pattern: 'v*', taggers: ['releaser'] },
    }));

    expect(told(courseReferences, delivery)).toEqual([
      'stages.prod.gate.taggers[0]: there is no actor of this name; write "releasers", got "releaser"',
    ]);
  });
});
