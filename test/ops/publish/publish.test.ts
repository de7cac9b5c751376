import { describe, expect, test } from '@jest/globals';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import { commitByHand, filesOf, gitIn, subjectsOf } from '../../support/git.ts';
import {
  fakeRender,
  opsContext,
  program,
  programCommit,
  recordOf,
  refusal,
  sourceCommit,
} from '../support/fake-ops.ts';
import '../../support/patience.ts';

const orders = 'manifests/shop/deployment.apps.dev-orders.yaml';
const config = 'manifests/shop/configmap.dev-orders-config.yaml';

describe('publish', () => {
  test('makes the branch with every rendered file, the release, the index and a README', async () => {
    const context = await opsContext();

    const result = await publish(context, { environment: 'dev' });

    expect(result).toMatchObject({
      outcome: 'created',
      branch: 'env/dev',
      release: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd',
      attempts: 1,
      foreign: [],
    });
    expect(gitIn(context.bare, 'rev-parse', 'env/dev')).toBe(result.commit);
    expect([...filesOf(context.bare, 'env/dev').keys()]).toEqual([
      'README.md',
      'bootstrap/10-namespace.dev.yaml',
      'bootstrap/20-appproject.dev.yaml',
      'index.json',
      config,
      orders,
      'manifests/shop/deployment.apps.dev-payments.yaml',
      'manifests/shop/statefulset.apps.dev-orders-db.yaml',
      'release.yaml',
    ]);
    expect(filesOf(context.bare, 'env/dev').get(orders)).toContain('image: acme/orders:4f2a9c1d');
  });

  test('records the initial release, the program, and who asked', async () => {
    const context = await opsContext();

    await publish(context, { environment: 'dev' });

    const record = readReleaseRecord(filesOf(context.bare, 'env/dev').get('release.yaml') ?? '');
    expect(record).toEqual({
      environment: 'dev',
      applications: { shop: validReleases.dev },
      program: { commit: programCommit(1) },
      origin: { kind: 'initial' },
      change: { kind: 'publish', by: 'alice', at: '2026-01-31T12:00:00Z' },
      holds: [],
    });
  });

  test('makes no commit when a newer program renders the same bytes, and keeps the older one on record', async () => {
    const context = await opsContext();
    const first = await publish(context, { environment: 'dev' });

    const second = await publish(
      { ...context, program: program(2), clock: () => new Date('2027-01-01T00:00:00Z') },
      { environment: 'dev' },
    );

    expect(second).toMatchObject({ outcome: 'unchanged', commit: first.commit, added: [], changed: [], removed: [] });
    expect(filesOf(context.bare, 'env/dev').get('release.yaml')).toContain(programCommit(1));
  });

  test('makes one commit on top of the last for what changed, and removes what is no longer rendered', async () => {
    const context = await opsContext({ rendering: { more: 2 } });
    const first = await publish(context, { environment: 'dev' });

    const second = await publish(
      { ...context, program: program(2), render: fakeRender({ level: 'DEBUG' }) },
      { environment: 'dev' },
    );

    expect(second).toMatchObject({
      outcome: 'updated',
      previous: first.commit,
      added: [],
      changed: [config],
      removed: ['manifests/shop/configmap.dev-more-0.yaml', 'manifests/shop/configmap.dev-more-1.yaml'],
    });
    expect(gitIn(context.bare, 'rev-parse', 'env/dev^')).toBe(first.commit);
    expect(filesOf(context.bare, 'env/dev').has('manifests/shop/configmap.dev-more-0.yaml')).toBe(false);
    expect(gitIn(context.bare, 'log', '-1', '--format=%B%an <%ae> %cI', 'env/dev')).toBe(
      'Publish dev: 4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd\n\n' +
        `Program-Commit: ${programCommit(2)}\n` +
        'Asked-By: alice\n' +
        `Previous-Release: 4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd (${first.commit})\n` +
        'shop-promoter <promoter@example.com> 2026-01-31T12:00:00Z'.replace('Z', '+00:00'),
    );
  });

  test('leaves alone what it never wrote, and names it', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    commitByHand(context.bare, 'env/dev', { 'notes/why.md': 'because\n' });

    const result = await publish({ ...context, render: fakeRender({ level: 'DEBUG' }) }, { environment: 'dev' });

    expect(result.foreign).toEqual(['notes/why.md']);
    expect(filesOf(context.bare, 'env/dev').get('notes/why.md')).toBe('because\n');
  });

  test('starts what the release has no version of at the first one of the program, when told so, and records it', async () => {
    const context = await opsContext();
    const { shop } = (await publish(context, { environment: 'dev' }), recordOf(context.bare, 'dev')).applications;
    const { payments, ...others } = shop?.images ?? {};
    commitByHand(context.bare, 'env/dev', {
      'release.yaml': (filesOf(context.bare, 'env/dev').get('release.yaml') ?? '').replace(
        /^ {6}payments:\n(?: {8}.*\n)*/m,
        '',
      ),
    });
    expect(recordOf(context.bare, 'dev').applications['shop']?.images).toEqual(others);

    await publish(context, { environment: 'dev', discardEdits: true, firstVersions: true });

    expect(recordOf(context.bare, 'dev').applications['shop']?.images).toEqual({ ...others, payments });
  });

  test('takes over a branch that holds only its first commit', async () => {
    const context = await opsContext();
    const first = commitByHand(
      context.bare,
      'env/dev',
      { 'README.md': '# shop-ops\n', LICENSE: 'Apache\n' },
      'Initial commit',
    );

    const result = await publish(context, { environment: 'dev' });

    expect(result).toMatchObject({ outcome: 'created', previous: first, foreign: ['LICENSE'] });
    expect(subjectsOf(context.bare, 'env/dev')).toEqual([
      'Publish dev: 4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd',
      'Initial commit',
    ]);
  });
});

