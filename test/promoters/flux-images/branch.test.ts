import { describe, expect, test } from '@jest/globals';
import { environmentOf } from '../../../src/model/delivery.ts';
import { hold } from '../../../src/ops/hold/hold.ts';
import { readHistory } from '../../../src/ops/history/read-history.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { verify } from '../../../src/ops/verify/verify.ts';
import { renderedUnit } from '../../../src/render/rendered-unit.ts';
import { digestOf, opsContext } from '../../ops/support/fake-ops.ts';
import { called, pushFiles, type Writer } from '../../ops/support/made-up-promoter.ts';
import { filesOf, gitIn } from '../../support/git.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { tagAt, withFluxImages } from '../../support/moved-by-flux.ts';
import '../../support/patience.ts';

const flux: Writer = { name: 'shop-promoter', email: 'promoter@example.com' };
const delivery = withFluxImages();

/** The branch of dev, published by the program. */
async function published(): Promise<OpsContext & { readonly bare: string }> {
  const context = await opsContext({
    delivery,
    render: (unit, release) => renderedUnit(rendered(delivery, unit.environment, release), unit),
  });
  await publish(context, { environment: 'dev' });
  return context;
}

const reference = (artifact: string, second: number): string => {
  const tagged = `acme/${artifact}:${tagAt(second)}`;
  return `${tagged}@${digestOf(tagged)}`;
};

/** What Flux does: it sets each marked field of an artifact to the newest, and nothing else. */
const sets = (bare: string, second: number, artifacts = ['orders', 'payments']): Promise<string> =>
  pushFiles(
    bare,
    'env/dev',
    flux,
    (files) =>
      new Map(
        [...files].flatMap(([path, text]) => {
          const next = text.replaceAll(
            /acme\/\S+(?= # \{"\$imagepolicy": "shop-tools:(\w+)"\}$)/gm,
            (whole, artifact: string) => (artifacts.includes(artifact) ? reference(artifact, second) : whole),
          );
          return next === text ? [] : [[path, next] as const];
        }),
      ),
    `Shop ${tagAt(second)} to dev\n\nAsked-By: Flux\n`,
  );

const statusOf = async (context: OpsContext): Promise<Awaited<ReturnType<typeof readStatus>>[number]['published']> =>
  (await readStatus(context, [environmentOf(delivery, 'dev')]))[0]?.published;

const changesOf = async (context: OpsContext & { readonly bare: string }): Promise<readonly string[]> =>
  (await readHistory(context.repository, gitIn(context.bare, 'rev-parse', 'env/dev'))).entries.map(
    ({ record: { change, applications } }) => `${change.kind} ${applications['shop']?.images['orders']?.tag ?? ''}`,
  );

describe('a branch that Flux sets images on', () => {
  test('lists the marked fields, is moved by whoever sets them, and runs the digest that Flux wrote', async () => {
    const context = await published();
    const index = filesOf(context.bare, 'env/dev').get('index.json') ?? '';
    const commit = await sets(context.bare, 2);
    const status = await statusOf(context);

    expect(index).toContain(
      '"manifests/shop/deployment.apps.dev-orders.yaml": [{"kind":"marker","artifact":"orders","marker":"{\\"$imagepolicy\\": \\"shop-tools:orders\\"}","carries":"reference"}]',
    );
    expect(index.split('$imagepolicy')).toHaveLength(3);
    expect(status).toMatchObject({ moved: { by: called(flux), commit }, edits: [], rendering: { differing: [] } });
    expect(status?.release).toContain(tagAt(2));
    expect(await verify(context, { environment: 'dev', revision: commit })).toMatchObject({ differing: [] });
    expect(await changesOf(context)).toEqual([`moved ${tagAt(2)}`, `publish ${tagAt(1)}`]);
  });

  test('keeps what was set, with its digest and its marker, when the program writes it again', async () => {
    const context = await published();
    await sets(context.bare, 2);
    await hold(context, { environment: 'dev', reason: 'wait' });
    const files = filesOf(context.bare, 'env/dev');

    expect((await publish(context, { environment: 'dev' })).outcome).toBe('unchanged');
    expect(files.get('manifests/shop/deployment.apps.dev-orders.yaml')).toContain(
      `image: ${reference('orders', 2)} # {"$imagepolicy": "shop-tools:orders"}\n`,
    );
  });

  test('has an edit where a commit changes a letter besides, the marker among them', async () => {
    const path = 'manifests/shop/deployment.apps.dev-orders.yaml';
    for (const [from, to] of [
      ['replicas: 2', 'replicas: 3'],
      ['shop-tools:orders', 'shop-tools:payments'],
      [' # {"$imagepolicy": "shop-tools:orders"}', ''],
    ] as const) {
      const context = await published();
      await pushFiles(context.bare, 'env/dev', flux, (files) => new Map([[path, files.get(path)?.replace(from, to)]]));

      expect((await statusOf(context))?.edits).toEqual([expect.objectContaining({ path, what: 'changed' })]);
    }
  });

  test('is moved past a hold and away from a rollback: neither binds Flux, and status says so', async () => {
    const context = await published();
    await sets(context.bare, 2);
    await hold(context, { environment: 'dev', reason: 'wait' });
    await sets(context.bare, 3);
    const passed = await statusOf(context);
    await rollback(context, { environment: 'dev', reason: 'it is slow' });
    await sets(context.bare, 4);

    expect(passed?.holds.map(({ reason }) => reason)).toEqual(['wait']);
    expect(passed?.release).toContain(tagAt(3));
    expect((await statusOf(context))?.release).toContain(tagAt(4));
  });
});
