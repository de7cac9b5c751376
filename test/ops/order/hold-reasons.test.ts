import { expect, test } from '@jest/globals';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { unhold } from '../../../src/ops/hold/hold.ts';
import { gitIn } from '../../support/git.ts';
import { build, fakeRender, opsContext, program, recordOf, sourceCommit, programCommit } from '../support/fake-ops.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';

/** What a person does: promotes a release with a program, goes back to one of the states that were, or lets go. */
type Act =
  | { readonly what: 'promote'; readonly release: number; readonly program: number }
  | { readonly what: 'rollback'; readonly to: number }
  | { readonly what: 'unhold' };

const number = fc.integer({ min: 1, max: 4 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('promote' as const), release: number, program: number }) },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('rollback' as const), to: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.constant({ what: 'unhold' as const }) },
);

/** One state as people talk of it, e.g. `a00000000002 by 000000000001`. */
const runs = (bare: string): { readonly release: string; readonly program: string } => {
  const { applications, program: renderer } = recordOf(bare, 'dev');
  return {
    release: applications['shop']?.source?.commit.slice(0, 12) ?? '',
    program: renderer.commit?.slice(0, 12) ?? '',
  };
};

const by = (context: OpsContext, commit: number): OpsContext => ({
  ...context,
  program: program(commit),
  render: fakeRender({ level: `level-${commit}` }),
});

test('automation is refused only for what was rolled back and has not come back since, whatever people did before', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 2, maxLength: 5 }),
      number,
      number,
      async (acts, release, checkedOut) => {
        const context = await opsContext();
        const { bare } = context;
        await promote(by(context, 1), build(1));
        await promote(by(context, 2), build(2));
        const away: { readonly release: string; readonly program: string }[] = [];
        for (const one of acts) {
          const [before, tip] = [runs(bare), gitIn(bare, 'rev-parse', 'env/dev')];
          const states = gitIn(bare, 'log', '--format=%H', 'env/dev').split('\n');
          const doing = {
            promote: () =>
              one.what === 'promote'
                ? promote(by(context, one.program), build(one.release))
                : Promise.reject(new Error('no promotion')),
            rollback: () =>
              rollback(context, {
                environment: 'dev',
                ...(one.what === 'rollback' ? { to: states[one.to % states.length] ?? '' } : {}),
              }),
            unhold: () => unhold(context, { environment: 'dev' }),
          };
          await doing[one.what]().catch((error: unknown) => {
            if (!(error instanceof OpsError)) throw error;
          });
          if (gitIn(bare, 'rev-parse', 'env/dev') === tip) continue;
          if (one.what === 'rollback') {
            const now = runs(bare);
            const left = away.filter((it) => it.release !== now.release || it.program !== now.program);
            away.splice(0, away.length, ...left, before);
          } else away.splice(0);
        }

        const asked = { ...by(context, checkedOut), requester: { actor: 'ci', automatic: true } };
        const error = await promote(asked, build(release)).then(
          () => undefined,
          (thrown: unknown) => thrown as OpsError,
        );

        const held = error?.refusals.find(({ code }) => code === 'held')?.what.split('\n')[0];
        if (held === undefined) return;
        refused += 1;
        const [, fresh, bad] = /and (\w{12}) is not newer than (\w{12}), which was rolled back$/.exec(held) ?? [];
        const [, old] = /and this program is not newer than (\w{12}), which was rolled back$/.exec(held) ?? [];
        const now = runs(bare).release;
        if (old === undefined) {
          expect(away.map((it) => it.release)).toContain(bad);
          expect(fresh === bad && bad === now).toBe(false);
          expect(sourceCommit(release) <= `${bad ?? ''}${'0'.repeat(28)}`).toBe(true);
        } else {
          expect(away).toContainEqual({ release: now, program: old });
          expect(programCommit(checkedOut) <= `${old}${'0'.repeat(28)}`).toBe(true);
        }
      },
    ),
    { numRuns: 10 },
  );
  expect(refused).toBeGreaterThan(1);
});
