import { describe, expect, test } from '@jest/globals';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { promote, type PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { publish } from '../../../src/ops/publish/publish.ts';
import { compareCharts, describeCompared } from '../../../src/ops/registry/charts-by-version.ts';
import { RegistryError } from '../../../src/ops/registry/registry-error.ts';
import { readStatus } from '../../../src/ops/status/read-status.ts';
import { charted, chartedByArgo, fromHelmRepository, searchChart } from '../../model/charted.ts';
import { opsContext, refusal } from '../support/fake-ops.ts';

const { repository, tag } = searchChart;
const digest = searchChart.digest ?? '';
const other = `sha256:${'b'.repeat(64)}`;
const reference = `${repository}:${tag}`;
const release = { images: { 'search-chart': searchChart } };
const answering = (found: string) => () => Promise.resolve(found);
const silent = () => Promise.reject(new RegistryError('unreachable', 'ghcr.io cannot be reached'));
const compared = async (delivery: Delivery, resolve: (of: string) => Promise<string>) =>
  compareCharts(delivery, { environment: 'dev' }, release, resolve);
const pushedAgain = `${reference} is sha256:bbbbbbbbbbbb in the registry now, and ${digest.slice(0, 19)} in the release: it was pushed again, and the engine fetches what is there`;

describe('a chart that an engine fetches by its version', () => {
  test('is compared with what the registry has, and nothing is said where that is the same', async () => {
    const [chart, ...more] = await compared(chartedByArgo(), answering(digest));

    expect(more).toEqual([]);
    expect(chart).toEqual({ artifact: 'search-chart', reference, digest, found: { digest } });
    expect(describeCompared(chart!)).toBeUndefined();
  });

  test('is told of where it was pushed again, and where nobody knows', async () => {
    const told = async (resolve: (of: string) => Promise<string>) =>
      (await compared(chartedByArgo(), resolve)).map(describeCompared);

    expect(await told(answering(other))).toEqual([pushedAgain]);
    expect(await told(silent)).toEqual([
      `nobody knows whether ${reference} is still ${digest.slice(0, 19)}, as the release says: ghcr.io cannot be reached`,
    ]);
    await expect(told(() => Promise.reject(new Error('a mistake')))).rejects.toThrow('a mistake');
  });

  test('is compared from a folder of a registry with either engine, and not by its digest or from a site', async () => {
    expect(await compared(fromHelmRepository('oci://ghcr.io/acme/charts'), answering(digest))).toHaveLength(1);
    expect(await compared(charted(), answering(other))).toEqual([]);
    expect(
      await compareCharts(
        fromHelmRepository(),
        { environment: 'dev' },
        fromHelmRepository().initialReleases['dev']!,
        answering(other),
      ),
    ).toEqual([]);
  });

  test('is in the status of its unit, where somebody may be asked', async () => {
    const context = await opsContext({ delivery: chartedByArgo() });
    await publish(context, { environment: 'dev' });
    const environments = [environmentOf(context.delivery, 'dev')];
    const [asked] = await readStatus(context, environments, { resolveDigest: answering(other) });
    const [unasked] = await readStatus(context, environments);

    expect(asked?.published?.charts).toEqual([
      { artifact: 'search-chart', reference, digest, found: { digest: other } },
    ]);
    expect(unasked?.published).not.toHaveProperty('charts');
  });

  test('is not promoted where it was pushed again, and is with a word where nobody knows', async () => {
    const context = await opsContext({ delivery: chartedByArgo() });
    await publish(context, { environment: 'dev' });
    const images = { 'search-chart': `${repository}:1.5.0@${digest}` };
    const asked = (resolveDigest: NonNullable<PromoteOptions['resolveDigest']>): PromoteOptions => ({
      environment: 'dev',
      source: { kind: 'build', images },
      resolveDigest,
    });

    expect(await refusal(promote(context, asked(answering(other))))).toContain(
      pushedAgain.replace(reference, `${repository}:1.5.0`),
    );
    const { outcome, notices } = await promote(context, asked(silent));
    expect(outcome).toBe('updated');
    expect(notices).toContain(
      `nobody knows whether ${repository}:1.5.0 is still ${digest.slice(0, 19)}, as the release says: ghcr.io cannot be reached`,
    );
  });
});
