import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { kpackSupplies } from '../../../../src/model/rules/carried-out/kpack-supplies.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { builtByKpack, kpackBuilder, kpackPush, kpackRead } from '../../../support/built-by-kpack.ts';
import { told } from '../../../support/told.ts';

const found = (...change: Parameters<typeof builtByKpack>): readonly string[] =>
  told(kpackSupplies, builtByKpack(...change));

/** Looked at by kpack itself, without a workflow before it. */
function looked(triggers: Delivery['supplies'][number]['triggers']): Delivery {
  const delivery = builtByKpack({ checks: [], triggers });
  return { ...delivery, supplies: delivery.supplies.map(({ copiesTo: _, ...supply }) => supply) };
}

describe('what kpack builds', () => {
  test('passes as kpack carries it out', () => {
    expect(found()).toEqual([]);
    const poll = looked([{ on: 'push', repository: 'shop', branches: ['main'], by: 'poll' }]);
    expect(told(kpackSupplies, poll)).toEqual([]);
  });

  test('fails for base images and buildpacks by a tag, and for none', () => {
    const tagged =
      'must name an image by its digest, e.g. "paketobuildpacks/run-jammy-base@sha256:…": a tag is another image tomorrow';

    expect(
      found(
        {},
        {
          stack: { id: ' ', build: 'paketobuildpacks/build:base', run: 'paketobuildpacks/run' },
          store: ['gcr.io/paketo-buildpacks/java:9'],
          order: [],
          cache: { size: 'much' },
        },
      ),
    ).toEqual([
      'supplies.orders.builder.stack.id: must be the id of the stack, e.g. "io.buildpacks.stacks.jammy", got " "',
      `supplies.orders.builder.stack.build: ${tagged}, got "paketobuildpacks/build:base"`,
      `supplies.orders.builder.stack.run: ${tagged}, got "paketobuildpacks/run"`,
      `supplies.orders.builder.store[0]: ${tagged}, got "gcr.io/paketo-buildpacks/java:9"`,
      'supplies.orders.builder.order: must name at least one, or nothing is built, got []',
      'supplies.orders.builder.cache.size: must be a size of a disk, e.g. "2Gi", got "much"',
    ]);
  });

  test('fails for several artifacts, for versions that kpack does not make, and for a builder in place of the image', () => {
    const delivery = builtByKpack({ artifacts: ['orders', 'payments'] }, { builderRepository: 'acme/orders' });
    const artifacts = delivery.artifacts.map((it) => ({ ...it, scheme: { kind: 'gitSha' } as const }));

    expect(told(kpackSupplies, { ...delivery, artifacts })).toEqual([
      'supplies.orders.artifacts: is not carried out yet for several artifacts, because kpack makes one image of a source; write a supply for each, got ["orders","payments"]',
      'artifacts.orders.scheme: does not fit b10.20210711.080000, as kpack calls its builds; write { kind: "numeric", pattern: "^b(?<build>\\\\d+)\\\\.(?<date>\\\\d{8})\\\\.(?<time>\\\\d{6})$", by: ["date", "time", "build"] }, got "gitSha"',
      'supplies.orders.builder.builderRepository: must be a repository of its own, without a tag, e.g. "ghcr.io/acme/builder", got "acme/orders"',
    ]);
  });

  test('fails without a toolchain', () => {
    const delivery = builtByKpack();
    const supplies = delivery.supplies.map(({ toolchain: _, ...supply }) => supply);

    expect(told(kpackSupplies, { ...delivery, supplies })).toEqual([
      'supplies.orders.toolchain: is not carried out yet without one; write the name of a toolchain, in which kpack builds',
    ]);
  });

  test('fails for half a minute', () => {
    expect(found({}, { pollMinutes: 0.5 })).toEqual([
      'supplies.orders.builder.pollMinutes: must be a whole number, 1 or more, got 0.5',
    ]);
  });

  test('fails for what kpack does not look at: several branches, files, a workflow, a pull request', () => {
    const one =
      'must be one push to one branch, whatever changes: kpack builds each commit of one branch that it looks at';

    expect(
      told(kpackSupplies, looked([{ on: 'push', repository: 'shop', branches: ['main', 'next'], by: 'poll' }])),
    ).toEqual([`supplies.orders.triggers: ${one}, got ["main","next"]`]);
    expect(
      told(kpackSupplies, looked([{ on: 'push', repository: 'shop', branches: ['main'], paths: ['a/**'] }])),
    ).toEqual([
      `supplies.orders.triggers: ${one}, got ["main"]`,
      'supplies.orders.triggers[0].by: must be "poll": kpack looks at the branch itself; or write copiesTo, where a workflow tests first, got "workflow"',
    ]);
    expect(found({ triggers: [{ on: 'pullRequest', repository: 'shop' }] })).toEqual([
      'supplies.orders.triggers[0].on: is not carried out yet where kpack builds, which looks at one branch; leave it out, got "pullRequest"',
    ]);
  });

  test('fails for credentials that kpack does not find, and without one where not everybody may read', () => {
    const delivery = builtByKpack();
    const elsewhere = [
      { ...kpackPush, store: { ...kpackPush.store, keys: ['password'] } },
      { ...kpackRead, store: { ...kpackRead.store, namespace: 'shop-tools' } },
    ];
    const credentials = delivery.credentials.map((it) => elsewhere.find(({ name }) => name === it.name) ?? it);
    const { readsWith: _, ...keyless } = kpackBuilder();

    expect(told(kpackSupplies, { ...delivery, credentials })).toEqual([
      'supplies.orders.builder.pushesWith: must be one that kpack finds: { kind: "kubernetes", namespace: "shop-tools", secretName: "…", keys: [".dockerconfigjson"] }, got "kpack-push"',
      'supplies.orders.builder.readsWith: must lie beside kpack-push, in the namespace shop-builds, got "kpack-read"',
    ]);
    expect(found({ builder: keyless })).toEqual([
      'supplies.orders.builder.readsWith: must name a deploy key of shop-release, which not everybody may read; or write visibility: "public" there',
    ]);
  });

  test('fails for a credential that is not there, or for another purpose', () => {
    expect(problemsOf(builtByKpack({}, { pushesWith: 'kpack-psh', readsWith: 'copy-push' }))).toMatchObject([
      { path: 'supplies.orders.builder.pushesWith', given: 'kpack-psh' },
      { path: 'supplies.orders.builder.readsWith', given: 'gitPush' },
      { path: 'supplies.orders.builder.readsWith', given: 'copy-push' },
    ]);
  });
});
