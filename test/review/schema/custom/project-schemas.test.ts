import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import {
  definedIn,
  joined,
  projectSchemasText,
  type ProjectSchemas,
} from '../../../../src/review/schema/custom/project-schemas.ts';
import { SchemaCatalog } from '../../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../../src/review/schema/schema-files.ts';
import { validateObject } from '../../../../src/review/schema/validate-object.ts';
import { temporaryFolder } from '../../../support/git.ts';
import { queues, stores } from './queues.ts';

const definition = (): Record<string, unknown> => load(queues) as Record<string, unknown>;

const problemsOf = (documents: readonly unknown[]): readonly string[] =>
  definedIn(documents, 'queues.yaml').problems.map(({ path, message }) => `${path}: ${message}`);

/** A project's folder with these files of schemas. */
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'custom-resources'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'custom-resources', name), text);
  return folder;
}

const queueSchemas = (): ProjectSchemas => definedIn([definition()], 'queues.yaml').groups.get('example.com')!;

const findingsOf = (folder: string, object: Readonly<Record<string, unknown>>): readonly string[] =>
  validateObject(object, {
    catalog: new SchemaCatalog(schemaReader('.', folder)),
    kubernetes: { oldest: '1.30', newest: '1.36' },
  }).map(({ field, message }) => `${field}: ${message}`);

const queue = (spec: object): Readonly<Record<string, unknown>> => ({
  apiVersion: 'example.com/v1',
  kind: 'Queue',
  metadata: { name: 'orders' },
  spec,
});

describe('schemas of a project’s own', () => {
  test('hold its custom resources to their definitions, once they lie beside project.ts', () => {
    const folder = folderWith({ 'example.com.json': projectSchemasText(queueSchemas()) });

    expect(findingsOf(folder, queue({ size: 3, mode: 'on' }))).toEqual([]);
    expect(findingsOf(folder, queue({ size: 0, moed: 'on' }))).toEqual([
      'spec.size: must be at least 1',
      'spec.moed: unknown field; write "mode"',
    ]);
    expect(findingsOf(folder, queue({ size: 1 }))).toEqual([]);
    expect(findingsOf(temporaryFolder(), queue({ size: 1 }))).toEqual([
      'kind: no schema for Queue of example.com/v1; add its custom resource definition with: npx portolan schemas add FILE',
    ]);
  });

  test('leave the kinds that Portolan knows as they are, in their own group too', () => {
    const added = { ...queueSchemas(), kinds: { 'v1alpha1/Queue': 'Namespaced' as const } };
    const folder = folderWith({
      'traefik.io.json': projectSchemasText({
        ...added,
        definitions: { 'v1alpha1.Queue': added.definitions['v1.Queue']! },
      }),
    });
    const catalog = new SchemaCatalog(schemaReader('.', folder));
    const shipped = new SchemaCatalog(schemaReader('.'));

    expect(catalog.kindSchema({ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' })).toEqual(
      shipped.kindSchema({ apiVersion: 'traefik.io/v1alpha1', kind: 'IngressRoute' }),
    );
    expect(catalog.scope({ apiVersion: 'traefik.io/v1alpha1', kind: 'Queue' })).toBe('Namespaced');
    expect(catalog.scope({ apiVersion: 'v1', kind: 'Namespace' })).toBe('Cluster');
  });

  test('are the same bytes for the same definition, whatever the order of its keys', () => {
    const turned = JSON.parse(JSON.stringify(definition()), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ) as unknown;

    expect(projectSchemasText(definedIn([turned], 'queues.yaml').groups.get('example.com')!)).toBe(
      projectSchemasText(queueSchemas()),
    );
    expect(projectSchemasText(joined(queueSchemas(), queueSchemas()))).toBe(projectSchemasText(queueSchemas()));
  });

  test('have what is served, from lists of definitions too, and keep the other kinds of their group', () => {
    const { groups, problems } = definedIn([{ kind: 'List', items: [definition()] }], 'all.yaml');
    const topics = { ...queueSchemas(), kinds: { 'v1/Topic': 'Cluster' as const }, definitions: { 'v1.Topic': {} } };

    expect(problems).toEqual([]);
    expect(groups.get('example.com')?.kinds).toEqual({ 'v1/Queue': 'Namespaced' });
    expect(joined(topics, queueSchemas()).kinds).toEqual({ 'v1/Topic': 'Cluster', 'v1/Queue': 'Namespaced' });
  });

  test('fail for what is no definition, for one of a version that is gone, and for one that leads elsewhere', () => {
    const { spec } = definition() as { readonly spec: object };
    const broken = JSON.parse(
      JSON.stringify(definition()).replace('{"type":"string"', '{"$ref":"elsewhere"'),
    ) as unknown;

    expect(problemsOf([{ kind: 'ConfigMap' }, null, 3])).toEqual([
      'queues.yaml: holds no CustomResourceDefinition; "kubectl get crd NAME -o yaml" writes one of a cluster',
    ]);
    expect(problemsOf([{ ...definition(), spec: { ...spec, versions: undefined, version: 'v1' } }])).toEqual([
      'queues.yaml: queues.example.com: must be of apiextensions.k8s.io/v1, with a group, a kind, a scope, and a schema in each version',
    ]);
    expect(problemsOf([{ ...definition(), spec: { ...spec, group: '../x' } }])).toHaveLength(1);
    expect(problemsOf([broken])).toEqual([
      'queues.yaml: queues.example.com: example.com/v1 Queue: $ref is not allowed in a custom resource definition',
    ]);
  });

  test('leave to the cluster what nobody here can check, say so, and hold everything else', () => {
    const { groups, problems, leftOut } = definedIn([load(stores)], 'stores.yaml');
    const folder = folderWith({ 'example.com.json': projectSchemasText(groups.get('example.com')!) });
    const store = (spec: object): Readonly<Record<string, unknown>> => ({ ...queue(spec), kind: 'Store' });

    expect(problems).toEqual([]);
    expect(leftOut).toEqual([
      'oneOf at example.com/v1 Store.spec',
      'pattern at example.com/v1 Store.spec.wait',
      'x-intent at example.com/v1 Store.spec.wait',
    ]);
    expect(findingsOf(folder, store({ provider: { disk: {} }, wait: '5S' }))).toEqual([]);
    expect(
      findingsOf(folder, store({ provider: { disk: {}, tape: {} }, wait: 5, object: { kind: 'Pod', metadata: {} } })),
    ).toEqual(['spec.provider: must have at most one field, not disk, tape', 'spec.wait: must be a string; write "5"']);
    expect(findingsOf(folder, store({ provider: {}, object: { kind: 'Pod', spce: {} } }))).toEqual([
      'spec.provider: must have at least one field, not 0',
      'spec.object.spce: unknown field; write "spec"',
    ]);
  });

  test.each(['not JSON', '[]', '{"kinds":{}}'])('fail when a file is not what the command writes: %s', (text) => {
    const folder = folderWith({ 'example.com.json': text });

    expect(() => findingsOf(folder, queue({ size: 1 }))).toThrow(
      'custom-resources/example.com.json: is not what "npx portolan schemas add FILE" writes; remove it, and add its definitions again',
    );
  });
});
