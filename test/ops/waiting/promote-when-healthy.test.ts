import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Stage } from '../../../src/model/stage.ts';
import type { HealthOf, SaidHealth } from '../../../src/ops/health/health-of.ts';
import { promoteWhenHealthy } from '../../../src/ops/waiting/promote-when-healthy.ts';
import { hold } from '../../../src/ops/hold/hold.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { bareRepository } from '../../support/git.ts';
import { environmentNamed, validDelivery, withStage } from '../../support/valid-delivery.ts';
import { FakePullRequests } from '../support/fake-pull-requests.ts';
import { build, fakeRender, opsContext, program, recordOf, refusal, sourceCommit } from '../support/fake-ops.ts';
import '../../support/patience.ts';

/** Prod takes what dev verified by the commits of the source, and nobody is asked. */
function delivery(): Delivery {
  const found = validDelivery();
  return withStage(
    { ...found, initialReleases: { ...found.initialReleases, prod: found.initialReleases['dev']! } },
    'prod',
    ({ versions: _, ...stage }) => ({ ...stage, gate: { kind: 'none' }, write: { ...stage.write, mode: 'commit' } }),
  );
}

const started = () => opsContext({ delivery: delivery(), requester: { actor: 'a-run', automatic: true } });

/** Somebody who says one thing, and what they were asked. */
function says(said: SaidHealth): { readonly healthOf: HealthOf; readonly asked: string[] } {
  const asked: string[] = [];
  return { asked, healthOf: ({ environment }) => (asked.push(environment), Promise.resolve(said)) };
}
const healthy = (): ReturnType<typeof says> => says({ health: 'Healthy' });

const toProd = { environment: 'prod', source: { kind: 'environment', environment: 'dev' } } as const;

