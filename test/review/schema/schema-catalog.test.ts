import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import type { SchemaFile, SchemaNode } from '../../../src/review/schema/schema-node.ts';
import { catalog, projectRoot } from './change-object.ts';

const folder = path.join(projectRoot, 'schemas');
const files = readdirSync(folder);

describe('the schemas of the project', () => {
  test('cover the kinds that are rendered, and those of the systems that the model can say', () => {
    const names = catalog.kinds().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);

    expect(names).toEqual(
      expect.arrayContaining([
        'v1 ConfigMap',
        'v1 Namespace',
        'v1 PersistentVolume',
        'v1 Secret',
        'apps/v1 StatefulSet',
        'batch/v1 CronJob',
        'argoproj.io/v1alpha1 Application',
        'argoproj.io/v1alpha1 AppProject',
        'traefik.io/v1alpha1 IngressRoute',
        'kustomize.toolkit.fluxcd.io/v1 Kustomization',
        'kargo.akuity.io/v1alpha1 Stage',
        'kpack.io/v1alpha2 Image',
        'tekton.dev/v1 Pipeline',
      ]),
    );
  });

  test('belong together: every kind and every reference leads to a definition', () => {
    for (const kind of catalog.kinds()) expect(catalog.kindSchema(kind)).toBeDefined();
    const definitions = files
      .filter((name) => name !== 'index.json')
      .flatMap((name) =>
        Object.values((JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as SchemaFile).definitions),
      );
    const references = definitions.flatMap(referencesIn);

    expect(references.length).toBeGreaterThan(500);
    for (const reference of references) expect(catalog.resolve(reference)).toBeDefined();
  });

  test('stay small', () => {
    const bytes = files.reduce((sum, name) => sum + readFileSync(path.join(folder, name)).length, 0);

    expect(bytes).toBeLessThan(1_500_000);
  });
});

function referencesIn(node: SchemaNode): readonly string[] {
  const children = [
    ...Object.values(node.properties ?? {}),
    node.items,
    node.additionalProperties,
    ...(node.allOf ?? []),
  ];
  const below = children.flatMap((child) => (child === undefined ? [] : referencesIn(child)));
  return node.$ref === undefined ? below : [node.$ref, ...below];
}

test('says whether objects of a kind live in a namespace', () => {
  expect(catalog.scope({ apiVersion: 'v1', kind: 'ConfigMap' })).toBe('Namespaced');
  expect(catalog.scope({ apiVersion: 'v1', kind: 'PersistentVolume' })).toBe('Cluster');
  expect(catalog.scope({ apiVersion: 'example.org/v1', kind: 'Thing' })).toBeUndefined();
});

test('reads only the files that it is asked for, each once', () => {
  const read: string[] = [];
  const onDisk = schemaReader(projectRoot);
  const lazy = new SchemaCatalog((name) => {
    read.push(name);
    return onDisk(name);
  });

  lazy.kindSchema({ apiVersion: 'apps/v1', kind: 'Deployment' });
  lazy.kindSchema({ apiVersion: 'apps/v1', kind: 'StatefulSet' });
  lazy.kindSchema({ apiVersion: 'example.org/v1', kind: 'Thing' });

  expect(read).toEqual(['index', 'apps']);
});

test('fails when its files do not belong together', () => {
  expect(() => catalog.resolve('core#v1.Nothing')).toThrow(
    'schemas/core.json: holds no definition v1.Nothing; run scripts/make-schemas.ts again',
  );
});
