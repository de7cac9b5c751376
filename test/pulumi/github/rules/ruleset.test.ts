import { describe, expect, test } from '@jest/globals';
import type { GitHubQuestion } from '../../../../src/pulumi/github/github-facts.ts';
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