const validReleases = {
  dev: {
    images: {
      orders: { repository: 'acme/orders', tag: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd' },
      payments: { repository: 'acme/payments', tag: '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd' },
    },
  },
};

describe('publish fails', () => {
  test('fails on a branch of somebody else', async () => {
    const context = await opsContext();
    commitByHand(context.bare, 'env/dev', { 'main.c': 'int main;\n' });

    expect(await refusal(publish(context, { environment: 'dev' }))).toBe(
      'portolan: env/dev was not touched\n' +
        "  the branch env/dev has files and no index.json, so it is somebody else's\n" +
        '    next: name another ops repository, or remove the branch if nothing runs from it',
    );
  });

  test('fails on a branch of another project', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });

    expect(
      await refusal(publish({ ...context, delivery: { ...context.delivery, name: 'bakery' } }, { environment: 'dev' })),
    ).toContain('the branch env/dev belongs to the project "shop", this one is "bakery"');
  });

  test("fails on a branch that holds another environment's files", async () => {
    const context = await opsContext();
    const { commit } = await publish(context, { environment: 'dev' });
    gitIn(context.bare, 'update-ref', 'refs/heads/env/prod', commit);

    expect(await refusal(publish(context, { environment: 'prod' }))).toContain(
      'the branch env/prod holds the environment "dev"',
    );
  });

  test('fails on a file edited by hand, with commit and author, until told to discard it', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const edit = commitByHand(context.bare, 'env/dev', { [config]: 'kind: ConfigMap\n' });

    expect(await refusal(publish(context, { environment: 'dev' }))).toBe(
      'portolan: dev was not published\n' +
        '  a file was edited by hand\n' +
        `    ${config}: changed in ${edit.slice(0, 12)} by Bob <bob@example.com>\n` +
        '    next: take what is worth keeping into the program, then write --discard-edits',
    );
    expect(gitIn(context.bare, 'rev-parse', 'env/dev')).toBe(edit);

    const result = await publish(context, { environment: 'dev', discardEdits: true });
    expect(result.discarded.map(({ path }) => path)).toEqual([config]);
    expect(filesOf(context.bare, 'env/dev').get(config)).toContain('LOG_LEVEL: INFO');
  });

  test('fails on a file removed by hand', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    commitByHand(context.bare, 'env/dev', { [config]: null });

    expect(await refusal(publish(context, { environment: 'dev' }))).toContain(`${config}: deleted in `);
  });

  test('fails on an image version that somebody moved', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const text = filesOf(context.bare, 'env/dev').get(orders) ?? '';
    commitByHand(context.bare, 'env/dev', {
      [orders]: text.replace(/acme\/orders:\w+/, `acme/orders:${sourceCommit(9)}`),
    });

    const message = await refusal(publish(context, { environment: 'dev' }));
    expect(message).toContain(`${orders}: image moved in `);
    expect(message).toContain(
      '    or let a release say what the image was moved to: npx portolan promote ENV --image SERVICE=REF',
    );
  });

  test('keeps an image version that somebody moved when a promotion says so', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const text = filesOf(context.bare, 'env/dev').get(orders) ?? '';
    commitByHand(context.bare, 'env/dev', {
      [orders]: text.replace(/acme\/orders:\w+/, `acme/orders:${sourceCommit(9)}`),
    });

    await promote(context, {
      environment: 'dev',
      source: { kind: 'build', images: { orders: `acme/orders:${sourceCommit(9)}` } },
    });

    expect(recordOf(context.bare, 'dev').applications['shop']?.images['orders']?.tag).toBe(sourceCommit(9));
    expect((await publish(context, { environment: 'dev' })).outcome).toBe('unchanged');
  });

  test('fails on a release edited by hand, with the line, and takes the last one it wrote when told to discard', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const text = filesOf(context.bare, 'env/dev').get('release.yaml') ?? '';
    const edit = commitByHand(context.bare, 'env/dev', { 'release.yaml': text.replace('tag: "4f', 'tag: "aa') });

    expect(await refusal(publish(context, { environment: 'dev' }))).toContain(
      `release.yaml:8: changed in ${edit.slice(0, 12)} by Bob <bob@example.com>`,
    );

    await publish(context, { environment: 'dev', discardEdits: true });
    expect(filesOf(context.bare, 'env/dev').get('release.yaml')).toContain(
      'tag: "4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd"',
    );
  });

  test('fails to remove what holds data until it is named', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const without = { ...context, render: fakeRender({ without: ['StatefulSet/dev-orders-db'] }) };

    expect(await refusal(publish(without, { environment: 'dev' }))).toBe(
      'portolan: dev was not published\n' +
        '  what holds data would be removed: StatefulSet/dev-orders-db\n' +
        '    next: if that is meant, write --allow-removal StatefulSet/dev-orders-db',
    );
    expect(
      (await publish(without, { environment: 'dev', allowRemoval: ['dev-orders-db'] })).removals.map(
        ({ object }) => object,
      ),
    ).toEqual(['StatefulSet/dev-orders-db']);
  });

  test('fails to remove more than half of the objects until the environment is named', async () => {
    const context = await opsContext({ rendering: { more: 7 } });
    await publish(context, { environment: 'dev' });
    const few = { ...context, render: fakeRender() };

    expect(await refusal(publish(few, { environment: 'dev' }))).toBe(
      'portolan: dev was not published\n' +
        '  7 of 13 objects would be removed\n' +
        '    next: look at "npx portolan diff dev"; if that is meant, write --allow-removal dev',
    );
    expect((await publish(few, { environment: 'dev', allowRemoval: ['dev'] })).removed).toHaveLength(7);
  });

  test('fails when an older program would render what a newer one rendered', async () => {
    const context = await opsContext();
    await publish({ ...context, program: program(2) }, { environment: 'dev' });
    const older = { ...context, render: fakeRender({ level: 'DEBUG' }) };

    expect(await refusal(publish(older, { environment: 'dev' }))).toBe(
      'portolan: dev was not published\n' +
        '  this program, 000000000001, is older than the one that rendered the branch, 000000000002\n' +
        '    next: check out a newer program, or write --allow-older-program',
    );
    expect((await publish(older, { environment: 'dev', allowOlderProgram: true })).outcome).toBe('updated');
  });

  test('fails when the history of the program is cut off', async () => {
    const context = await opsContext();
    await publish({ ...context, program: program(2) }, { environment: 'dev' });
    const shallow = {
      ...context,
      render: fakeRender({ level: 'DEBUG' }),
      program: program(3, { ancestry: { relate: () => Promise.resolve('unknown') } }),
    };

    expect(await refusal(publish(shallow, { environment: 'dev' }))).toBe(
      'portolan: dev was not published\n' +
        "  the program's commit 000000000002, which rendered the branch, is not in this clone's history, so nobody knows which is newer; the clone may be shallow\n" +
        '    next: fetch the whole history ("git fetch --unshallow", or fetch-depth: 0 in a workflow), or write --allow-older-program',
    );
  });

  test('fails with every reason at once', async () => {
    const context = await opsContext();
    await publish({ ...context, program: program(2) }, { environment: 'dev' });
    commitByHand(context.bare, 'env/dev', { [orders]: null });

    const message = await refusal(
      publish(
        { ...context, render: fakeRender({ level: 'DEBUG', without: ['StatefulSet/dev-orders-db'] }) },
        { environment: 'dev' },
      ),
    );

    expect(message).toContain('is older than');
    expect(message).toContain('edited by hand');
    expect(message).toContain('what holds data would be removed');
  });

  test('fails on a new branch without a first release', async () => {
    const context = await opsContext();

    expect(
      await refusal(
        publish({ ...context, delivery: { ...context.delivery, initialReleases: {} } }, { environment: 'dev' }),
      ),
    ).toBe(
      'portolan: dev was not published\n' +
        '  the branch is new and the program names no first release for dev\n' +
        '    next: add initialReleases.dev to the delivery, or promote a release to it',
    );
  });
});

