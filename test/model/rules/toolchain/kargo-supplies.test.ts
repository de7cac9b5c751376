import { describe, expect, test } from '@jest/globals';
import { kargoSupplies } from '../../../../src/model/rules/toolchain/kargo-supplies.ts';
import { movedByKargo, type KargoChange } from '../../../support/moved-by-kargo.ts';
import { told } from '../../../support/told.ts';

const found = (change: KargoChange): readonly string[] => told(kargoSupplies, movedByKargo(change));

describe('a supply that Kargo looks for', () => {
  test('passes where the registry answers as often, and where it tells of what is new', () => {
    expect(found({})).toEqual([]);
    expect(found({ supply: { discovery: { kind: 'registryPoll', intervalMinutes: 15 } } })).toEqual([]);
    expect(found({ supply: { discovery: { kind: 'registryWebhook', authentication: 'hook' } } })).toEqual([]);
  });

  test('fails where the workflow is to promote, and for looks that the registry does not answer', () => {
    expect(found({ supply: { discovery: { kind: 'sameJob' } } })).toContain(
      'supplies.images.discovery.kind: must be "registryPoll" or "registryWebhook": Kargo promotes what it finds in the registry, got "sameJob"',
    );
    // Two images on Docker Hub, half of a hundred requests in six hours.
    expect(found({ supply: { discovery: { kind: 'registryPoll', intervalMinutes: 14 } } })).toEqual([
      'supplies.images.discovery.intervalMinutes: asks more often than the registry answers for all that is looked for there; write 15 or more, or leave it out, got 14',
    ]);
    expect(found({ supply: { discovery: { kind: 'registryPoll', intervalMinutes: 0 } } })).toEqual([
      'supplies.images.discovery.intervalMinutes: must be a whole number, 1 or more, got 0',
    ]);
  });

  test('fails for a registry that tells nobody, and for versions that Kargo reads otherwise', () => {
    const delivery = movedByKargo({
      supply: { discovery: { kind: 'registryWebhook', authentication: 'hook' } },
      dev: { triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'webhook', authentication: 'hook' }] },
    });
    const [orders, payments] = delivery.artifacts;
    const artifacts = [
      { ...orders!, repository: 'registry.example/acme/orders' },
      { ...payments!, scheme: { kind: 'semver', prefix: 'release-', range: '>=1.0.0-0 <2' } } as const,
    ];

    expect(told(kargoSupplies, { ...delivery, artifacts })).toEqual([
      'supplies.images.discovery.kind: is not carried out yet for registry.example; write { kind: "registryPoll" }, got "registryWebhook"',
      'artifacts.payments.scheme.prefix: is not carried out yet where Kargo promotes, which knows "v" alone; write that, or leave it out, got "release-"',
      'artifacts.payments.scheme.range: must not name a version before a release, e.g. 1.0.0-0, which Kargo reads otherwise, got ">=1.0.0-0 <2"',
    ]);
    expect(
      told(kargoSupplies, { ...delivery, artifacts: [orders!, { ...payments!, scheme: { kind: 'gitSha' } }] }),
    ).toEqual([
      'artifacts.payments.scheme.kind: is not carried out yet where Kargo promotes; write "semver", got "gitSha"',
    ]);
  });
});
