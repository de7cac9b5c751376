import { describe, expect, test } from '@jest/globals';
import { makeStack } from '../../src/pulumi/make-stack.ts';
import type { GitHubQuestion } from '../../src/pulumi/github/github-facts.ts';
import type { StackContext } from '../../src/pulumi/stack-context.ts';
import { runStack } from './support/run-stack.ts';
import { contextFor } from './support/stack-context.ts';

/** A stack where GitHub says that workflows may approve pull requests of some repositories. */
function whereActionsApprove(stack: string, approvedByActions: readonly string[]) {
  const questions: GitHubQuestion[] = [];
  const base = contextFor(stack);
  const context: StackContext = {
    ...base,
    lookUpGitHub: async (question) => {
      questions.push(question);
      return { ...(await base.lookUpGitHub(question)), approvedByActions };
    },
  };
  return { context, questions, warnings: base.warnings };
}

describe('an approval that a workflow may give', () => {
  test.each([
    ['platform', ['shop']],
    ['prod', ['shop-ops']],
    ['dev', undefined],
  ])('is asked about by %s wherever changes wait for one: %j', async (stack, reviewed) => {
    const { context, questions, warnings } = whereActionsApprove(stack, []);

    await runStack(context);

    expect(questions.map((question) => question.reviewed)).toEqual([reviewed]);
    expect(warnings).toEqual([]);
  });

  test('fails for the repository of a gated branch, with the line that ends it', async () => {
    const { context } = whereActionsApprove('prod', ['shop-ops']);

    await expect(makeStack(context)).rejects.toThrow(
      'portolan: the stack "prod" is not valid (1 problem)\n' +
        '  repositories.shop-ops: GitHub Actions may approve pull requests of acme/shop-ops, so that whoever may push a workflow gives the approval that their own waits for; ' +
        'write: gh api --method PUT repos/acme/shop-ops/actions/permissions/workflow -F can_approve_pull_request_reviews=false',
    );
  });

  test('is warned of where people’s own workflows may open pull requests by the same setting', async () => {
    const { context, warnings } = whereActionsApprove('platform', ['shop']);

    await runStack(context);

    expect(warnings).toEqual([
      'GitHub Actions may approve pull requests of acme/shop, so that whoever may push a workflow gives the approval that their own waits for; ' +
        'where no workflow of yours opens pull requests, write: gh api --method PUT repos/acme/shop/actions/permissions/workflow -F can_approve_pull_request_reviews=false',
    ]);
  });
});
