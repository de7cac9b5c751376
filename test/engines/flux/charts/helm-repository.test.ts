import { describe, expect, test } from '@jest/globals';
import { environmentOf } from '../../../../src/model/delivery.ts';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import { resolveDigests } from '../../../../src/ops/promote/resolve-digests.ts';
import { fromHelmRepository } from '../../../model/charted.ts';
import { findings } from '../../../systems/rendered-system.ts';
import type { Fields } from '../../../review/checks/small-objects.ts';

const settings = { opsRepository: 'https://github.com/acme/shop-ops.git' };

function renderedFrom(url?: string, tag?: string) {
  const delivery = fromHelmRepository(url);
  const { images } = delivery.initialReleases['dev']!;
  const version = images['search-chart']!;
  const release = { images: { ...images, 'search-chart': { ...version, ...(tag === undefined ? {} : { tag }) } } };
  const { objects } = renderEnvironment(delivery, environmentOf(delivery, 'dev'), release, settings);
  return (kind: string, name = 'dev-search'): Fields | undefined =>
    objects.find(({ object }) => object.kind === kind && object.metadata.name === name)?.object;
}

describe('a chart that Flux fetches from a HelmRepository', () => {
  test('is looked for on the site, and moved by its version', () => {
    const rendered = renderedFrom();

    expect(rendered('OCIRepository')).toBeUndefined();
    expect(rendered('HelmRepository')?.['spec']).toEqual({ url: 'https://charts.example/stable', interval: '1m' });
    expect(rendered('HelmRelease')?.['spec']).toMatchObject({
      chart: {
        spec: {
          chart: 'search',
          version: '1.4.2',
          sourceRef: { kind: 'HelmRepository', name: 'dev-search' },
          interval: '1m',
        },
      },
      driftDetection: { mode: 'enabled' },
    });
    expect(rendered('HelmRelease')?.['spec']).not.toHaveProperty('chartRef');
    expect(renderedFrom(undefined, '1.5.0_build.3')('HelmRelease')?.['spec']).toMatchObject({
      chart: { spec: { version: '1.5.0+build.3' } },
    });
  });

  test('is healthy when that version was tried last', () => {
    const rendered = renderedFrom();
    const { healthCheckExprs } = rendered('Kustomization', 'shop-dev')?.['spec'] as {
      readonly healthCheckExprs: readonly { readonly kind: string; readonly current: string }[];
    };

    expect(rendered('HelmRelease')?.['metadata']).toMatchObject({ annotations: { 'portolan/chart': '1.4.2' } });
    expect(healthCheckExprs.find(({ kind }) => kind === 'HelmRelease')?.current).toContain(
      "has(status.lastAttemptedRevision) && status.lastAttemptedRevision == metadata.annotations['portolan/chart']",
    );
  });

  test('is looked for in a registry too, without encryption on this machine alone', () => {
    expect(renderedFrom('oci://ghcr.io/acme/charts')('HelmRepository')?.['spec']).toEqual({
      type: 'oci',
      url: 'oci://ghcr.io/acme/charts',
      interval: '1m',
    });
    expect(renderedFrom('oci://127.0.0.1:5000/charts')('HelmRepository')?.['spec']).toMatchObject({ insecure: true });
  });

  test('passes every check, its schemas among them', () => {
    expect(findings(fromHelmRepository()).filter((found) => /Helm(?:Release|Repository)/.test(found))).toEqual([]);
  });

  test('is promoted by its version, without asking a registry that is none', async () => {
    const delivery = fromHelmRepository();
    const { 'search-chart': chart } = delivery.initialReleases['dev']!.images;

    expect(
      await resolveDigests(delivery, { 'search-chart': chart! }, () => Promise.reject(new Error('was asked'))),
    ).toEqual({
      images: { 'search-chart': chart },
      notices: ['charts.example/stable/search:1.4.2 goes by its tag alone: a site of charts vouches for no digest'],
      refusals: [],
    });
  });
});
