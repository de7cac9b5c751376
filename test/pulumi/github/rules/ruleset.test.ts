import { describe, expect, test } from '@jest/globals';
import type { GitHubQuestion } from '../../../../src/pulumi/github/github-facts.ts';
import { makeStack } from '../../../../src/pulumi/make-stack.ts';
import { actionsAppOf, reportedByActions } from '../../../../src/pulumi/github/rules/ruleset.ts';
import { guardedDelivery } from '../../support/guarded-delivery.ts';
import { runStack } from '../../support/run-stack.ts';
import { contextFor, settingsFor } from '../../support/stack-context.ts';

describe('who may report a required check', () => {
  test.each([undefined, 'https://api.github.com', 'https://github.com/'])('is GitHub Actions at %s', (baseUrl) => {
    expect(reportedByActions(['verify'], actionsAppOf(baseUrl))).toEqual([{ context: 'verify', app: 15368 }]);
  });

  test.each(['https://git.acme.example', 'https://acme.ghe.com', 'https://github.com.acme.example'])(
    'is not known of %s, where GitHub Actions has another number',
    (baseUrl) => {
      expect(actionsAppOf(baseUrl)).toBeUndefined();
    },
  );

  /** A stack on a server of one's own, where GitHub Actions has that number, or is not there. */
  const onOwnServer = async (stack: string, app: number | undefined) => {
    const settings = settingsFor(guardedDelivery());
    const github = { ...settings.platform.github, baseUrl: 'https://git.acme.example' };
    const questions: GitHubQuestion[] = [];
    const base = contextFor(stack, { settings: { ...settings, platform: { ...settings.platform, github } } });
    const context = {
      ...base,
      lookUpGitHub: async (question: GitHubQuestion) => {
        questions.push(question);
        return { ...(await base.lookUpGitHub(question)), ...(app === undefined ? {} : { actionsApp: app }) };
      },
    };
    const { resources } = await runStack(context);
    return { questions, resources, warnings: base.warnings.filter((warning) => warning.includes('github-actions')) };
  };

  test("is GitHub Actions as the server of one's own numbers it", async () => {
    const { questions, resources, warnings } = await onOwnServer('prod', 77);

    expect(questions).toMatchObject([{ actionsApp: true }]);
    expect(warnings).toEqual([]);
    expect(resources.find(({ name }) => name === 'prod-writers')?.inputs['rules']).toMatchObject({
      requiredStatusChecks: {
        requiredChecks: [
          { context: 'verify', integrationId: 77 },
          { context: 'guard', integrationId: 77 },
        ],
      },
    });
  });

  test('is whoever may write a status where the server has no GitHub Actions, which is said', async () => {
    const { resources, warnings } = await onOwnServer('prod', undefined);

    expect(warnings).toEqual([
      'https://git.acme.example names no app "github-actions": whoever may write a status can report a required check there; switch GitHub Actions on, then update again',
    ]);
    expect(resources.find(({ name }) => name === 'prod-writers')?.inputs['rules']).toMatchObject({
      requiredStatusChecks: { requiredChecks: [{ context: 'verify' }, { context: 'guard' }] },
    });
  });

  test('is GitHub Actions for the review of the program, and open for what any other app may report', async () => {
    const delivery = guardedDelivery();
    const repositories = delivery.repositories.map((repository) =>
      repository.name === 'shop'
        ? { ...repository, protection: { approvals: 1, checks: ['check', 'sonar'] } }
        : repository,
    );

    const { resources } = await runStack(contextFor('platform', { delivery: { ...delivery, repositories } }));

    expect(resources.find(({ name }) => name === 'shop-review')?.inputs['rules']).toMatchObject({
      requiredStatusChecks: { requiredChecks: [{ context: 'check', integrationId: 15368 }, { context: 'sonar' }] },
    });
  });
});

describe('an app that may pass by a rule', () => {
  /** The delivery in which another app passes the review of the source, with GitHub's answers. */
  const withBot = (numbers: readonly (readonly [string, number])[]) => {
    const delivery = guardedDelivery();
    const questions: GitHubQuestion[] = [];
    const context = contextFor('platform', {
      delivery: {
        ...delivery,
        actors: [...delivery.actors, { name: 'dependencies', kind: 'app', slug: 'renovate' }],
        repositories: delivery.repositories.map((repository) =>
          repository.name === 'shop'
            ? { ...repository, protection: { approvals: 1, checks: [], bypass: ['dependencies', 'promoter'] } }
            : repository,
        ),
      },
      lookUpGitHub: (question) => {
        questions.push(question);
        const known = [['releasers', 31] as const, ['alice', 52] as const, ...numbers];
        return Promise.resolve({ numbers: new Map(known), missingRepositories: [], appInstalled: true });
      },
    });
    return { questions, context };
  };

  test('has the number of its own, and the app that promotes that of the settings', async () => {
    const { context, questions } = withBot([['dependencies', 88]]);
    const { resources } = await runStack(context);

    expect(resources.find(({ name }) => name === 'shop-review')?.inputs['bypassActors']).toEqual([
      { actorId: 88, actorType: 'Integration', bypassMode: 'always' },
      { actorId: 4711, actorType: 'Integration', bypassMode: 'always' },
    ]);
    expect(questions[0]?.actors.map(({ name }) => name)).toEqual(['releasers', 'alice', 'dependencies']);
    expect(questions[0]?.appId).toBe(4711);
  });

  test('fails where GitHub knows no such app, instead of letting the one that promotes pass', async () => {
    await expect(makeStack(withBot([]).context)).rejects.toThrow(
      'actors.dependencies: GitHub shows no app of this slug; write it as slug, as it stands in https://github.com/apps/<slug>, or name a person or a team, got "renovate"',
    );
  });
});
