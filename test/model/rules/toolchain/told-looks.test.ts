import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { carriedOutPromotions } from '../../../../src/model/rules/carried-out/carried-out-promotions.ts';
import { toldLooks } from '../../../../src/model/rules/toolchain/told-looks.ts';
import type { Stage } from '../../../../src/model/stage.ts';
import {
  lookListener,
  lookPush,
  nodeImage,
  registryHook,
  toldByRegistry,
} from '../../../support/looked-for-in-cluster.ts';
import { told } from '../../../support/told.ts';

describe('a registry tells a CronJob to look', () => {
  const call = { on: 'artifactPublished', artifact: 'cat-service', by: 'webhook' } as const;
  const promoter = { kind: 'cronJob', image: nodeImage } as const;
  const calls = (change: Partial<Stage>): readonly string[] => told(toldLooks, toldByRegistry(change));
  const discovered = (discovery: Delivery['supplies'][number]['discovery']): readonly string[] =>
    told(toldLooks, {
      ...toldByRegistry(),
      supplies: toldByRegistry().supplies.map((it) => ({ ...it, discovery })),
    });

  test('passes for one listener, whose token the discovery of the supply has too', () => {
    expect(calls({})).toEqual([]);
    expect(told(carriedOutPromotions, toldByRegistry())).toEqual([]);
  });

  test('fails without a listener, and for one that is told by nobody', () => {
    expect(calls({ promoter })).toEqual([
      'stages.dev.promoter.listener: is needed where a registry tells of an image; write { address: "https://hooks.acme.example/look" }, or by: "poll" at the trigger',
    ]);
    expect(told(carriedOutPromotions, toldByRegistry({ promoter }))).toEqual([
      'supplies.cats.discovery.kind: is not carried out yet where neither Kargo nor a CronJob with a listener moves a stage that takes from the supply; write { kind: "registryPoll" }, got "registryWebhook"',
    ]);
    expect(calls({ triggers: [{ ...call, by: 'poll' }] })).toEqual([
      'stages.dev.promoter.listener: is told by nobody; write the trigger { on: "artifactPublished", artifact: "…", by: "webhook", authentication: "…" }, or leave it out, got "https://hooks.acme.example/look/dev"',
    ]);
  });

  test('fails where the supply says something else, and for tags that are left out already', () => {
    expect(discovered({ kind: 'registryPoll', login: 'look-read' })).toEqual([
      'stages.dev.triggers[0].by: must be as the discovery of the supply, which is "registryPoll"; write { kind: "registryWebhook", authentication: "…" } there, got "webhook"',
    ]);
    expect(discovered({ kind: 'registryWebhook', authentication: 'other-hook', exclude: ['latest'] })).toEqual([
      'stages.dev.triggers[0].authentication: must be other-hook, as supplies.cats.discovery has it: a listener knows one token, got "registry-hook"',
      'supplies.cats.discovery.exclude: is not carried out yet where a CronJob looks, which takes tags that fit the scheme alone; leave it out, got ["latest"]',
    ]);
  });

  test('fails for two tokens at one listener', () => {
    expect(
      calls({
        triggers: [
          { ...call, authentication: 'registry-hook' },
          { ...call, authentication: 'look-push' },
        ],
      }),
    ).toEqual([
      'stages.dev.triggers[1].authentication: must be registry-hook, as the first call has it: a listener knows one token, got "look-push"',
      'stages.dev.triggers[1].authentication: must be one that Tekton finds: { kind: "kubernetes", namespace: "cat-service-build", secretName: "…", keys: ["secret"] }, got "look-push"',
    ]);
  });

  test('fails for a token or a certificate that lies somewhere else', () => {
    const delivery = toldByRegistry({
      promoter: { ...promoter, listener: { ...lookListener, certificate: lookPush.name } },
    });
    const elsewhere = { ...registryHook, store: { ...registryHook.store, namespace: 'elsewhere' } } as const;
    const credentials = delivery.credentials.map((it) => (it.name === registryHook.name ? elsewhere : it));

    expect(told(toldLooks, { ...delivery, credentials })).toEqual([
      'stages.dev.triggers[0].authentication: must be one that Tekton finds: { kind: "kubernetes", namespace: "cat-service-build", secretName: "…", keys: ["secret"] }, got "registry-hook"',
      'stages.dev.promoter.listener.certificate: must be one that Tekton finds: { kind: "kubernetes", namespace: "cat-service-build", secretName: "…", keys: ["tls.crt","tls.key"] }, got "look-push"',
    ]);
  });
});
