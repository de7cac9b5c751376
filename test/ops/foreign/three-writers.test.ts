import { describe, expect, test } from '@jest/globals';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { releasedUnits, unitNameOf, type Unit } from '../../../src/model/derived/units.ts';
import { editsOf } from '../../../src/ops/branch/find-edits.ts';
import { readBranch, type OwnBranch } from '../../../src/ops/branch/branch-state.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { OpsError } from '../../../src/ops/ops-error.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { wholeRelease } from '../../../src/ops/release/release-record.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import type { Written } from '../../../src/ops/written/written.ts';
import { gitIn } from '../../support/git.ts';
import { severalApplications } from '../../support/several-applications.ts';
import { buildOf } from '../support/schedule.ts';
import { isLinear } from '../support/branch-invariants.ts';
import { opsContext, program, sourceCommit } from '../support/fake-ops.ts';
import {
  called,
  chartRender,
  madeUpPromoter,
  movedTo,
  person,
  promoter,
  pushFiles,
  type Writer,
} from '../support/made-up-promoter.ts';
import fc from '../../support/properties.ts';
import '../../support/patience.ts';

const names = ['shop', 'bank'] as const;
const several = severalApplications(names);
const delivery: Delivery = {
  ...several,
  stages: several.stages.map(({ emergency: _, ...stage }) => ({
    ...stage,
    intake: { from: 'supply', supplies: ['images'] },
    gate: { kind: 'none', accepted: 'a test' },
    write: { ...stage.write, mode: 'commit' },
  })),
};
const units = ['dev', 'qa', 'prod'].flatMap((place) => releasedUnits(delivery, environmentOf(delivery, place)));
const artifactOf = ({ application }: Pick<Unit, 'application'>): string =>
  application === 'shop' ? 'orders' : 'payments';

/** What really happened to a unit. */
interface Truth {
  /** Oldest first: commit, who, and the tag that ran from then on. */
  readonly states: { readonly commit: string; readonly kind: string; readonly by: string; readonly tag: string }[];
  /** What somebody edited by hand and nobody undid: path → who. */
  edits: ReadonlyMap<string, string>;
  /** The edits that each state came with. */
  readonly editsAt: Map<string, ReadonlyMap<string, string>>;
}

const acts = [
  'move',
  'move',
  'move',
  'moveAndMore',
  'promote',
  'promote',
  'publish',
  'rollback',
  'hold',
  'unhold',
  'byHand',
  'half',
  'note',
  'unnote',
  'lie',
  'takeBack',
  'discard',
  'discard',
] as const;

interface Act {
  readonly unit: number;
  readonly what: (typeof acts)[number];
  readonly program: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  unit: fc.nat(units.length - 1),
  what: fc.constantFrom(...acts),
  program: fc.integer({ min: 1, max: 3 }),
});

/** Plays acts one after another, and keeps book of what really happened. */
class Play {
  private number = 10;
  readonly truths: Map<string, Truth>;

  constructor(private readonly context: OpsContext & { readonly bare: string }) {
    this.truths = new Map(units.map(({ branch }) => [branch, { states: [], edits: new Map(), editsAt: new Map() }]));
  }

  truthOf({ branch }: Pick<Unit, 'branch'>): Truth {
    return this.truths.get(branch)!;
  }

  async start(): Promise<void> {
    for (const place of ['dev', 'qa', 'prod']) await publish(this.context, { environment: place });
    for (const unit of units) {
      const { commit } = await publish(this.context, unitNameOf(unit));
      this.came(unit, commit, 'publish', 'alice', '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd');
    }
  }

  private came(unit: Unit, commit: string, kind: string, by: string, tag: string): void {
    const truth = this.truthOf(unit);
    truth.states.push({ commit, kind, by, tag });
    truth.editsAt.set(commit, truth.edits);
  }

  private tagOf(unit: Unit): string {
    return this.truthOf(unit).states.at(-1)!.tag;
  }