describe('a promotion when healthy', () => {
  test('takes what is healthy there, once, and asks nobody while both run the same', async () => {
    const context = await started();
    const dev = await promote(context, build(1));
    const { healthOf, asked } = healthy();

    expect(await promoteWhenHealthy(context, { ...toProd, healthOf })).toMatchObject({ outcome: 'created' });
    expect(recordOf(context.bare, 'prod')).toMatchObject({
      applications: { shop: { source: { commit: sourceCommit(1) } } },
      origin: { kind: 'promotion', from: [{ environment: 'dev', commit: dev.commit }] },
    });
    expect(asked).toEqual(['dev']);

    expect(await promoteWhenHealthy(context, { ...toProd, healthOf })).toEqual({
      environment: 'prod',
      branch: 'env/prod',
      outcome: 'waiting',
      because: ['prod runs a00000000001, as dev does'],
    });
    expect(asked).toEqual(['dev']);
  });

  test('waits while it is not healthy there, which is no failure', async () => {
    const context = await started();
    await publish(context, { environment: 'prod' });
    await promote(context, build(1));

    const waiting = await promoteWhenHealthy(context, {
      ...toProd,
      ...says({ health: 'unknown: shop is at no commit yet, not at 0123' }),
    });

    expect(waiting).toMatchObject({
      outcome: 'waiting',
      because: ['a00000000001 is not verified in dev: its health is unknown: shop is at no commit yet, not at 0123'],
    });
    expect(recordOf(context.bare, 'prod').applications['shop']?.source).toBeUndefined();
  });

  test('is refused where nobody can be asked, with what to do about it', async () => {
    const context = await started();
    await promote(context, build(1));
    const unanswered =
      'portolan: prod was not promoted\n' +
      '  nobody says whether a00000000001 is healthy in dev: no cluster answers at 10.0.0.1\n' +
      '    next: let whoever runs this read the cluster of dev (docs/reader-role.yaml allows what is read), or\n' +
      '    look yourself, and type: npx portolan promote prod --from dev';

    expect(
      await refusal(
        promoteWhenHealthy(context, { ...toProd, ...says({ notAsked: 'no cluster answers at 10.0.0.1' }) }),
      ),
    ).toBe(unanswered);
    expect(await refusal(promoteWhenHealthy(context, toProd))).toBe(
      unanswered.replace('no cluster answers at 10.0.0.1', 'nobody is asked'),
    );
  });

  test('waits for the hold of a person, here and there, and for what is newer than what was rolled back', async () => {
    const context = await started();
    await publish(context, { environment: 'prod' });
    await promote(context, build(1));
    await hold(context, { environment: 'prod', reason: 'the sale is on' });
    const held = await promoteWhenHealthy(context, { ...toProd, ...healthy() });
    expect(held.outcome === 'waiting' ? held.because[0] : held.outcome).toMatch(
      /^prod is held, and automation does not pass a hold that a person put\n.*the sale is on/,
    );

    const other = await started();
    await publish(other, { environment: 'prod' });
    await promote(other, build(1));
    await promoteWhenHealthy(other, { ...toProd, ...healthy() });
    await rollback(other, { environment: 'prod' });
    const back = await promoteWhenHealthy(other, { ...toProd, ...healthy() });
    expect(back.outcome === 'waiting' ? back.because[0] : back.outcome).toMatch(
      /^prod is held, and a00000000001 is not newer than a00000000001, which was rolled back/,
    );
    await promote(other, build(2));
    expect(await promoteWhenHealthy(other, { ...toProd, ...healthy() })).toMatchObject({ outcome: 'updated' });

    const upstream = await started();
    await promote(upstream, build(1));
    await hold(upstream, { environment: 'dev', reason: 'looks odd' });
    expect(await promoteWhenHealthy(upstream, { ...toProd, ...healthy() })).toMatchObject({
      outcome: 'waiting',
      because: [expect.stringMatching(/^a00000000001 is not verified in dev: it is held there by a-run/)],
    });
  });

  test('brings back no older release, and fails where something is wrong besides', async () => {
    const context = await started();
    await promote(context, build(2));
    await promoteWhenHealthy(context, { ...toProd, ...healthy() });
    await promote(context, { ...build(1), allowOlder: true });
    expect(await promoteWhenHealthy(context, { ...toProd, ...healthy() })).toMatchObject({ outcome: 'superseded' });

    const newer = { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) };
    await publish(newer, { environment: 'prod' });
    await promote(context, build(3));
    expect(await refusal(promoteWhenHealthy(context, { ...toProd, ...healthy() }))).toMatch(
      /^portolan: prod was not promoted\n.*older/,
    );
  });

  test('proposes once where people approve, and takes a closed pull request for an answer', async () => {
    const bare = bareRepository();
    const pullRequests = new FakePullRequests(bare);
    const asked = { actor: 'a-run', automatic: true } as const;
    const reviewed = withStage(delivery(), 'prod', (stage) => ({
      ...stage,
      gate: { kind: 'pullRequest', approvals: 1, approvers: ['releasers'], checks: [] },
      write: { ...stage.write, mode: 'pullRequest' },
    }));
    const local = await opsContext({ bare, delivery: delivery(), requester: asked });
    await publish(local, { environment: 'prod' });
    await promote(local, build(1));
    const context = { ...local, delivery: reviewed, pullRequests };
    const look = (): ReturnType<typeof promoteWhenHealthy> => promoteWhenHealthy(context, { ...toProd, ...healthy() });

    const first = await look();
    expect(first).toMatchObject({ outcome: 'proposed', pullRequest: { number: 1 } });
    const second = await look();
    expect(second).toMatchObject({ outcome: 'proposed', pullRequest: { number: 1 } });
    // A new commit would dismiss the reviews.
    expect('commit' in second && second.commit).toBe('commit' in first && first.commit);

    await pullRequests.close(pullRequests.all[0]!, 'not this one');
    expect(await look()).toMatchObject({
      outcome: 'waiting',
      because: ['https://host.example/pull/1 proposed it, and was closed without a merge'],
    });
    await promote(local, build(2));
    expect(await look()).toMatchObject({ outcome: 'proposed', pullRequest: { number: 2 } });
    pullRequests.merge(2);
    await context.repository.refresh();
    expect(await look()).toMatchObject({ outcome: 'waiting', because: ['prod runs a00000000002, as dev does'] });
  });

  test('waits for every stage that it takes from, of which one may have gone on already', async () => {
    const found = delivery();
    const [dev, prod] = found.stages as [Stage, Stage];
    const qa: Stage = { ...prod, name: 'qa', environment: 'qa', write: { ...prod.write, branch: 'env/qa' } };
    const context = await opsContext({
      delivery: {
        ...found,
        environments: [...found.environments, environmentNamed('qa')],
        initialReleases: { ...found.initialReleases, qa: found.initialReleases['dev']! },
        stages: [dev, qa, { ...prod, intake: { from: 'stages', stages: ['dev', 'qa'] } }],
      },
    });
    const { healthOf, asked } = healthy();
    await promote(context, build(1));
    await promote(context, { ...toProd, environment: 'qa' });
    expect(await promoteWhenHealthy(context, { ...toProd, healthOf })).toMatchObject({ outcome: 'created' });
    expect(asked).toEqual(['dev', 'qa']);

    await promote(context, build(2));
    await promote(context, { ...toProd, environment: 'qa' });
    await promote(context, build(3));
    await promote(context, { ...toProd, environment: 'qa' });
    await promote(context, { ...build(2), allowOlder: true });
    expect(await promoteWhenHealthy(context, { ...toProd, healthOf })).toMatchObject({
      outcome: 'waiting',
      because: ['a00000000002 no longer runs in qa, so that nobody can say whether it is healthy there'],
    });
  });
});
