import { describe, expect, test } from '@jest/globals';
import { engines, isApplied } from '../../../../src/engines/engines.ts';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import type { HelmChart } from '../../../../src/model/charts/helm-chart.ts';
import { environmentOf, type Delivery } from '../../../../src/model/delivery.ts';
import type { ImageVersion } from '../../../../src/model/release.ts';
import { partsOf } from '../../../../src/ops/release/field-values.ts';
import { renderEnvironment } from '../../../../src/render/render-environment.ts';
import type { RenderedEnvironment } from '../../../../src/render/rendered-environment.ts';
import { appProject } from '../../../../src/engines/argocd/checks/app-project.ts';
import { followedBranch } from '../../../../src/engines/argocd/checks/followed-branch.ts';
import { findings } from '../../../review/checks/small-objects.ts';
import { chartedByArgo, searchChart, withChart } from '../../../model/charted.ts';

const opsRepository = 'https://github.com/acme/shop-ops.git';
/** As Argo CD reads it, with a key. */
const read = 'git@github.com:acme/shop-ops.git';
const folder = 'manifests/shop/search';
const argocd = engines.argocd;

function rendered(change: Partial<HelmChart> = {}, version: Partial<ImageVersion> = {}): RenderedEnvironment {
  const delivery = withChart(chartedByArgo(), (chart) => ({ ...chart, ...change }));
  const { images } = delivery.initialReleases['dev']!;
  const release = { images: { ...images, 'search-chart': { ...searchChart, ...version } } };
  return renderEnvironment(delivery, environmentOf(delivery, 'dev'), release, { opsRepository });
}

const ofKind = ({ objects }: RenderedEnvironment, kind: string): KubernetesObject =>
  objects.find(({ object }) => object.kind === kind)!.object;

const withCharts = (delivery: Delivery, helmCharts: readonly HelmChart[]): Delivery => ({
  ...delivery,
  environments: delivery.environments.map((environment) => ({
    ...environment,
    applications: environment.applications.map((application) => ({ ...application, helmCharts })),
  })),
});

const binding = (delivery: Delivery = chartedByArgo()) => ({
  delivery,
  environment: environmentOf(delivery, 'dev'),
  opsRepository,
});

