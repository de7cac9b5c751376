import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { carriedOutWords } from '../../../../src/model/rules/carried-out/carried-out-words.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import type { Builder, Supply } from '../../../../src/model/supply.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const withSupply = (change: Partial<Supply>): Delivery => {
  const delivery = validDelivery();
  return { ...delivery, supplies: delivery.supplies.map((supply) => ({ ...supply, ...change })) };
};

const withProd = (change: Partial<Stage>): Delivery =>
  withStage(validDelivery(), 'prod', (stage) => ({ ...stage, ...change }));

describe('words that nothing carries out', () => {
  test('passes where something carries out every word', () => {
    expect(told(carriedOutWords, validDelivery())).toEqual([]);
  });

  test('passes a build that somebody else starts in a way of his own', () => {
    const elsewhere = withSupply({
      builder: { kind: 'external', by: 'Tekton' },
      triggers: [{ on: 'pullRequest', repository: 'shop' }],
    });

    expect(told(carriedOutWords, elsewhere)).toEqual([]);
  });

  test.each<readonly [Builder, string]>([
    [
      { kind: 'chartReleaser', chart: 'charts/shop' },
      'write { kind: "githubActions", images: […], charts: [{ artifact: "…", chart: "charts/…" }] }, which pushes to an OCI registry, got "chartReleaser"',
    ],
  ])('fails for the builder of %j', (builder, said) => {
    expect(told(carriedOutWords, withSupply({ builder }))).toEqual([
      `supplies.images.builder.kind: is not carried out yet; ${said}`,
    ]);
  });

  test('fails for a discovery and the triggers of a supply that nothing carries out, and for no other', () => {
    const wrong = withSupply({
      discovery: { kind: 'helmRepositoryPoll', intervalMinutes: 2 },
      triggers: [
        { on: 'gitTag', repository: 'shop', pattern: 'v*' },
        { on: 'artifactPublished', artifact: 'orders', by: 'poll', intervalMinutes: 5 },
        { on: 'upstreamHealthy', stages: ['dev'], by: 'poll' },
        { on: 'pullRequest', repository: 'shop' },
        { on: 'dispatch', repository: 'shop', event: 'base-image', authentication: 'sender' },
        { on: 'schedule', cron: '0 3 * * *' },
      ],
    });

    expect(told(carriedOutWords, wrong)).toEqual([
      'supplies.images.discovery.kind: is not carried out yet; write { kind: "sameJob" }, so that the workflow that builds promotes, got "helmRepositoryPoll"',
      'supplies.images.triggers[0].on: is not carried out yet; leave it out: the tag that the stage is started by builds where the stage takes from this supply, got "gitTag"',
      'supplies.images.triggers[1].on: is not carried out yet; write { on: "push" } with the branches of the source, got "artifactPublished"',
      'supplies.images.triggers[2].on: is not carried out yet; write { on: "push" } with the branches of the source, got "upstreamHealthy"',
    ]);
  });

  test('fails for triggers of a stage', () => {
    const wrong = withProd({
      triggers: [
        { on: 'upstreamHealthy', stages: ['dev'], by: 'poll' },
        { on: 'pullRequest', repository: 'shop' },
      ],
    });

    expect(told(carriedOutWords, wrong)).toEqual([
      'stages.prod.triggers[1].on: is not carried out yet; write { on: "push" } as the supply does, or { on: "manual" }, got "pullRequest"',
    ]);
  });

  test('fails for a locator, and for the source of an engine', () => {
    const wrong = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      write: { ...stage.write, locator: { kind: 'marker', file: 'a.yaml', marker: 'shop' } },
      engine: { ...stage.engine, kind: 'argocd', source: 'helm', selfHeal: true },
    }));

    expect(told(carriedOutWords, wrong)).toEqual([
      'stages.prod.write.locator.kind: is not carried out yet; write { kind: "tree" }, so that Portolan renders the branch, got "marker"',
      'stages.prod.engine.source: is not carried out yet; write "plain", so that the branch holds the objects themselves, got "helm"',
    ]);
  });

  test('fails for the source of an engine', () => {
    const wrong = withStage(validDelivery(), 'prod', (stage) => ({
      ...stage,
      engine: { kind: 'flux', source: 'helmRelease', prune: true, pollMinutes: 2 },
    }));

    expect(told(carriedOutWords, wrong)).toEqual([
      'stages.prod.engine.source: is not carried out yet; write "kustomization", so that the branch holds the objects themselves, got "helmRelease"',
    ]);
  });

  test('fails for what a repository holds', () => {
    const delivery = validDelivery();
    const [shop, ops] = delivery.repositories;
    if (shop === undefined || ops === undefined) throw new Error('the valid delivery has two of them');
    const wrong: Delivery = {
      ...delivery,
      repositories: [shop, { ...ops, holds: ['ops', 'config'] }],
    };

    expect(told(carriedOutWords, wrong)).toEqual([
      'repositories.shop-ops.holds[1]: is not carried out yet; write "ops", and let Portolan render what the repository holds, got "config"',
    ]);
  });
});