describe('publish says what comes first', () => {
  test('on a new branch', async () => {
    const { notices } = await publish(await opsContext(), { environment: 'dev' });

    expect(notices).toEqual([
      'bootstrap/ is new: run "pulumi up --stack dev" first, or "kubectl apply -f bootstrap/"',
      'the Secret dev/dev-orders-db-secret must exist with the key POSTGRES_PASSWORD; README.md on the branch has the line',
      'the Secret argocd/shop-ops-dev must exist with the key sshPrivateKey; README.md on the branch has the line',
    ]);
  });

  test('on a new branch, without the Secret that an object of it has made', async () => {
    const context = await opsContext();
    const maker = {
      path: 'manifests/shop/externalsecret.external-secrets.io.dev-orders-db-secret.yaml',
      application: 'shop',
      construct: 'dev/shop/orders-db-secret',
      object: {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'dev-orders-db-secret', namespace: 'dev' },
      },
    };
    const render: typeof context.render = async (unit, release) => {
      const rendered = await context.render(unit, release);
      return {
        ...rendered,
        objects: [...rendered.objects, maker],
        files: new Map([...rendered.files, [maker.path, JSON.stringify(maker.object)]]),
      };
    };
    const { notices } = await publish({ ...context, render }, { environment: 'dev' });

    expect(notices).toEqual([
      expect.stringContaining('bootstrap/ is new'),
      expect.stringContaining('the Secret argocd/shop-ops-dev must exist'),
    ]);
  });

  test('when the AppProject must allow a new kind', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });

    const { notices } = await publish(
      { ...context, render: fakeRender({ kinds: ['Deployment', 'CronJob'] }) },
      { environment: 'dev' },
    );

    expect(notices).toEqual([
      'bootstrap/ changed: run "pulumi up --stack dev" first',
      'the AppProject must allow CronJob.apps before Argo CD applies one',
    ]);
  });

  test('and what comes last, when the AppProject stops allowing a kind', async () => {
    const context = await opsContext({ rendering: { kinds: ['Deployment', 'CronJob'] } });
    await publish(context, { environment: 'dev' });

    expect((await publish({ ...context, render: fakeRender() }, { environment: 'dev' })).notices).toEqual([
      'bootstrap/ changed: run "pulumi up --stack dev" when "npx portolan wait dev" says Healthy, not before',
      'the AppProject must allow CronJob.apps until Argo CD pruned the last one; else it runs on for ever, and nothing says so',
    ]);
  });

  test('and both in two steps, when one kind takes the place of another', async () => {
    const context = await opsContext({ rendering: { kinds: ['CronJob'] } });
    await publish(context, { environment: 'dev' });

    expect((await publish({ ...context, render: fakeRender() }, { environment: 'dev' })).notices).toEqual([
      'bootstrap/ changes in two steps: run "pulumi up --stack dev" first, which keeps what is in use, and once more when "npx portolan wait dev" says Healthy',
      `the AppProject must allow Deployment.apps before Argo CD applies one: kubectl -n argocd patch appproject shop-dev --type json -p '[{"op":"add","path":"/spec/namespaceResourceWhitelist/-","value":{"group":"apps","kind":"Deployment"}}]'`,
      'the AppProject must allow CronJob.apps until Argo CD pruned the last one; else it runs on for ever, and nothing says so',
    ]);
  });

  test('and says nothing when only manifests change', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });

    expect(
      (await publish({ ...context, render: fakeRender({ level: 'DEBUG' }) }, { environment: 'dev' })).notices,
    ).toEqual([]);
  });
});
