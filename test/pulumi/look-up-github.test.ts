import { describe, expect, test } from '@jest/globals';
import { makeStack } from '../../src/pulumi/make-stack.ts';
import type { GitHubQuestion } from '../../src/pulumi/github/github-facts.ts';
import type { StackContext } from '../../src/pulumi/stack-context.ts';
import { StackState } from '../../src/pulumi/state/stack-state.ts';
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

describe('a repository that GitHub calls something else now', () => {
  const repositories = ['shop', 'shop-ops'];
  const state = new StackState(
    repositories.map((name) => ({
      type: 'github:index/repository:Repository',
      name,
      id: name,
      urn: `urn:pulumi:platform::shop::github:index/repository:Repository::${name}`,
    })),
  );

  /** What a stack asks for and warns of. */
  async function warned(stack: string, renamed: ReadonlyMap<string, string>) {
    const questions: GitHubQuestion[] = [];
    const made = stack === 'platform' ? state : new StackState([]);
    const base = contextFor(stack, {
      state: () => Promise.resolve(made),
      lookUpExisting: () => Promise.resolve(new Map(made.resources.map(({ type, name }) => [`${type} ${name}`, name]))),
    });
    await runStack({
      ...base,
      lookUpGitHub: async (question) => {
        questions.push(question);
        return { ...(await base.lookUpGitHub(question)), renamed };
      },
    });
    return {
      warnings: base.warnings,
      asked: questions.flatMap((question) => [...question.repositories, ...(question.made ?? [])]),
    };
  }

  test.each(['platform', 'dev', 'prod'])(
    'is asked for by %s, and no warning is printed where none is',
    async (stack) => {
      const { asked, warnings } = await warned(stack, new Map());

      expect([...asked].sort()).toEqual(repositories);
      expect(warnings).toEqual([]);
    },
  );

  test.each([
    ['acme/store', 'give it back its name with: gh repo rename shop --repo acme/store'],
    ['somebody/shop', 'move it back'],
  ])('is warned of at every update: %s', async (now, back) => {
    for (const stack of ['platform', 'dev'])
      expect((await warned(stack, new Map([['shop', now]]))).warnings).toEqual([
        `acme/shop is called ${now} at GitHub now, and is reached by its old name only until somebody makes a repository of that name; ` +
          `${back}; or write the new one, as docs/pulumi.md says under "A repository has another name"`,
      ]);
  });
});
