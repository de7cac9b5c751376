import { describe, expect, test } from '@jest/globals';
import type { Workflow } from '../../../src/hosts/workflow/workflow.ts';
import { repositoryNamed } from '../../../src/model/derived/managed-repositories.ts';
import type { MovableField } from '../../../src/objects/files/movable-field.ts';
import { guardWorkflows } from '../../../src/workflows/guard/guard-workflow.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { runGuard } from '../support/run-guard.ts';

const delivery = validDelivery();
const ops = repositoryNamed(delivery, 'shop-ops');
/** The guard where a promoter moves `prod` by itself. */
const [guard] = guardWorkflows(
  delivery,
  ops,
  () => new Map(),
  ({ name }) => name === 'prod',
) as readonly [Workflow];
const job = guard.jobs['guard']! as unknown as {
  readonly permissions: unknown;
  readonly steps: readonly { readonly env: Readonly<Record<string, string>>; readonly run: string }[];
};

const head = 'a'.repeat(40);
const base = 'b'.repeat(40);
const deployment = 'manifests/shop/deployment.apps.prod-orders.yaml';
const values = 'manifests/shop/values.yaml';
const kustomization = 'manifests/shop/kustomization.yaml';
const fields: Readonly<Record<string, readonly MovableField[]>> = {
  [deployment]: [{ kind: 'image', artifact: 'orders', repository: 'acme/orders' }],
  [values]: [{ kind: 'value', artifact: 'orders', path: ['image', 'tag'], carries: 'tag' }],
  [kustomization]: [
    { kind: 'marker', artifact: 'orders', marker: '{"$imagepolicy": "shop:orders:tag"}', carries: 'tag' },
  ],
};
const change = (filename: string, before: string, after: string, more: object = {}) => ({
  filename,
  status: 'modified',
  sha: '1'.repeat(40),
  patch: `@@ -1,3 +1,3 @@\n kind: x\n-${before}\n+${after}\n end: y`,
  ...more,
});
const moved = change(deployment, '        image: acme/orders:v1', '        image: "acme/orders:v2@sha256:0"');

/** Judges a pull request with these files; the branch that it goes to has an index, or none that can be read. */
function judge(files: readonly object[], pullChange: object = {}, index: string | null = JSON.stringify({ fields })) {
  const pull = {
    base: { ref: 'env/prod', sha: base, repo: { id: 7 } },
    head: { ref: 'kargo/promotion/orders', sha: head, repo: { id: 7 } },
    user: { login: 'promoter[bot]', type: 'Bot' },
    commits: 1,
    changed_files: files.length,
    ...pullChange,
  };
  return runGuard(guard, { pull, files, ...(index === null ? {} : { index }) });
}
const passed = { status: 0, told: [''] };

describe('the guard of a branch that a promoter moves by itself', () => {
  test('lets in its pull request, on a branch of its own, that moves nothing but its fields', () => {
    expect(
      judge([
        moved,
        change(values, '  tag: v1', '  tag: v2'),
        change(
          kustomization,
          'newTag: v1 # {"$imagepolicy": "shop:orders:tag"}',
          'newTag: v2 # {"$imagepolicy": "shop:orders:tag"}',
        ),
      ]),
    ).toEqual(passed);
  });

  test('lets in what the program proposes as ever, whether or not the fields can be read', () => {
    const release = { filename: 'release.yaml', status: 'modified', sha: head };
    const ours = { head: { ref: 'promote/prod/v2', sha: head, repo: { id: 7 } } };

    expect(judge([release], ours)).toEqual(passed);
    expect(judge([release], ours, null).status).toBe(0);
  });

  test('reads files and pull requests, and writes nothing', () => {
    expect(job.permissions).toEqual({ contents: 'read', 'pull-requests': 'read' });
  });

  test.each<[string, readonly object[], string]>([
    [
      'a file without fields',
      [moved, change('manifests/shop/service.yaml', 'port: 1', 'port: 2')],
      'manifests/shop/service.yaml',
    ],
    ['the record of the release', [{ ...moved, filename: 'release.yaml' }], 'release.yaml'],
    ['another line of a file with fields', [change(deployment, '  replicas: 1', '  replicas: 9')], deployment],
    ['a line more', [{ ...moved, patch: `${moved.patch}\n+        image: acme/orders:v3` }], deployment],
    [
      'an image of another repository',
      [change(deployment, '  image: acme/orders:v1', '  image: evil/acme/orders:v1')],
      deployment,
    ],
    ['a file that is gone', [{ ...moved, status: 'removed' }], deployment],
    ['a file under another name', [{ ...moved, status: 'renamed', previous_filename: 'x.yaml' }], deployment],
    ['a change that GitHub does not show', [{ ...moved, patch: undefined }], deployment],
  ])('fails for %s', (_what, files, stray) => {
    expect(judge(files)).toEqual({
      status: 1,
      told: [
        `refused: its branch is not one that the program makes, "promote/prod/" and a name, and it changes "${stray}" further than a promoter moves it; close it, and have the program propose it: npx portolan promote, publish or rollback`,
      ],
    });
  });

  test('fails where the fields cannot be read, for a workflow, for a fork, and for another app', () => {
    expect(judge([moved], {}, null).status).toBe(1);
    expect(judge([{ ...moved, filename: '.github/workflows/own.yaml' }]).status).toBe(1);
    expect(judge([moved], { head: { ref: 'kargo/x', sha: head, repo: { id: 8 } } }).status).toBe(1);
    expect(judge([moved], { user: { login: 'renovate[bot]', type: 'Bot' } }).status).toBe(1);
    expect(judge([moved], { commits: 2 }).status).toBe(1);
  });

  test('fails for such a pull request to a branch that nobody else moves', () => {
    const [strict] = guardWorkflows(delivery, ops, () => new Map()) as readonly [Workflow];
    const { env } = (strict.jobs['guard'] as unknown as typeof job).steps[0]!;

    expect(env['GUARDED']).not.toContain('moves');
    expect(env['JUDGE']).not.toContain('fields');
  });
});
