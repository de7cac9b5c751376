import { describe, expect, test } from '@jest/globals';
import type { VersionScheme } from '../../../../src/model/artifact.ts';
import { orderOfTags } from '../../../../src/model/derived/flux-images/order-of-tags.ts';
import { carriedOutPromotions } from '../../../../src/model/rules/carried-out/carried-out-promotions.ts';
import { fluxImagesStages } from '../../../../src/model/rules/toolchain/flux-images-stages.ts';
import { fluxPush, movedByFlux, tagAt, timed, type FluxChange } from '../../../support/moved-by-flux.ts';
import { told } from '../../../support/told.ts';

const found = (change: FluxChange): readonly string[] => told(fluxImagesStages, movedByFlux(change));

/** What is said of a scheme, once. */
const ofScheme = (scheme: VersionScheme): readonly string[] =>
  found({ scheme }).filter((line) => line.startsWith('artifacts.orders'));

describe('image automation moves what it can', () => {
  test('passes for what is looked for in a registry, from a toolchain, in the order of a time', () => {
    expect(found({})).toEqual([]);
    expect(told(carriedOutPromotions, movedByFlux())).toEqual([]);
  });

  test('passes for a pause that no schedule keeps, and fails for one that is no whole number of minutes', () => {
    const every = (intervalMinutes: number): FluxChange => ({
      supply: { discovery: { kind: 'registryPoll', intervalMinutes } },
    });

    expect(told(carriedOutPromotions, movedByFlux(every(7)))).toEqual([]);
    expect(found(every(7))).toEqual([]);
    expect(found(every(0.5))).toEqual([
      'supplies.images.discovery.intervalMinutes: must be a whole number, 1 or more, got 0.5',
    ]);
  });

  test('fails for a counter, which begins anew, and says what to write', () => {
    expect(ofScheme({ kind: 'numeric', pattern: '^[a-f0-9]{40}-(?<run>[0-9]+)$', by: ['run'] })).toEqual([
      'artifacts.orders.scheme.by[0]: must always have as many digits, as a time has: a counter begins anew where its workflow is renamed, and Flux would keep the image of before; write e.g. { kind: "numeric", pattern: "^[0-9a-f]+-(?<time>\\\\d{14})$", by: ["time"] }, got "(?<run>[0-9]+)"',
    ]);
  });

  test('fails for a day, which two builds have, and for more digits than Flux compares', () => {
    const message =
      'artifacts.orders.scheme.by: must be a time to the second, of 10 to 15 digits together: of fewer, two builds would have the same, and of more Flux cannot tell the last; write e.g. { kind: "numeric", pattern: "^[0-9a-f]+-(?<time>\\\\d{14})$", by: ["time"] }, got ["time"]';

    expect(ofScheme({ kind: 'numeric', pattern: '^(?<time>\\d{8})$', by: ['time'] })).toEqual([message]);
    expect(ofScheme({ kind: 'numeric', pattern: '^(?<time>\\d{17})$', by: ['time'] })).toEqual([message]);
    expect(ofScheme({ kind: 'numeric', pattern: '^(?<time>[0-9]{10})$', by: ['time'] })).toEqual([]);
    expect(
      ofScheme({ kind: 'numeric', pattern: '^(?<date>\\d\\d\\d{6})\\.(?<time>\\d{6})$', by: ['date', 'time'] }),
    ).toEqual([]);
  });

  test('fails for commits, which have no order, for what Go cannot read, and for ranges that are read in two ways', () => {
    expect(ofScheme({ kind: 'gitSha' })).toEqual([
      'artifacts.orders.scheme.kind: has no order that a registry shows, and Flux knows no commits; write numbers into the tag that never begin anew, e.g. { kind: "numeric", pattern: "^[0-9a-f]+-(?<time>\\\\d{14})$", by: ["time"] }, got "gitSha"',
    ]);
    expect(ofScheme({ kind: 'numeric', pattern: '^(?!x)(?<time>\\d{14})$', by: ['time'] })).toEqual([
      'artifacts.orders.scheme.pattern: must do without look-around, references and classes by name, which Flux cannot read, got "^(?!x)(?<time>\\\\d{14})$"',
    ]);
    expect(ofScheme({ kind: 'semver', range: '>=1.0.0-0' })).toEqual([
      'artifacts.orders.scheme.range: must not name a version before a release, e.g. 1.0.0-0, which Flux reads otherwise, got ">=1.0.0-0"',
    ]);
    expect(ofScheme({ kind: 'semver', prefix: 'v', range: '>=1.0.0' })).toEqual([]);
  });

  test('fails for a build that tags with the commit alone', () => {
    const builder = { kind: 'githubActions', images: [{ artifact: 'orders', context: '.' }] } as const;

    expect(found({ supply: { builder } })).toEqual([
      'supplies.images.builder.kind: tags each image with its commit, in which Flux finds no such numbers; write the scheme { kind: "semver" }, or { kind: "external", by: "…" } for a build that writes the time into the tag, got "githubActions"',
    ]);
    expect(found({ supply: { builder }, scheme: { kind: 'semver' } })).toEqual([]);
  });

  test('fails for what no look finds, what starts nothing of it, and a gate', () => {
    expect(found({ supply: { discovery: { kind: 'sameJob' } } })).toEqual([
      'stages.dev.intake: must be of supplies with the discovery { kind: "registryPoll" }: Flux writes what it finds in the registry, got ["images"]',
    ]);
    expect(found({ dev: { triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }] } })).toEqual([
      'stages.dev.triggers: must hold { on: "artifactPublished", artifact: "…", by: "poll" }, as Flux looks, got ["push"]',
      'stages.dev.triggers[0].on: starts nothing of Flux; leave it out, or leave the promoter out, so that workflows run the program, got "push"',
    ]);
    expect(
      found({ dev: { gate: { kind: 'pullRequest', approvals: 1, approvers: ['maintainers'], checks: [] } } }),
    ).toEqual([
      'stages.dev.gate.kind: is not carried out yet where Flux writes, which opens no pull request; write { kind: "none" }, or leave the promoter out, got "pullRequest"',
    ]);
  });

  test('fails for a chart, which it does not look for', () => {
    const delivery = movedByFlux({ scheme: { kind: 'semver' } });
    const charts = delivery.artifacts.map((it) => (it.name === 'orders' ? { ...it, kind: 'chart' as const } : it));

    expect(told(fluxImagesStages, { ...delivery, artifacts: charts })).toEqual([
      'stages.dev.promoter.kind: is not carried out yet for charts, and orders is one; leave the promoter out, so that workflows and people move them, got "fluxImages"',
    ]);
  });

  test('fails for words of a stage that it does not know, and for a message with an expression of its own', () => {
    const { write } = movedByFlux().stages[0]!;

    expect(found({ dev: { rebuild: true, versions: { kind: 'semver' } } })).toEqual([
      'stages.dev.rebuild: is not carried out yet where Flux writes; leave it out, got true',
      'stages.dev.versions: is not carried out yet where Flux writes; leave it out, got {"kind":"semver"}',
    ]);
    expect(found({ dev: { write: { ...write, message: '{{ .Now }} {version}' } } })).toEqual([
      'stages.dev.write.message: must not hold "{{", which Flux takes for the beginning of an expression, got "{{ .Now }} {version}"',
    ]);
  });

  test('fails without a toolchain, and for Secrets that lie somewhere else', () => {
    const delivery = movedByFlux();
    const elsewhere = delivery.credentials.map((it) =>
      it.store.kind === 'kubernetes' ? { ...it, store: { ...it.store, namespace: 'elsewhere' } } : it,
    );
    const { toolchain: _, ...alone } = delivery.stages[0]!;

    expect(told(fluxImagesStages, { ...delivery, stages: [alone] })).toEqual([
      'stages.dev.toolchain: is not carried out yet without one; write the name of a toolchain, in which Flux looks for images',
    ]);
    expect(told(fluxImagesStages, { ...delivery, credentials: elsewhere })).toEqual([
      `stages.dev.write.credential: must be one that Flux finds, kept as { kind: "kubernetes", namespace: "shop-tools", … }, got "${fluxPush.name}"`,
      'supplies.images.discovery.login: must be one that Flux finds, as Docker keeps logins: { kind: "kubernetes", namespace: "shop-tools", secretName: "…", keys: [".dockerconfigjson"] }, got "flux-images"',
    ]);
  });
});

describe('the order of Flux', () => {
  test('takes exactly the tags that fit the scheme', () => {
    const takes = (scheme: VersionScheme, tag: string): boolean => {
      const order = orderOfTags('scheme', scheme);
      // Go and JavaScript differ in the sign of a named group alone.
      return !('problems' in order) && new RegExp(order.pattern.replaceAll('(?P<', '(?<')).test(tag);
    };
    const taken = (scheme: VersionScheme, tags: readonly string[]): readonly string[] =>
      tags.filter((tag) => takes(scheme, tag));

    expect(taken(timed, [tagAt(3), `x${tagAt(3)}`, `${tagAt(3)}0`, 'latest'])).toEqual([tagAt(3)]);
    expect(
      taken({ kind: 'semver', prefix: 'v', range: '>=1.0.0' }, ['v1.2.3', '1.2.3', 'v1.2', 'v01.2.3', 'v1.2.3-rc.1']),
    ).toEqual(['v1.2.3']);
    expect(taken({ kind: 'semver' }, ['1.2.3', '1.2.3-rc.1', '2026.01.05', 'v1.2.3'])).toEqual(['1.2.3', '1.2.3-rc.1']);
  });
});
