import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeSchemas } from '../../../scripts/make-schemas.ts';

const gvk = (group: string, version: string, kind: string): object => ({
  'x-kubernetes-group-version-kind': [{ group, kind, version }],
});

/** A small answer: one kind with a reference, one list, one definition that nothing needs. */
const openApi = {
  definitions: {
    'io.k8s.api.batch.v1.Job': {
      description: 'Job represents …',
      type: 'object',
      required: ['spec', 'status'],
      properties: {
        kind: { type: 'string', description: 'Kind is …' },
        metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
        spec: { $ref: '#/definitions/io.k8s.api.batch.v1.Spec', 'x-kubernetes-patch-strategy': 'merge' },
        status: { type: 'object' },
      },
      ...gvk('batch', 'v1', 'Job'),
    },
    'io.k8s.api.batch.v1.JobList': { type: 'object', ...gvk('batch', 'v1', 'JobList') },
    'io.k8s.api.batch.v1.Spec': {
      type: 'object',
      properties: {
        cpu: { $ref: '#/definitions/io.k8s.apimachinery.pkg.api.resource.Quantity' },
        port: { $ref: '#/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString' },
        raw: { $ref: '#/definitions/io.k8s.apimachinery.pkg.runtime.RawExtension' },
        steps: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string' } } },
          'x-kubernetes-list-map-keys': ['name'],
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-patch-merge-key': 'name',
        },
      },
    },
    'io.k8s.api.batch.v1.Unused': { type: 'object' },
    'io.k8s.apimachinery.pkg.api.resource.Quantity': { type: 'string' },
    'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta': {
      type: 'object',
      properties: { name: { type: 'string' }, uid: { type: 'string' } },
    },
    'io.k8s.apimachinery.pkg.runtime.RawExtension': { type: 'object' },
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: 'string', format: 'int-or-string' },
  },
  paths: {
    '/apis/batch/v1/namespaces/{namespace}/jobs/{name}': { get: gvk('batch', 'v1', 'Job') },
  },
};

const additions = { 'batch#v1.Spec': { properties: { port: { format: 'port' } } } };

const crd = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.org}
spec:
  group: example.org
  names: {kind: Thing}
  scope: Cluster
  versions:
    - name: v1
      served: true
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              description: What it is.
              required: [size, colour]
              properties:
                colour: {type: string, default: red}
                size: {type: string, pattern: '^[0-9]+$'}
                ports:
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [port, protocol]
                  items: {type: object, properties: {port: {type: integer}, protocol: {type: string, default: TCP}}}
                target: {anyOf: [{type: integer}, {type: string}], x-kubernetes-int-or-string: true}
            status: {type: object}
    - {name: v1beta1, served: false, schema: {openAPIV3Schema: {type: object}}}
