import { describe, expect, test } from '@jest/globals';
import { tektonSupplies } from '../../../../src/model/rules/carried-out/tekton-supplies.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { builtByTekton, everyWordOfTekton, tektonBuilder } from '../../../support/built-by-tekton.ts';
import { told } from '../../../support/told.ts';

const found = (...change: Parameters<typeof builtByTekton>): readonly string[] =>
  told(tektonSupplies, builtByTekton(...change));
const push = {
  on: 'push',
  repository: 'shop',
  branches: ['main'],
  by: 'webhook',
  authentication: 'github-hook',
} as const;

describe('what Tekton builds', () => {
  test('passes as Tekton carries it out', () => {
    expect(found()).toEqual([]);
    expect(told(tektonSupplies, everyWordOfTekton())).toEqual([]);
  });

  test('fails for tools and tasks by a tag', () => {
    const { tools, tasks } = tektonBuilder();
    const tagged = 'must name an image by its digest, e.g. "golang@sha256:…": a tag is another image tomorrow';

    expect(
      found({}, { tools: { ...tools, crane: 'crane:v1' }, tasks: [{ ...tasks[0]!, image: 'golangci/golangci-lint' }] }),
    ).toEqual([
      `supplies.orders.builder.tools.crane: ${tagged}, got "crane:v1"`,
      `supplies.orders.builder.tasks.lint.image: ${tagged}, got "golangci/golangci-lint"`,
    ]);
  });

  test('fails for names that Tekton does not take or that are there already, and for a script that Tekton would fill in', () => {
    const [lint] = tektonBuilder().tasks;

    expect(
      found(
        {},
        {
          tasks: [
            { ...lint!, name: 'Lint_all', script: ' ' },
            lint!,
            { ...lint!, script: 'echo "$(date)" $(params.TAG)' },
          ],
        },
      ),
    ).toEqual([
      'supplies.orders.builder.tasks.Lint_all: must be lower-case letters, digits and dashes, 20 at most, e.g. "lint", got "Lint_all"',
      'supplies.orders.builder.tasks.Lint_all.script: must say what is run, e.g. "go test ./...", got " "',
      'supplies.orders.builder.tasks.lint: is there already; give each task its own name, got "lint"',
      'supplies.orders.builder.tasks.lint.script: must not hold $(params.…, which Tekton would replace by text that a shell then runs; read a variable of env, got "$(params."',
    ]);
  });

  test('fails for an artifact that is built by nothing or twice, for versions that are no commits, and for names that are too long', () => {
    const once = { artifact: 'orders', context: '.' };
    const delivery = builtByTekton({ name: 'a'.repeat(60) }, { images: [once, once] });
    const artifacts = delivery.artifacts.map((it) => ({ ...it, scheme: { kind: 'semver' } as const }));

    expect(told(tektonSupplies, { ...delivery, artifacts })).toEqual([
      `supplies.${'a'.repeat(60)}.artifacts[0]: must be built once: write { artifact: "orders", context: "." } in builder.images, and that alone, got "orders"`,
      'artifacts.orders.scheme.kind: is not carried out yet where Tekton builds, which tags each image with its commit; write "gitSha", got "semver"',
      `supplies.${'a'.repeat(60)}.name: makes the name ${'a'.repeat(60)}-image-orders, and Tekton takes 63 characters at most; shorten it, got "${'a'.repeat(60)}"`,
    ]);
    expect(found({}, { images: [] })).toHaveLength(1);
  });

  test('fails for what nobody merged, for several branches, for other starts, and for a copy', () => {
    const message =
      'must be one push to one branch, whatever changes: a run builds no commit that is not on the branch that is built';

    expect(
      found({
        triggers: [
          push,
          { on: 'pullRequest', repository: 'shop', by: 'webhook', authentication: 'github-hook' },
          { on: 'manual' },
        ],
        copiesTo: { repository: 'shop-release', branch: 'release' },
      }),
    ).toEqual([
      'supplies.orders.copiesTo: is not carried out yet where Tekton builds, which tests each commit itself; leave it out, got "shop-release"',
      'supplies.orders.triggers[1].on: is not carried out yet where Tekton builds, next to what publishes; let a workflow of the source test what nobody merged, and leave it out, got "pullRequest"',
      'supplies.orders.triggers[2].on: is not carried out yet where Tekton builds, which GitHub tells of pushes; leave it out, got "manual"',
    ]);
    for (const triggers of [
      [{ ...push, branches: ['main', 'next'] }],
      [{ ...push, branches: ['release/*'] }],
      [{ ...push, paths: ['orders/**'] }],
      [{ ...push, branchesIgnore: ['next'] }],
      [push, push],
      [],
    ])
      expect(found({ triggers })).toEqual([expect.stringContaining(message)]);
    expect(found({ triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }] })).toEqual([
      'supplies.orders.triggers[0].by: must be "webhook": GitHub tells the listener of each push, got "workflow"',
    ]);
  });

  test('fails for a source whose host signs nothing that is checked', () => {
    const delivery = builtByTekton();
    const elsewhere = delivery.repositories.map((it) =>
      it.name === 'shop' ? { ...it, url: 'https://git.acme.example/acme/shop.git' } : it,
    );

    expect(told(tektonSupplies, { ...delivery, repositories: elsewhere })).toEqual([
      expect.stringMatching(
        /^supplies\.orders\.source: is not carried out yet for a source at https:\/\/git\.acme\.example/,
      ),
    ]);
  });

  test('fails for checks of workflows, which no workflow calls', () => {
    expect(problemsOf(builtByTekton({ checks: ['test'] })).map(({ message }) => message)).toEqual([
      'is not carried out yet where Tekton builds, whose checks are builder.tasks; write []',
    ]);
  });
});
