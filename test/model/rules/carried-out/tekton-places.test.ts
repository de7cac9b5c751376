import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { tektonPlaces } from '../../../../src/model/rules/carried-out/tekton-places.ts';
import { builtByTekton, everyWordOfTekton, tektonBuilder } from '../../../support/built-by-tekton.ts';
import { told } from '../../../support/told.ts';

const found = (...change: Parameters<typeof builtByTekton>): readonly string[] =>
  told(tektonPlaces, builtByTekton(...change));

/** The same with other credentials. */
const kept = (change: (credential: Delivery['credentials'][number]) => Delivery['credentials'][number]): Delivery => {
  const delivery = builtByTekton();
  return { ...delivery, credentials: delivery.credentials.map(change) };
};

describe('where Tekton builds', () => {
  test('passes in a toolchain that lets Kaniko be root, with Secrets beside each other', () => {
    expect(found()).toEqual([]);
    expect(told(tektonPlaces, everyWordOfTekton())).toEqual([]);
  });

  test('fails without a toolchain, and in one that lets nobody be root', () => {
    const delivery = builtByTekton();
    const strict = (delivery.toolchains ?? []).map(({ podSecurity: _, ...toolchain }) => toolchain);

    expect(told(tektonPlaces, { ...delivery, toolchains: strict })).toEqual([
      'toolchains.tools.podSecurity: must let Kaniko be root of its own container; write { level: "baseline", reason: "Kaniko unpacks base images as root" }',
    ]);
    const nowhere = delivery.supplies.map(({ toolchain: _, ...supply }) => supply);
    expect(told(tektonPlaces, { ...delivery, supplies: nowhere })).toEqual([
      'supplies.orders.toolchain: is not carried out yet without one; write the name of a toolchain, in which Tekton builds',
    ]);
  });

  test('fails for a disk without a size, and for runs of which none is kept', () => {
    expect(found({}, { workspace: { size: 'much' }, keptRuns: 0 })).toEqual([
      'supplies.orders.builder.workspace.size: must be a size of a disk, e.g. "2Gi", got "much"',
      'supplies.orders.builder.keptRuns: must be a whole number, 1 or more, got 0',
    ]);
  });

  test('fails for Secrets elsewhere, and for those that hold something else', () => {
    const elsewhere = kept((it) =>
      it.name === 'github-hook' && it.store.kind === 'kubernetes'
        ? { ...it, store: { ...it.store, namespace: 'shop-tools' } }
        : it,
    );
    const other = kept((it) =>
      it.name === 'tekton-read' && it.store.kind === 'kubernetes'
        ? { ...it, store: { ...it.store, keys: ['token'] } }
        : it,
    );
    const one = 'must be one that Tekton finds: { kind: "kubernetes", namespace: "shop-builds", secretName: "…", keys:';

    expect(told(tektonPlaces, elsewhere)).toEqual([
      `supplies.orders.triggers[0].authentication: ${one} ["secret"] }, got "github-hook"`,
    ]);
    expect(told(tektonPlaces, other)).toEqual([
      `supplies.orders.builder.readsWith: ${one} ["ssh-privatekey"] }, got "tekton-read"`,
    ]);
  });

  test('fails for a private source without a key', () => {
    const { readsWith: _, ...builder } = tektonBuilder();
    const delivery = builtByTekton();

    expect(told(tektonPlaces, { ...delivery, supplies: [{ ...delivery.supplies[1]!, builder }] })).toEqual([
      'supplies.orders.builder.readsWith: must name a deploy key of shop, which not everybody may read; or write visibility: "public" there',
    ]);
  });
});
