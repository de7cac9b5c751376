import { describe, expect, test } from '@jest/globals';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { commitByHand, filesOf } from '../../support/git.ts';
import {
  build,
  fakeRender,
  fromDev,
  opsContext,
  program,
  recordOf,
  refusal,
  sourceCommit,
} from '../support/fake-ops.ts';
import { gatedOps } from '../support/gated-ops.ts';
import '../../support/patience.ts';

describe('the source of a promotion', () => {
  test('fails when its release.yaml was edited by hand: nobody promoted that build', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const text = filesOf(context.bare, 'env/dev').get('release.yaml') ?? '';
    const edit = commitByHand(context.bare, 'env/dev', {
      'release.yaml': text.replaceAll(sourceCommit(1), sourceCommit(9)),
    });

    expect(await refusal(promote(context, fromDev('v1.1.0')))).toBe(
      'portolan: prod was not promoted\n' +
        '  what runs in dev is not what its release says, so nobody verified the release: a file was edited by hand\n' +
        `    release.yaml:8: changed in ${edit.slice(0, 12)} by Bob <bob@example.com>\n` +
        '    next: npx portolan publish dev --discard-edits, then wait until it is healthy',
    );
  });

  test('fails when a manifest was edited by hand, though its release was not', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    commitByHand(context.bare, 'env/dev', { 'manifests/shop/configmap.dev-orders-config.yaml': 'a: 1\n' });

    expect(await refusal(promote(context, fromDev('v1.1.0')))).toContain(
      'configmap.dev-orders-config.yaml: changed in',
    );
  });

  test('never takes a state that was edited and mended since', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const text = filesOf(context.bare, 'env/dev').get('release.yaml') ?? '';
    commitByHand(context.bare, 'env/dev', { 'release.yaml': text.replaceAll(sourceCommit(1), sourceCommit(9)) });
    await publish(context, { environment: 'dev', discardEdits: true });

    expect(await refusal(promote(context, fromDev('v1.1.0', sourceCommit(9))))).toContain(
      `dev never ran ${sourceCommit(9)}`,
    );
    expect(await promote(context, fromDev('v1.1.0'))).toMatchObject({ outcome: 'created' });
  });

  test('is asked for its health at the tip, whatever moved it there', async () => {
    const context = await opsContext();
    await promote(context, build(1));
    const tip = commitByHand(context.bare, 'env/dev', { 'notes.txt': 'a stray file' });
    const asked: string[] = [];

    const said = await refusal(
      promote(context, {
        ...fromDev('v1.1.0'),
        healthOf: (_environment, commit) => (asked.push(commit), Promise.resolve({ health: 'Degraded' })),
      }),
    );

    expect(said).toContain('a00000000001 is not verified in dev: its health is Degraded');
    expect(asked).toEqual([tip]);
  });
});

describe('changes of the program that only the target has', () => {
  const prodOnly = ((unit, release) =>
    fakeRender({ level: unit.environment === 'prod' ? 'DEBUG' : 'INFO' })(unit, release)) as ReturnType<
    typeof fakeRender
  >;

  test('fail a promotion that nobody reviews, and are named', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'prod' });
    await promote(context, build(1));
    const newer = { ...context, program: program(2), render: prodOnly };

    expect(await refusal(promote(newer, fromDev('v1.1.0')))).toBe(
      'portolan: prod was not promoted\n' +
        '  this program changes more in prod than the release does, and nobody has seen it there\n' +
        '    manifests/shop/configmap.prod-orders-config.yaml\n' +
        '    next: npx portolan publish prod; or --program HEAD takes it along with the release',
    );

    await publish(newer, { environment: 'prod' });
    expect(await promote(newer, fromDev('v1.1.0'))).toMatchObject({ outcome: 'updated' });
  });

  test('come along when a person says so, and are named', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'prod' });
    await promote(context, build(1));
    const options = fromDev('v1.1.0');

    const { notices } = await promote(
      { ...context, program: program(2), render: prodOnly },
      { ...options, source: { kind: 'environment', environment: 'dev', acceptProgram: true } },
    );

    expect(notices).toContain(
      'this program changes more than the release does, and it comes along: manifests/shop/configmap.prod-orders-config.yaml',
    );
    expect(recordOf(context.bare, 'prod').change.kind).toBe('promote');
  });

  test('are named in the pull request, where a reviewer sees them', async () => {
    const context = await gatedOps();

    await promote({ ...context, program: program(2), render: prodOnly }, fromDev('v1.1.0'));

    expect(context.pullRequests.all.at(-1)?.text.body).toContain(
      'this program changes more than the release does, and it comes along: manifests/shop/configmap.prod-orders-config.yaml',
    );
  });

  test('are looked for without a second rendering where the release alone differs', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'prod' });
    await promote(context, build(1));
    const rendered: string[] = [];
    const counted = {
      ...context,
      render: ((unit, release) => (rendered.push(unit.environment), fakeRender()(unit, release))) as ReturnType<
        typeof fakeRender
      >,
    };

    await promote(counted, fromDev('v1.1.0'));

    expect(rendered).toEqual(['dev', 'prod']);
  });
});
