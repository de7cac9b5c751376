import { describe, expect, test } from '@jest/globals';
import { hold } from '../../../src/ops/hold/hold.ts';
import { promote } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { newerVersion } from '../../../src/ops/release/branch-index.ts';
import { fileDigest } from '../../../src/ops/release/file-digest.ts';
import { rollback } from '../../../src/ops/rollback/rollback.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { commitByHand, filesOf, gitIn } from '../../support/git.ts';
import { build, opsContext, refusal } from '../support/fake-ops.ts';
import '../../support/patience.ts';

const seal = /^ {2}"digest": .*\n/m;

/** An index as a newer package would write it: another version, a field that nobody here knows, and a digest of all of it. */
function ofNewerPackage(index: string): string {
  const lines = index
    .replace(seal, '')
    .replace('"portolan/v1"', '"portolan/v3"')
    .replace(/^( {2}"files")/m, '  "fields": {"image": 1},\n$1');
  return lines.replace(/^( {2}"environment": .*\n)/m, (line) => `${line}  "digest": "${fileDigest(lines)}",\n`);
}

const published = async (change: (index: string) => string) => {
  const context = await opsContext();
  await promote(context, build(1));
  await promote(context, build(2));
  const index = filesOf(context.bare, 'env/dev').get('index.json') ?? '';
  commitByHand(context.bare, 'env/dev', { 'index.json': change(index) });
  await context.repository.refresh();
  return context;
};

describe('a package that is older than a branch', () => {
  test('fails every write with what to install, whatever it is told to discard, and the branch stays', async () => {
    const context = await published(ofNewerPackage);
    const before = gitIn(context.bare, 'rev-parse', 'env/dev');
    const dev = { environment: 'dev', discardEdits: true };

    for (const write of [
      () => publish(context, dev),
      () => promote(context, { ...build(3), discardEdits: true }),
      () => rollback(context, dev),
      () => hold(context, { ...dev, reason: 'the sale is on' }),
    ])
      expect(await refusal(write())).toBe(
        [
          'portolan: env/dev was not touched',
          '  index.json of env/dev is portolan/v3, and this package of Portolan reads portolan/v1, portolan/v2: it is older than the branch',
          '    next: install the Portolan that the newest commit of the program names ("npm ci" there), or a newer one',
        ].join('\n'),
      );
    expect(gitIn(context.bare, 'rev-parse', 'env/dev')).toBe(before);
  });

  test('is told by status, which goes on with the other branches', async () => {
    const context = await published(ofNewerPackage);
    await publish(context, { environment: 'prod' });

    const [dev, prod] = await readStatus(context, context.delivery.environments);

    expect(dev?.unreadable).toContain('it is older than the branch');
    expect(prod?.published).toBeDefined();
  });

  test('is none where somebody wrote another version by hand: that is an edit, as any other', async () => {
    const context = await published((index) => index.replace('"portolan/v1"', '"portolan/v3"'));

    expect(await refusal(publish(context, { environment: 'dev' }))).toContain('a file was edited by hand');
    expect(await publish(context, { environment: 'dev', discardEdits: true })).toMatchObject({ outcome: 'updated' });
  });

  test('knows its own version, and takes no other text for a newer one', async () => {
    const context = await opsContext();
    await publish(context, { environment: 'dev' });
    const index = filesOf(context.bare, 'env/dev').get('index.json') ?? '';

    expect(newerVersion(index)).toBeUndefined();
    expect(newerVersion(ofNewerPackage(index))).toBe('portolan/v3');
    expect(newerVersion(ofNewerPackage(index).replace('"shop"', '"bank"'))).toBeUndefined();
    expect(newerVersion('')).toBeUndefined();
  });
});
