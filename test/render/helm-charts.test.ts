import { describe, expect, test } from '@jest/globals';
import { environmentOf } from '../../src/model/delivery.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { releaseImages } from '../../src/review/checks/promotion/release-images.ts';
import type { ChartQuestion, RenderChart } from '../../src/objects/charts/chart-question.ts';
import { hydrated, searchChart } from '../model/charted.ts';
import { deployment, findings } from '../review/checks/small-objects.ts';

const opsRepository = 'https://github.com/acme/shop-ops.git';
const inDev = (name: string, image: string) => {
  const object = deployment(name, { containers: [{ name: 'search', image }] });
  return { ...object, metadata: { ...object.metadata, namespace: 'dev' } };
};

const rendered = (renderChart?: RenderChart) => {
  const delivery = hydrated();
  return renderEnvironment(delivery, environmentOf(delivery, 'dev'), delivery.initialReleases['dev']!, {
    opsRepository,
    ...(renderChart === undefined ? {} : { renderChart }),
  });
};

describe('a chart that the program renders', () => {
  test('is asked for with everything that its answer depends on, and lies on the branch as plain objects', () => {
    const asked: ChartQuestion[] = [];
    const { objects, files } = rendered((question) => {
      asked.push(question);
      return [inDev('dev-search', 'ghcr.io/acme/search:2.0.0')];
    });

    expect(asked).toEqual([
      {
        path: 'environments.dev.applications.shop.helmCharts.search',
        release: 'dev-search',
        namespace: 'dev',
        version: searchChart,
        values: { replicaCount: 2, ui: { message: 'Hello' }, hosts: ['a', 'b'] },
        kubernetes: { oldest: '1.30', newest: '1.36' },
        withoutHooks: true,
        withoutDefinitions: true,
        pins: 'ghcr.io/acme/search',
      },
    ]);
    expect(files.get('manifests/shop/deployment.apps.dev-search.yaml')).toContain('image: ghcr.io/acme/search:2.0.0');
    expect(objects.find(({ object }) => object.metadata.name === 'dev-search')).toMatchObject({
      application: 'shop',
      chart: 'search-chart',
      construct: 'dev/shop/HelmCharts/search/Deployment-dev-search/object',
    });
    expect(objects.filter(({ object }) => object.kind === 'HelmRelease')).toEqual([]);
  });

  test('moves the image that it pins, and no other', () => {
    const toldOf = (image: string): readonly string[] =>
      findings(
        releaseImages,
        rendered(() => [inDev('dev-search', image)]).objects.filter(({ chart }) => chart !== undefined),
        { delivery: hydrated() },
      );

    expect(toldOf('ghcr.io/acme/search:2.0.0')).toEqual([]);
    expect(toldOf('acme/orders:v1.0.0')).toEqual([
      'Deployment/dev-search spec.template.spec.containers[0].image: the version of the artifact "orders" is written by hand, so that no release moves it; write { artifact: "orders" }, got "acme/orders:v1.0.0"',
    ]);
  });

  test('fails where it makes a Secret, or an object of another namespace', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'dev' } };
    const elsewhere = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'kube-system' } };

    expect(() => rendered(() => [secret])).toThrow(
      'environments.dev.applications.shop.helmCharts.search: Secret/a: must not be a Secret',
    );
    expect(() => rendered(() => [elsewhere])).toThrow(
      'environments.dev.applications.shop.helmCharts.search: ConfigMap/a.metadata.namespace: must be "dev"',
    );
  });

  test('fails where nobody renders it', () => {
    expect(() => rendered()).toThrow(
      'environments.dev.applications.shop.helmCharts.search.renderedBy.kind: needs Helm, which is not asked here, got "program"',
    );
  });
});