`;

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'portolan-crds-'));
  writeFileSync(path.join(folder, 'things.yaml'), crd);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function thingsFrom(customResources = [{ folder, source: 'Things v1.2.3' }]): ReadonlyMap<string, string> {
  return makeSchemas({ openApi, kubernetes: '1.36.3', customResources, additions });
}

describe('the schemas made from an API server', () => {
  test('hold the kinds and what they need, without descriptions, one definition a line', () => {
    const files = thingsFrom([]);

    expect([...files.keys()].sort()).toEqual(['batch.json', 'index.json', 'meta.json']);
    expect(files.get('batch.json')).toBe(
      [
        '{"source":"Kubernetes 1.36.3","definitions":{',
        '"v1.Job":{"properties":{"kind":{"type":"string"},"metadata":{"$ref":"meta#v1.ObjectMeta"},"spec":{"$ref":"batch#v1.Spec"},"status":{"readOnly":true}},"required":["spec"],"type":"object"},',
        '"v1.Spec":{"properties":{"cpu":{"format":"quantity"},"port":{"format":"port","x-kubernetes-int-or-string":true},"raw":{"$ref":"meta#RawExtension"},"steps":{"items":{"properties":{"name":{"type":"string"}},"type":"object"},"type":"array","x-kubernetes-list-map-keys":["name"],"x-kubernetes-list-type":"map","x-kubernetes-patch-merge-key":"name"}},"type":"object"}',
        '}}',
        '',
      ].join('\n'),
    );
  });

  test('say which fields the cluster writes, and what may hold anything', () => {
    const meta = thingsFrom([]).get('meta.json');

    expect(meta).toContain('"RawExtension":{"type":"object","x-kubernetes-preserve-unknown-fields":true}');
    expect(meta).toContain('"name":{"type":"string"}');
    expect(meta).toContain('"resourceVersion":{"readOnly":true}');
    expect(meta).toContain('"uid":{"readOnly":true}');
  });

  test('are the same bytes whatever the order of the answer', () => {
    const reversed = { ...openApi, definitions: Object.fromEntries(Object.entries(openApi.definitions).reverse()) };

    expect(
      [...makeSchemas({ openApi: reversed, kubernetes: '1.36.3', customResources: [], additions })].sort(),
    ).toEqual([...thingsFrom([])].sort());
  });

  test('fails for an addition to a field that is gone', () => {
    const stale = { 'batch#v1.Spec': { properties: { gone: { minimum: 1 } } } };

    expect(() => makeSchemas({ openApi, customResources: [], additions: stale })).toThrow(
      'batch#v1.Spec: there is no field gone any more',
    );
  });

  test('fails for a keyword that it does not know', () => {
    const definitions = { ...openApi.definitions, 'io.k8s.api.batch.v1.Spec': { type: 'object', not: {} } };

    expect(() => makeSchemas({ openApi: { definitions }, customResources: [], additions: {} })).toThrow(
      'io.k8s.api.batch.v1.Spec: the keyword not is not understood; teach it to src/review/schema/custom/compact-schema.ts',
    );
  });
});

describe('the schemas made from custom resource definitions', () => {
  test('hold the served versions, and require no field that has a default', () => {
    expect(thingsFrom().get('example.org.json')).toBe(
      [
        '{"source":"Things v1.2.3","definitions":{',
        '"v1.Thing":{"properties":{"apiVersion":{"type":"string"},"kind":{"type":"string"},"metadata":{"$ref":"meta#v1.ObjectMeta"},"spec":{"properties":{"colour":{"type":"string"},"ports":{"items":{"properties":{"port":{"type":"integer"},"protocol":{"default":"TCP","type":"string"}},"type":"object"},"type":"array","x-kubernetes-list-map-keys":["port","protocol"],"x-kubernetes-list-type":"map"},"size":{"pattern":"^[0-9]+$","type":"string"},"target":{"x-kubernetes-int-or-string":true}},"required":["size"],"type":"object"},"status":{"readOnly":true}},"required":["spec"],"type":"object"}',
        '}}',
        '',
      ].join('\n'),
    );
  });

  test('join the index that is there when nothing else is read', () => {
    const index = JSON.parse(thingsFrom([]).get('index.json')!) as { groups: Record<string, never> };
    const files = makeSchemas({ customResources: [{ folder, source: 'Things v1.2.3' }], index });

    expect([...files.keys()]).toEqual(['example.org.json', 'index.json']);
    expect(files.get('index.json')).toBe(
      [
        '{"groups":{',
        '"batch":{"kinds":{"v1/Job":"Namespaced"},"source":"Kubernetes 1.36.3"},',
        '"example.org":{"kinds":{"v1/Thing":"Cluster"},"source":"Things v1.2.3"},',
        '"meta":{"kinds":{},"source":"Kubernetes 1.36.3"}',
        '}}',
        '',
      ].join('\n'),
    );
  });

  test('fails for a folder without any', () => {
    writeFileSync(path.join(folder, 'things.yaml'), 'kind: ConfigMap\n');

    expect(() => thingsFrom()).toThrow(`${folder}: holds no CustomResourceDefinition`);
  });

  test('fails for a pattern that JavaScript would read differently', () => {
    writeFileSync(
      path.join(folder, 'things.yaml'),
      crd.replace("'^[0-9]+$'", () => "'(?i)^[a-z]+$'"),
    );

    expect(() => thingsFrom()).toThrow(
      'example.org/v1 Thing.spec.size: JavaScript has no (?i) in patterns, got (?i)^[a-z]+$',
    );
  });
});