  /** A promoter or a person moves all fields, or those of some files. */
  private async moves(unit: Unit, by: Writer, where?: RegExp, more = ''): Promise<void> {
    const truth = this.truthOf(unit);
    const tag = sourceCommit((this.number += 1));
    const deployment = `${unit.folder}/deployment.yaml`;
    const commit = await pushFiles(this.context.bare, unit.branch, by, (files) => {
      const moved = new Map(movedTo(files, artifactOf(unit), tag, where));
      return more === '' ? moved : moved.set(deployment, `${moved.get(deployment) ?? ''}${more}`);
    });
    if (where !== undefined) {
      const [path] = [`${unit.folder}/values.yaml`];
      truth.edits = new Map([...truth.edits, [path, called(by)]]);
      return;
    }
    // A move of every field leaves none that says something else.
    truth.edits = new Map([...truth.edits].filter(([path]) => !path.endsWith('values.yaml')));
    if (more !== '') truth.edits = new Map([...truth.edits, [deployment, called(by)]]);
    this.came(unit, commit, 'moved', called(by), tag);
  }

  /** The program does something: it lands, and nothing that it did not undo is lost, or it says why not. */
  private async does(
    unit: Unit,
    kind: string,
    doing: () => Promise<Written>,
    after: (written: Written) => string,
    keepsEdits: boolean,
  ): Promise<void> {
    const truth = this.truthOf(unit);
    const tip = gitIn(this.context.bare, 'rev-parse', unit.branch);
    try {
      const written = await doing();
      if (written.outcome !== 'updated') {
        expect(['unchanged', 'superseded']).toContain(written.outcome);
        expect(gitIn(this.context.bare, 'rev-parse', unit.branch)).toBe(tip);
        return;
      }
      expect(written.previous).toBe(tip);
      // Whoever overwrites edits was told to, and says which.
      if (!keepsEdits) {
        expect(written.discarded.map(({ path }) => path)).toEqual([...truth.edits.keys()].sort());
        truth.edits = new Map();
      }
      this.came(unit, written.commit, kind, 'alice', after(written));
    } catch (error) {
      if (!(error instanceof OpsError)) throw error;
      expect(gitIn(this.context.bare, 'rev-parse', unit.branch)).toBe(tip);
      expect(['edited', 'held', 'older-program', 'not-found']).toContain(error.code);
      for (const [path, by] of error.code === 'edited' ? truth.edits : []) {
        const said = error.message.split('\n').find((line) => line.trim().startsWith(path));
        // An edit that the new files make too is none.
        if (said !== undefined) expect(said).toContain(`by ${by}`);
      }
    }
  }

