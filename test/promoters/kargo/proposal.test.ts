import { beforeAll, describe, expect, test } from '@jest/globals';
import { environmentOf } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { renderedUnit } from '../../../src/render/rendered-unit.ts';
import { craftista } from '../../examples/craftista/example.ts';
import { opsContext } from '../../ops/support/fake-ops.ts';
import { FakePullRequests } from '../../ops/support/fake-pull-requests.ts';
import { pushFiles } from '../../ops/support/made-up-promoter.ts';
import { bareRepository, commitByHand, gitIn } from '../../support/git.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { guardOfBranch } from '../../workflows/support/run-guard.ts';
import '../../support/patience.ts';

const delivery = withToolchains(craftista());
const base = 'app/prod/voting';
const file = 'manifests/voting/deployment.apps.voting.yaml';
const unit = { environment: 'prod', application: 'voting' };
const bare = bareRepository();
let context: OpsContext;

beforeAll(async () => {
  const pullRequests = new FakePullRequests(bare);
  context = await opsContext({
    bare,
    delivery,
    pullRequests,
    render: (of, release) => {
      const first = delivery.initialReleases[of.environment] ?? { images: {} };
      const images = { ...first.images, ...release.images };
      return renderedUnit(rendered(delivery, environmentOf(delivery, of.environment).name, { images }), of);
    },
  });
  commitByHand(bare, base, { 'README.md': '# first\n' });
  await context.repository.refresh();
  await publish(context, unit);
  for (const { number } of await pullRequests.listOpen()) pullRequests.merge(number);
  await context.repository.refresh();
});

/** Proposes as Kargo does: from a branch of its own, with one commit; its writer leaves no quotes. */
async function propose(head: string, change: (text: string) => string): Promise<string> {
  gitIn(bare, 'update-ref', `refs/heads/${head}`, gitIn(bare, 'rev-parse', base).trim());
  const by = { name: 'Kargo', email: 'kargo@users.noreply.github.com' };
  const commit = await pushFiles(bare, head, by, (files) => new Map([[file, change(files.get(file) ?? '')]]));
  await context.repository.refresh();
  return commit;
}

const moved = (text: string): string =>
  text.replace(
    /image: "?nitheesh86\/microservice-voting:[^"\n]*"?/,
    `image: nitheesh86/microservice-voting:1.1.0@sha256:${'1'.repeat(64)}`,
  );

const judged = (head: string, by = 'portolan-promoter[bot]') =>
  guardOfBranch(delivery, 'prod', { bare, base, head, by });

describe('a pull request that Kargo opened', () => {
  test('passes the guard and the check that ours pass, by what its commit moves', async () => {
    const head = 'kargo/promotion/voting-prod.01.abc';
    const revision = await propose(head, moved);

    expect(judged(head)).toEqual({ status: 0, told: [''] });
    expect(await verify(context, { ...unit, revision })).toMatchObject({ release: '1.1.0', differing: [], strays: [] });
  });

  test('fails both where it changes anything else, which is named by file', async () => {
    const head = 'kargo/promotion/voting-prod.02.abc';
    const revision = await propose(head, (text) => moved(text).replace('replicas: 2', 'replicas: 9'));

    expect(judged(head).status).toBe(1);
    expect(judged(head).told.join('\n')).toContain(file);
    expect(await verify(context, { ...unit, revision })).toMatchObject({ differing: [file] });
  });

  test('fails the guard where another app than that of the promotions opened it', async () => {
    const head = 'kargo/promotion/voting-prod.03.abc';
    await propose(head, moved);

    expect(judged(head, 'renovate[bot]').status).toBe(1);
  });
});