describe('a chart that Argo CD renders', () => {
  test('is a folder of its own, with the chart as its dependency at the very version, and the values under its name', () => {
    const { files, objects } = rendered();

    expect(files.get(`${folder}/Chart.yaml`)).toBe(
      [
        'apiVersion: v2',
        'name: search',
        'version: "0.0.0"',
        'dependencies:',
        '- name: search',
        '  version: "1.4.2"',
        '  repository: oci://ghcr.io/acme/charts',
        '',
      ].join('\n'),
    );
    expect(files.get(`${folder}/values.yaml`)).toBe(
      'search:\n  replicaCount: 2\n  ui:\n    message: Hello\n  hosts:\n  - a\n  - b\n',
    );
    expect([...files.keys()]).toEqual([...files.keys()].sort());
    expect(objects.filter(({ path }) => path.startsWith(folder))).toEqual([]);
  });

  test('moves by one line, whose field nobody has to know more of', () => {
    const [before, after] = [rendered(), rendered({}, { tag: '1.5.0' })];
    const path = `${folder}/Chart.yaml`;
    const [old = '', next = ''] = [before.files.get(path), after.files.get(path)];
    const fields = after.fields?.get(path) ?? [];

    expect(next.split('\n').filter((line) => !old.split('\n').includes(line))).toEqual(['  version: "1.5.0"']);
    expect([...after.files].filter(([at, text]) => before.files.get(at) !== text).map(([at]) => at)).toEqual([path]);
    expect(fields).toEqual([
      { kind: 'value', artifact: 'search-chart', path: ['dependencies', 0, 'version'], carries: 'tag' },
    ]);
    expect(partsOf(next, fields).values.map(({ value }) => value)).toEqual(['1.5.0']);
    expect(partsOf(next, fields).outside).toBe(partsOf(old, fields).outside);
  });

  test('has the version as a chart says it, which nobody else moves where a registry spells it in another way', () => {
    const { files, fields } = rendered({}, { tag: '1.5.0_3b77a3e' });

    expect(files.get(`${folder}/Chart.yaml`)).toContain('version: "1.5.0+3b77a3e"');
    expect(fields).toBeUndefined();
  });

  test('is fetched from a site where it says so, and has values where none differ', () => {
    const helmRepository = 'https://charts.example/stable';
    const { files } = rendered({ values: {}, renderedBy: { kind: 'engine', kinds: ['Service'], helmRepository } });

    expect(files.get(`${folder}/Chart.yaml`)).toContain(`repository: ${helmRepository}`);
    expect(files.get(`${folder}/values.yaml`)).toBe('search: {}\n');
  });

  test('is a source of the one Application, and its kinds are allowed beside those that are rendered', () => {
    const all = rendered();
    const where = { repoURL: read, targetRevision: 'env/dev' };

    expect(ofKind(all, 'Application')['spec']).toHaveProperty('sources', [
      { ...where, path: 'manifests/shop', directory: { include: '*.yaml' } },
      { ...where, path: folder, helm: { releaseName: 'dev-search', skipCrds: true, skipTests: true } },
    ]);
    expect(ofKind(all, 'Application')['spec']).not.toHaveProperty('source');
    expect(ofKind(all, 'AppProject')).toHaveProperty(
      'spec.namespaceResourceWhitelist',
      expect.arrayContaining([{ group: 'apps', kind: 'DaemonSet' }]),
    );
    const { delivery, environment } = binding();
    for (const check of [appProject, followedBranch])
      expect(findings(check, all.objects, { delivery, environment })).toEqual([]);
  });

  test('fails for a kind that its project does not allow, and for a source that follows another branch', () => {
    const { objects } = rendered();
    const { delivery, environment } = binding();
    const without = (text: string): string =>
      text.replace(/\{[^{}]*"DaemonSet"[^{}]*\},/, '').replace(/env\/dev(?!.*env\/dev)/, 'main');
    const changed = objects.map((each) =>
      ['AppProject', 'Application'].includes(each.object.kind)
        ? { ...each, object: JSON.parse(without(JSON.stringify(each.object))) as KubernetesObject }
        : each,
    );

    expect(findings(appProject, changed, { delivery, environment })).toEqual([
      'AppProject/shop-dev spec.namespaceResourceWhitelist: does not allow DaemonSet of apps, which is rendered; Argo CD would refuse the sync, add it',
    ]);
    expect(findings(followedBranch, changed, { delivery, environment })).toEqual([
      'Application/shop-dev spec.sources[1].targetRevision: commits on "main" reach the cluster without passing the stage "dev"; write "env/dev"',
    ]);
  });

  test('has all that lies in its folder brought into the cluster, whoever put it there', () => {
    const { delivery, environment } = binding();
    const reaches = (path: string): boolean => isApplied(delivery, environment, path);

    expect(reaches(`${folder}/templates/by-hand.yaml`)).toBe(true);
    expect(reaches(`${folder}/charts/search-1.4.2.tgz`)).toBe(true);
    expect(reaches('manifests/shop/by-hand.yaml')).toBe(true);
    expect(reaches('manifests/shop/notes.txt')).toBe(false);
    expect(reaches('manifests/shop/other/by-hand.yaml')).toBe(false);
  });

  test('is at a commit once all that its Application follows is, and follows every folder', () => {
    const { environment } = binding();
    const application = environment.applications[0]!;
    const object = ofKind(rendered(), 'Application');
    const judged = (revisions: readonly string[]) =>
      argocd.judge(
        binding(),
        application,
        { ...object, status: { sync: { status: 'Synced', revisions }, health: { status: 'Healthy' } } },
        'apply bootstrap/',
        [],
      );

    expect(judged(['a1', 'a1'])).toMatchObject({ sync: 'Synced', health: 'Healthy', revision: 'a1' });
    expect(judged(['a1', 'b2'])).not.toHaveProperty('revision');
    expect(argocd.elsewhere(binding(), application, object, [])).toBeUndefined();
    const { sources, ...spec } = object['spec'] as { readonly sources: readonly object[] };
    expect(argocd.elsewhere(binding(), application, { ...object, spec: { ...spec, source: sources[0] } }, [])).toBe(
      `it follows the folder manifests/shop, not manifests/shop and ${folder}`,
    );
    expect(argocd.setUp.rendered([object])).toMatchObject({ repository: read, limits: 'shop-dev' });
  });

  test('is followed before the branch has it, and until it has left', () => {
    const bare = chartedByArgo();
    const plain = withCharts(bare, []);
    const { images } = bare.initialReleases['dev']!;
    const [without, all] = [plain, bare].map((delivery) =>
      ofKind(renderEnvironment(delivery, environmentOf(delivery, 'dev'), { images }, { opsRepository }), 'Application'),
    );
    const told = (before: KubernetesObject, after: KubernetesObject): readonly string[] =>
      argocd.order([before], [after]).map(({ when, message }) => `${when}: ${message}`);

    expect(told(without!, all!)).toEqual([
      `before: the Application must follow ${folder} too before the branch has it; else what the chart makes is pruned`,
    ]);
    expect(told(all!, without!)).toEqual([
      `after: the Application follows ${folder} until it has left the branch; else what the chart made is pruned before the branch has it otherwise`,
    ]);
  });
});
