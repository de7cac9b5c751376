import { describe, expect, test } from '@jest/globals';
import { environmentOf, type Delivery } from '../../src/model/delivery.ts';
import { environmentRules } from '../../src/pulumi/github/rules/environment-rules.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { rendered } from '../systems/rendered-system.ts';
import { withKargo } from '../support/moved-by-kargo.ts';
import { contextFor, planted } from './support/stack-context.ts';
import { listed, runStack, type Run } from './support/run-stack.ts';
import '../support/patience.ts';

const delivery = withKargo();
const actors = new Map([
  ['releasers', 31],
  ['alice', 52],
  ['other', 99],
]);

/** What the stack of a place makes, where everybody has a number at GitHub. */
const stackOf = (place: string, secrets: Readonly<Record<string, unknown>>, of: Delivery = delivery): Promise<Run> =>
  runStack(
    contextFor(place, {
      delivery: of,
      secrets: new StackSecrets(secrets),
      lookUpGitHub: () => Promise.resolve({ numbers: actors, missingRepositories: [], appInstalled: true }),
    }),
  );

const pushes = {
  githubAppClientID: 'Iv23-planted',
  githubAppInstallationID: '77001122',
  githubAppPrivateKey: planted.privateKey,
};

/** The ruleset of who writes a branch. */
const writersOf = (run: Run, name: string) => listed(run).find(([, it]) => it === `${name}-writers`)?.[2];

describe('the app that Kargo pushes as', () => {
  test('passes by the rule of a branch without a gate, and by none of one with a gate', () => {
    expect(environmentRules(delivery, { environment: 'dev' })).toMatchObject({
      pullRequest: false,
      bypass: ['promoter'],
    });
    expect(environmentRules(delivery, { environment: 'prod' })).toMatchObject({ pullRequest: true, approvals: 1 });
    expect(environmentRules(delivery, { environment: 'prod' }).bypass).not.toContain('promoter');
  });

  test('is on the list of the ruleset of dev by its number, and not on that of prod, which asks for a review and the check', async () => {
    const keys = { 'ops-read': planted.deployKey };
    const dev = writersOf(await stackOf('dev', keys), 'dev');
    const prod = writersOf(await stackOf('prod', { ...keys, 'bank-token': planted.bank }), 'prod');
    const app = { actorId: 4711, actorType: 'Integration', bypassMode: 'always' };

    expect(dev).toMatchObject({ bypassActors: [app], rules: { update: true } });
    expect(prod?.['bypassActors']).not.toContainEqual(app);
    expect(prod?.['rules']).toMatchObject({
      pullRequest: { requiredApprovingReviewCount: 1 },
      requiredStatusChecks: { requiredChecks: [{ context: 'verify' }, { context: 'guard' }] },
    });
  });

  test('does not pass by the rule of the toolchain, where its own orders lie', async () => {
    const tools = writersOf(await stackOf('tools', { kargo: pushes }), 'tools');

    expect(tools).toMatchObject({ rules: { pullRequest: { requiredApprovingReviewCount: 1 } }, bypassActors: [] });
  });
});

describe('the Secret that Kargo pushes with', () => {
  test('is made by the stack of the toolchain, with the label and the address that it is found by', async () => {
    const run = await stackOf('tools', { kargo: pushes });
    const made = run.resources.find(({ name, type }) => type.endsWith(':Secret') && name.includes('kargo'));
    const base64 = (text: string): string => Buffer.from(text).toString('base64');

    expect(made?.inputs['metadata']).toMatchObject({
      name: 'kargo-ops',
      namespace: 'shop-tools',
      labels: { 'kargo.akuity.io/cred-type': 'git' },
    });
    expect(made?.secretInputs).toEqual([
      {
        repoURL: base64('https://github.com/acme/shop-ops.git'),
        ...Object.fromEntries(Object.entries(pushes).map(([key, value]) => [key, base64(value)])),
      },
    ]);
  });

  test('is rendered nowhere, and neither is any value of it', () => {
    const { files, objects } = rendered(delivery, environmentOf(delivery, 'tools').name, { images: {} });

    expect(objects.filter(({ object }) => object.kind === 'Secret')).toEqual([]);
    expect(
      [...files].filter(([, text]) => /githubAppPrivateKey|githubAppClientID/.test(text)).map(([path]) => path),
    ).toEqual([]);
  });

  test('fails to be made while a key of it is missing, which the update says by its name', async () => {
    const { githubAppPrivateKey: _, ...short } = pushes;

    await expect(stackOf('tools', { kargo: short })).rejects.toThrow(/githubAppPrivateKey/);
  });
});
