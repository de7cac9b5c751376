import { expect } from '@jest/globals';
import { stringify } from 'yaml';
import { writeImageReference } from '../../../src/model/release.ts';
import type { RenderedObject } from '../../../src/objects/rendered-object.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext, OpsStep } from '../../../src/ops/ops-context.ts';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import type { Written } from '../../../src/ops/written/written.ts';
import fc from '../../support/properties.ts';
import { build, fakeRender, program, sourceCommit } from './fake-ops.ts';

/** One run of a command in a schedule. */
export interface Act {
  /** @default - the environment's only one */
  readonly application?: string;
  readonly what: 'promote' | 'publish' | 'rollback' | 'hold' | 'unhold';
  /** Number of the release, for a promotion. */
  readonly release: number;
  /** Number of the program that is checked out. */
  readonly program: number;
  readonly automatic: boolean;
  /** Milliseconds before it starts, and that its rendering takes: who meets whom. */
  readonly starts: number;
  readonly renders: number;
  /** Step at which it dies. */
  readonly dies: OpsStep['name'] | undefined;
  /** Seconds by which its clock is wrong. */
  readonly clock: number;
}

/** Any act on the only application of `dev`. */
export const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom('promote', 'promote', 'promote', 'publish', 'publish', 'rollback', 'hold', 'unhold'),
  release: fc.integer({ min: 1, max: 6 }),
  program: fc.integer({ min: 1, max: 3 }),
  automatic: fc.boolean(),
  starts: fc.nat(60),
  renders: fc.nat(20),
  dies: fc.option(fc.constantFrom('read', 'render', 'write', 'land', 'landed'), { nil: undefined, freq: 6 }),
  clock: fc.integer({ min: -100_000, max: 100_000 }),
});

/** Ends that are not failures of this program: it did it, had no need to, or said why not. */
export const HONEST: ReadonlySet<string> = new Set([
  'created',
  'updated',
  'unchanged',
  'superseded',
  'held',
  'older-program',
  'no-branch',
  'not-found',
  'died',
]);

class Died extends Error {}

/**
 * Runs a command of a schedule, and says how it ended.
 *
 * @param renderOf - what the program of a number renders @default - five small objects
 */
export async function play(
  context: OpsContext,
  { what, dies, application, ...it }: Act,
  renderOf: (program: number) => OpsContext['render'] = (number) => fakeRender({ level: `level-${number}` }),
): Promise<string> {
  await new Promise((done) => setTimeout(done, it.starts));
  const render = renderOf(it.program);
  const dev = { environment: 'dev', ...(application === undefined ? {} : { application }) };
  const own: OpsContext = {
    ...context,
    program: program(it.program),
    requester: { actor: it.automatic ? 'ci' : 'alice', automatic: it.automatic },
    clock: () => new Date(Date.UTC(2026, 0, 31) + it.clock * 1000),
    render: async (...args) => {
      await new Promise((done) => setTimeout(done, it.renders));
      return render(...args);
    },
    onStep: ({ name }) => {
      if (name === dies) throw new Died();
    },
  };
  const doing: Readonly<Record<Act['what'], () => Promise<Written>>> = {
    promote: () => promote(own, application === undefined ? build(it.release) : buildOf(application, it.release)),
    publish: () => publish(own, dev),
    rollback: () => rollback(own, dev),
    hold: () => hold(own, { ...dev, reason: `hold ${it.release}` }),
    unhold: () => unhold(own, dev),
  };
  return doing[what]().then(
    ({ outcome }) => outcome,
    (error: unknown) => (error instanceof Died ? 'died' : error instanceof OpsError ? error.code : String(error)),
  );
}

const tagOf = ({ applications }: Pick<ReleaseRecord, 'applications'>): string =>
  Object.values(Object.values(applications)[0]?.images ?? {})[0]?.tag ?? '';

/** What may follow what on a branch. */
export function expectLawful(before: ReleaseRecord, after: ReleaseRecord): void {
  const { change } = after;
  if (change.kind === 'rollback') {
    expect(after.holds.length).toBeGreaterThan(0);
    return;
  }
  expect(tagOf(after) >= tagOf(before)).toBe(true);
  expect((after.program.commit ?? '') >= (before.program.commit ?? '')).toBe(true);
  if (change.kind === 'publish') expect([before.holds, tagOf(after)]).toEqual([[], tagOf(before)]);
  if (change.kind !== 'promote') return;
  expect(after.holds).toEqual([]);
  if (change.automatic === true) {
    for (const held of before.holds) {
      expect(held.kind).toBe('rollback');
      if (held.kind === 'rollback') expect(tagOf(after) > tagOf(held.of)).toBe(true);
    }
  } else if (before.holds.length > 0) expect(tagOf(after) > tagOf(before)).toBe(true);
}

/** Options that promote a build of that commit to one of several applications of `dev`. */
export const buildOf = (application: string, number: number): PromoteOptions => {
  const image = application === 'shop' ? 'orders' : 'payments';
  const images = { [image]: `acme/${image}:${sourceCommit(number)}` };
  return { environment: 'dev', application, source: { kind: 'build', images } };
};

/** What a program of that number renders of applications that move apart: a Deployment and a ConfigMap of each. */
export const smallRender =
  (number: number): OpsContext['render'] =>
  ({ environment, application, folder }, release) => {
    const named = (
      kind: string,
      path: string,
      apiVersion: string,
      more: object,
      artifacts?: object,
    ): RenderedObject => ({
      path: `${folder}/${path}`,
      construct: `${environment}/${application ?? 'Bootstrap'}/${kind}`,
      object: { apiVersion, kind, metadata: { name: `${environment}-${application ?? ''}` }, ...more },
      ...(artifacts === undefined ? {} : { artifacts: artifacts as Readonly<Record<string, string>> }),
    });
    const level = { data: { LOG_LEVEL: `level-${number}` } };
    const images = Object.entries(release.images);
    const objects =
      application === undefined
        ? [named('Namespace', '10-namespace.yaml', 'v1', {})]
        : [
            named('ConfigMap', 'configmap.yaml', 'v1', level),
            named(
              'Deployment',
              'deployment.yaml',
              'apps/v1',
              { spec: { containers: images.map(([name, image]) => ({ name, image: writeImageReference(image) })) } },
              Object.fromEntries(images.map(([name]) => [name, name])),
            ),
          ];
    return { environment, objects, files: new Map(objects.map(({ path, object }) => [path, stringify(object)])) };
  };
