import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { kargoStages } from '../../../../src/model/rules/toolchain/kargo-stages.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { movedByKargo, type KargoChange } from '../../../support/moved-by-kargo.ts';
import { told } from '../../../support/told.ts';

const found = (change: KargoChange): readonly string[] => told(kargoStages, movedByKargo(change));

describe('a stage that Kargo moves', () => {
  test('passes as Kargo carries it out, and no other rule finds anything', () => {
    expect(problemsOf(movedByKargo())).toEqual([]);
    expect(found({ prod: { promoter: { kind: 'kargo', soakMinutes: 10 } } })).toEqual([]);
  });

  test('fails for a pull request that nobody asks for', () => {
    expect(found({ prod: { triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'poll' }] } })).toEqual([
      'stages.prod.triggers: is not carried out yet where a pull request is the gate, for which a person says what is proposed; write [{ on: "manual" }], got ["upstreamHealthy"]',
    ]);
  });

  test('fails for a soak without a stage before, and for one of no minutes', () => {
    expect(found({ dev: { promoter: { kind: 'kargo', soakMinutes: 5 } } })).toEqual([
      'stages.dev.promoter.soakMinutes: is for a stage that takes from others; leave it out, got 5',
    ]);
    expect(found({ prod: { promoter: { kind: 'kargo', soakMinutes: 0.5 } } })).toEqual([
      'stages.prod.promoter.soakMinutes: must be a whole number, 1 or more, got 0.5',
    ]);
  });

  test('fails for an image of the job that notices a soak by tag alone, without a soak, and for two of them', () => {
    const digest = `registry.k8s.io/kubectl@sha256:${'1'.repeat(64)}`;
    const soaking = (soakImage: string, soakMinutes = 5) => ({ kind: 'kargo', soakMinutes, soakImage }) as const;

    expect(found({ prod: { promoter: soaking(digest) } })).toEqual([]);
    expect(found({ prod: { promoter: soaking('registry.k8s.io/kubectl:v1.34.1') } })).toEqual([
      'stages.prod.promoter.soakImage: must name an image of kubectl by its digest, e.g. "registry.k8s.io/kubectl@sha256:…", got "registry.k8s.io/kubectl:v1.34.1"',
    ]);
    expect(found({ prod: { promoter: { kind: 'kargo', soakImage: digest } } })).toEqual([
      `stages.prod.promoter.soakImage: is for a stage with soakMinutes; leave it out, got "${digest}"`,
    ]);
    const delivery = movedByKargo({ prod: { promoter: soaking(digest) } });
    const [, prod] = delivery.stages;
    const another = { ...prod!, name: 'late', promoter: soaking(digest.replace('1', '2')) };
    expect(told(kargoStages, { ...delivery, stages: [...delivery.stages, another] })).toContain(
      `stages.prod.promoter.soakImage: must be as at stages.late, because one job looks at the stages of a toolchain, got "${digest}"`,
    );
  });

  test('fails to take from a stage that somebody else moves', () => {
    expect(found({ dev: { promoter: { kind: 'githubActions' } } })).toContain(
      'stages.prod.intake: takes from a stage of which this Kargo knows nothing; write the same promoter and toolchain at stages.dev, got "dev"',
    );
  });

  test('fails for an event of health, and for another look than that of the supply', () => {
    const triggers = [{ on: 'artifactPublished', artifact: 'orders', by: 'poll', intervalMinutes: 30 }] as const;

    expect(found({ dev: { triggers } })).toEqual([
      'stages.dev.triggers[0].intervalMinutes: is said by the discovery of the supply; leave it out here, got 30',
    ]);
    expect(found({ dev: { triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'webhook' }] } })).toEqual([
      'stages.dev.triggers[0].by: must be as the discovery of the supply, which is "registryPoll"; write { kind: "registryWebhook" } there, got "webhook"',
    ]);
    expect(
      found({
        prod: {
          gate: { kind: 'none', accepted: 'nobody minds' },
          triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'event', authentication: 'hook' }],
        },
      }),
    ).toEqual([
      'stages.prod.triggers[0].by: is not carried out yet where Kargo promotes, which looks itself; write "poll", got "event"',
    ]);
  });

  test('fails for Flux, a tag as a gate, a build of its own, other versions, and text that Kargo would fill in', () => {
    const { write } = movedByKargo().stages[0]!;

    expect(
      found({
        dev: {
          engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 },
          gate: { kind: 'humanTag', pattern: 'v*', taggers: ['releasers'] },
          rebuild: true,
          versions: { kind: 'gitSha' },
          write: { ...write, message: 'Shop ${{ vars.token }}' },
        },
      }),
    ).toEqual([
      'stages.dev.triggers: is not carried out yet where a pull request is the gate, for which a person says what is proposed; write [{ on: "manual" }], got ["artifactPublished"]',
      'stages.dev.gate.kind: is not carried out yet where Kargo promotes; write { kind: "pullRequest" }, got "humanTag"',
      'stages.dev.engine.kind: is not carried out yet where Kargo promotes, which asks Argo CD whether a release is healthy; write "argocd", got "flux"',
      'stages.dev.rebuild: is not carried out yet where Kargo promotes; leave it out, got true',
      'stages.dev.versions: is not carried out yet where Kargo promotes; leave it out, got {"kind":"gitSha"}',
      'stages.dev.write.message: must not hold "${{" or "${%", which Kargo takes for an expression, got "Shop ${{ vars.token }}"',
    ]);
  });

  test('fails for a credential that Kargo does not find, and for a toolchain in another cluster', () => {
    const delivery = movedByKargo();
    const [place] = delivery.toolchains!;
    const elsewhere: Delivery = {
      ...delivery,
      toolchains: [{ ...place!, cluster: { ...place!.cluster, name: 'elsewhere' } }],
      stages: delivery.stages.map((stage) => ({ ...stage, write: { ...stage.write, credential: 'promotion' } })),
    };

    expect(found({ dev: { toolchain: 'elsewhere' } })).toEqual([
      'stages.prod.intake: takes from a stage of which this Kargo knows nothing; write the same promoter and toolchain at stages.dev, got "dev"',
    ]);
    expect(told(kargoStages, elsewhere).filter((line) => line.startsWith('stages.dev'))).toEqual([
      'stages.dev.write.credential: must be one that Kargo finds, kept as { kind: "kubernetes", namespace: "shop-tools", … }, got "promotion"',
      `stages.dev.toolchain: is in another cluster than dev, whose Argo CD Kargo must ask; name a toolchain in ${delivery.environments[0]!.cluster.name}, got "tools"`,
    ]);
  });
});
