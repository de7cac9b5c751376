import { describe, expect, test } from '@jest/globals';
import { environmentOf } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { hold, unhold } from '../../../src/ops/hold/hold.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { renderEnvironment } from '../../../src/render/render-environment.ts';
import { commitByHand, filesOf, gitIn } from '../../support/git.ts';
import { madeUpTools } from '../../support/made-up-tools.ts';
import { withFurnace, withTools } from '../../support/with-toolchain.ts';
import { opsContext, program, recordOf, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

const objects = (size: string) => [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'limits', namespace: 'shop-tools' }, data: { size } },
];

/** A program whose toolchain says a size. */
function saying(size: string): Pick<OpsContext, 'delivery' | 'render'> {
  const delivery = withToolchains(withTools({ objects: objects(size) }));
  return {
    delivery,
    render: ({ environment }, release) =>
      renderEnvironment(delivery, environmentOf(delivery, environment), release, {
        opsRepository: 'https://github.com/acme/shop-ops',
        tools: madeUpTools,
      }),
  };
}
const tools = { environment: 'tools' };
const path = 'manifests/tools/configmap.limits.yaml';

describe('the branch of a toolchain', () => {
  test('is published, looked at, held, and rolled back as that of an environment, without a release', async () => {
    const context = await opsContext(saying('small'));
    const { bare } = context;

    expect(await publish(context, tools)).toMatchObject({ outcome: 'created', release: 'program' });
    expect(await publish(context, tools)).toMatchObject({ outcome: 'unchanged' });
    const larger = { ...context, ...saying('large'), program: program(2) };
    expect((await verify(larger, tools)).differing).toEqual(['index.json', path]);
    expect(await publish(larger, tools)).toMatchObject({ outcome: 'updated', changed: [path] });

    expect(recordOf(bare, 'tools').applications).toEqual({ tools: { images: {} } });
    const [status] = await readStatus(larger, [environmentOf(larger.delivery, 'tools')]);
    expect(status).toMatchObject({
      branch: 'env/tools',
      waiting: [],
      published: { release: 'program', edits: [] },
    });
    const readme = filesOf(bare, 'env/tools').get('README.md');
    expect(readme).toContain('what runs in the toolchain **tools** (namespaces `shop-tools`, `shop-builds`)');
    expect(readme).toContain('which program rendered this, and who asked, holds');

    expect(await rollback(larger, tools)).toMatchObject({ outcome: 'updated', changed: [path] });
    expect(filesOf(bare, 'env/tools').get(path)).toContain('size: small');
    expect(await refusal(publish(larger, tools))).toContain('held');
    await unhold(larger, tools);
    await hold(larger, { ...tools, reason: 'a look at it' });
    await unhold(larger, tools);
    expect(await publish(larger, tools)).toMatchObject({ outcome: 'updated', changed: [path] });
    const { entries, unreadable } = await readHistory(context.repository, gitIn(bare, 'rev-parse', 'env/tools'));
    expect(unreadable).toEqual([]);
    expect(entries.map(({ record }) => record.change.kind)).toEqual([
      'publish',
      'unhold',
      'hold',
      'unhold',
      'rollback',
      'publish',
      'publish',
    ]);
  });

  test('says how to make the Secrets that builders and promoters read, as they find them', async () => {
    const delivery = withToolchains(withFurnace());
    const context = await opsContext({ ...saying('small'), delivery, tools: madeUpTools });
    await publish(context, tools);

    expect(filesOf(context.bare, 'env/tools').get('README.md')).toContain(
      [
        "    kubectl create secret generic furnace-registry --namespace shop-builds --from-literal=registry=docker.io --from-literal=password='VALUE'",
        '    kubectl label secret furnace-registry --namespace shop-builds furnace.example/reads=it',
        '    kubectl annotate secret furnace-registry --namespace shop-builds furnace.example/opens=docker.io',
      ].join('\n'),
    );
  });

  test('fails to take a release', async () => {
    const context = await opsContext(saying('small'));
    const source = { kind: 'build', images: { orders: 'acme/orders:v1' } } as const;

    expect(await refusal(promote(context, { ...tools, source }))).toBe(
      [
        'portolan: tools was not promoted',
        '  tools is a toolchain, which has no release',
        '    next: npx portolan publish tools',
      ].join('\n'),
    );
  });

  test('fails where somebody edited it by hand', async () => {
    const context = await opsContext(saying('small'));
    await publish(context, tools);
    commitByHand(context.bare, 'env/tools', { [path]: 'size: huge\n' });

    expect(await refusal(publish({ ...context, ...saying('large'), program: program(2) }, tools))).toContain(path);
  });
});