  async play({ unit: at, what, program: number }: Act): Promise<void> {
    const unit = units[at]!;
    const truth = this.truthOf(unit);
    const named = unitNameOf(unit);
    const own = { ...this.context, program: program(number), render: chartRender(number) };
    const discardEdits = what === 'discard';
    const deployment = `${unit.folder}/deployment.yaml`;
    switch (what) {
      case 'move':
        return this.moves(unit, promoter);
      case 'moveAndMore':
        return this.moves(unit, promoter, undefined, '# more\n');
      case 'byHand':
        return this.moves(unit, person);
      case 'half':
        return this.moves(unit, person, /values/);
      case 'note':
      case 'unnote': {
        const isNoted = truth.edits.has(deployment);
        if (isNoted === (what === 'note')) return;
        await pushFiles(this.context.bare, unit.branch, person, (files) => {
          const text = files.get(deployment) ?? '';
          return new Map([[deployment, isNoted ? text.replaceAll(/# (?:more|note)\n/g, '') : `${text}# note\n`]]);
        });
        truth.edits = isNoted
          ? new Map([...truth.edits].filter(([path]) => path !== deployment))
          : new Map([...truth.edits, [deployment, called(person)]]);
        return;
      }
      case 'lie':
      case 'takeBack': {
        if (truth.edits.has('release.yaml') === (what === 'lie')) return;
        await pushFiles(this.context.bare, unit.branch, person, (files) => {
          const text = files.get('release.yaml') ?? '';
          return new Map([['release.yaml', what === 'lie' ? `${text}# a lie\n` : text.replace('# a lie\n', '')]]);
        });
        truth.edits =
          what === 'lie'
            ? new Map([...truth.edits, ['release.yaml', called(person)]])
            : new Map([...truth.edits].filter(([path]) => path !== 'release.yaml'));
        return;
      }
      case 'promote': {
        const next = (this.number += 1);
        const { application = '' } = unit;
        const asked = { ...buildOf(application, next), environment: unit.environment };
        return this.does(
          unit,
          'promote',
          () => promote(own, asked),
          () => sourceCommit(next),
          false,
        );
      }
      case 'publish':
      case 'discard':
        return this.does(
          unit,
          'publish',
          () => publish(own, { ...named, discardEdits }),
          () => this.tagOf(unit),
          false,
        );
      case 'hold':
        return this.does(
          unit,
          'hold',
          () => hold(own, { ...named, reason: `hold ${(this.number += 1)}` }),
          () => this.tagOf(unit),
          true,
        );
      case 'unhold':
        return this.does(
          unit,
          'unhold',
          () => unhold(own, named),
          () => this.tagOf(unit),
          true,
        );
      case 'rollback': {
        let restored = '';
        const asked = async (): Promise<Written> => {
          const done = await rollback(own, named);
          restored = done.restored ?? '';
          return done;
        };
        const tagThere = (): string => truth.states.find(({ commit }) => commit === restored)!.tag;
        await this.does(unit, 'rollback', asked, tagThere, false);
        // What was edited in the state that came back came back with it, with the commit that brought it.
        if (truth.states.at(-1)!.kind === 'rollback' && restored !== '')
          truth.edits = new Map(
            [...(truth.editsAt.get(restored) ?? [])]
              .filter(([path]) => path !== 'release.yaml')
              .map(([path]) => [path, '']),
          );
        return;
      }
    }
  }

  /** The branch says what really happened: what runs, what was edited, by whom. */
  async expectTrue(unit: Unit): Promise<void> {
    const { repository, bare } = this.context;
    const truth = this.truthOf(unit);
    const state = (await readBranch(repository, delivery, unit, gitIn(bare, 'rev-parse', unit.branch))) as OwnBranch;
    const edits = await editsOf(repository, state);
    const tag = wholeRelease(state.record.applications).images[artifactOf(unit)]?.tag;

    expect(tag).toBe(this.tagOf(unit));
    expect(edits.map(({ path }) => path)).toEqual([...truth.edits.keys()].sort());
    for (const [path, by] of truth.edits)
      if (by !== '') expect(edits.find((edit) => edit.path === path)?.by?.author).toBe(by);
  }

  async expectHistory(unit: Unit): Promise<void> {
    const { repository, bare } = this.context;
    const truth = this.truthOf(unit);
    const { entries, unreadable } = await readHistory(repository, gitIn(bare, 'rev-parse', unit.branch));
    const written = new Set(truth.states.map(({ commit }) => commit));

    expect(unreadable).toEqual([]);
    // An edited release.yaml is in the history too, as whoever edits it says; what happened is there all the same, in its order.
    expect(
      entries
        .filter(({ commit }) => written.has(commit))
        .map(({ commit, record: { change, applications } }) => ({
          commit,
          kind: change.kind,
          by: change.by,
          tag: wholeRelease(applications).images[artifactOf(unit)]?.tag,
        })),
    ).toEqual([...truth.states].reverse());
    expect(entries.filter(({ commit, record }) => !written.has(commit) && record.change.kind === 'moved')).toEqual([]);
    expect(isLinear(bare, unit.branch)).toBe(true);
  }
}

/** How many acts are played in all. */
const total = Number(process.env['WRITES'] ?? '300');

describe('three writers to three environments with two applications: the program, a promoter that moves fields, and a person with Git', () => {
  test('have a history that is what happened, lose nothing, and no field is believed further than it goes', async () => {
    const runs = 3;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: total / runs, maxLength: total / runs }), async (schedule) => {
        const context = await opsContext({ delivery, render: chartRender(1), promoterOf: () => madeUpPromoter });
        const play = new Play(context);
        await play.start();

        for (const [i, one] of schedule.entries()) {
          await play.play(one);
          if (i % 4 === 0) await play.expectTrue(units[one.unit]!);
        }

        for (const unit of units) {
          await play.expectHistory(unit);
          // What is left of edits goes, and with it nothing else.
          await play.play({ unit: units.indexOf(unit), what: 'takeBack', program: 3 });
          await play.play({ unit: units.indexOf(unit), what: 'unhold', program: 3 });
          await play.play({ unit: units.indexOf(unit), what: 'discard', program: 3 });
          await play.expectTrue(unit);
          const current = { ...context, render: chartRender(3) };
          expect(await verify(current, unitNameOf(unit))).toMatchObject({ differing: [], strays: [] });
        }
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 1_800_000);
});
