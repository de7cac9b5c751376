import { describe, expect, test } from '@jest/globals';
import { treeOfFiles } from '../../../src/review/diff/tree-object.ts';

const files = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));
const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

describe('a tree of files', () => {
  test('has an object for each file, and knows the construct that made it', () => {
    const tree = treeOfFiles(
      files({ 'manifests/shop/configmap.a.yaml': `${config}data:\n  at: 2026-01-01\n` }),
      () => 'dev/shop/orders/config-a',
    );

    expect(tree).toEqual([
      {
        path: 'manifests/shop/configmap.a.yaml',
        construct: 'dev/shop/orders/config-a',
        text: `${config}data:\n  at: 2026-01-01\n`,
        object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { at: '2026-01-01' } },
      },
    ]);
  });

  test('has an object for each document of a file', () => {
    const tree = treeOfFiles(
      files({ 'all.yaml': `${config}---\n# nothing\n---\n${config.replace('name: a', 'name: b')}` }),
    );

    expect(tree.map(({ object, path, text }) => [object.metadata.name, path, text])).toEqual([
      ['a', 'all.yaml', undefined],
      ['b', 'all.yaml', undefined],
    ]);
  });

  test('has the two files that tell an engine to render a chart, as if each were an object', () => {
    const tree = treeOfFiles(
      files({
        'manifests/shop/search/Chart.yaml':
          'apiVersion: v2\nname: search\ndependencies:\n- name: search\n  version: "1.10"\n',
        'manifests/shop/search/values.yaml': 'search:\n  kind: fast\n',
      }),
    );

    expect(tree.map(({ object }) => object)).toEqual([
      {
        apiVersion: 'v2',
        kind: 'Chart',
        metadata: { name: 'search' },
        dependencies: [{ name: 'search', version: '1.10' }],
      },
      { apiVersion: 'v2', kind: 'ChartValues', metadata: { name: 'search' }, values: { search: { kind: 'fast' } } },
    ]);
  });

  test('leaves out what holds no objects', () => {
    expect(
      treeOfFiles(
        files({
          'README.md': '# a',
          'release.yaml': 'apiVersion: portolan/v1\n',
          '.github/workflows/verify.yaml': 'on: push\n',
          'index.json': '{}',
        }),
      ),
    ).toEqual([]);
  });

  test('fails for a file that is not YAML, with its place, when it is asked for', () => {
    const [item] = treeOfFiles(files({ 'manifests/a.yaml': 'a: [\n' }));

    expect(() => item?.object).toThrow(new Error('manifests/a.yaml:2: is not YAML'));
  });

  test('fails for a file that holds something else', () => {
    const [empty, other] = treeOfFiles(files({ 'manifests/a.yaml': '# nothing\n', 'manifests/b.yaml': 'a: 1\n' }));

    expect(() => empty?.object).toThrow(
      new Error('manifests/a.yaml: must hold a Kubernetes object with apiVersion, kind and metadata.name'),
    );
    expect(() => other?.object).toThrow(
      new Error('manifests/b.yaml: must hold Kubernetes objects with apiVersion, kind and metadata.name'),
    );
  });
});
