import { describe, expect, test } from '@jest/globals';
import { readBranchIndex, writeBranchIndex, type BranchIndex } from '../../../src/ops/release/branch-index.ts';
import { fileDigest, imagesIn } from '../../../src/ops/release/file-digest.ts';

const index: BranchIndex = {
  project: 'shop',
  environment: 'dev',
  files: { 'README.md': fileDigest('a') },
  secrets: { 'dev/db': ['PASSWORD'] },
  objects: {
    'manifests/shop/service.dev-b.yaml': {
      apiVersion: 'v1',
      kind: 'Service',
      namespace: 'dev',
      name: 'dev-b',
      construct: 'dev/shop/b',
      digest: fileDigest('b'),
    },
    'manifests/shop/deployment.apps.dev-a.yaml': {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'dev',
      name: 'dev-a',
      construct: 'dev/shop/a',
      images: ['acme/a'],
      digest: fileDigest('a'),
    },
  },
};

describe('index.json', () => {
  test('is read as it was written', () => {
    expect(readBranchIndex(writeBranchIndex(index))).toEqual(index);
  });

  test('has one object on a line, in the order of the files', () => {
    const lines = writeBranchIndex(index).split('\n');

    expect(lines.filter((line) => line.includes('"kind"')).map((line) => line.slice(0, 30))).toEqual([
      '    "manifests/shop/deployment',
      '    "manifests/shop/service.de',
    ]);
  });

  test('is valid when empty', () => {
    const empty = { project: 'shop', environment: 'dev', files: {}, secrets: {}, objects: {} };

    expect(readBranchIndex(writeBranchIndex(empty))).toEqual(empty);
  });

  const refused = (text: string): string => {
    try {
      readBranchIndex(text);
      return 'no problem';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };

  test('fails when it was edited, even where JSON would not notice', () => {
    const text = writeBranchIndex(index).replace(
      '  "environment": "dev",',
      '  "environment": "dev",\n  "environment": "dev",',
    );

    expect(refused(text)).toBe(
      'portolan: index.json is not valid (1 problem)\n  index.json:5: was edited: it is not as this program writes it',
    );
  });

  test('fails on text that is not JSON, unknown fields and unknown versions', () => {
    expect(refused('{\n  "apiVersion": 1,,\n}')).toBe(
      'portolan: index.json is not valid (1 problem)\n  index.json:2: is not JSON',
    );
    expect(refused(writeBranchIndex(index).replace('"project"', '"extra": 1,\n  "project"'))).toContain(
      'unrecognized key',
    );
    expect(refused('{"apiVersion":"portolan/v9"}')).toContain(
      'apiVersion must be one that this program reads: portolan/v1, portolan/v2, got "portolan/v9"',
    );
    expect(refused('[]')).toContain('apiVersion must be one that this program reads');
  });
});

describe('the digest of a file', () => {
  const manifest = (image: string, sidecar = 'nats:2.10'): string =>
    `containers:\n- image: ${image}\n  name: a\n- name: b\n  image: ${sidecar}\n`;

  test('does not see the version of an image that a release sets', () => {
    const digest = fileDigest(manifest('acme/a:v1'), ['acme/a']);

    expect(fileDigest(manifest('acme/a:v2'), ['acme/a'])).toBe(digest);
    expect(fileDigest(manifest(`acme/a:v2@sha256:${'1'.repeat(64)}`), ['acme/a'])).toBe(digest);
    expect(fileDigest(manifest('"acme/a:v2"'), ['acme/a'])).toBe(digest);
  });

  test('sees another repository, another image, and everything else', () => {
    const digest = fileDigest(manifest('acme/a:v1'), ['acme/a']);

    expect(fileDigest(manifest('evil/a:v1'), ['acme/a'])).not.toBe(digest);
    expect(fileDigest(manifest('acme/a:v1', 'nats:2.11'), ['acme/a'])).not.toBe(digest);
    expect(fileDigest(`${manifest('acme/a:v1')}# a note\n`, ['acme/a'])).not.toBe(digest);
    expect(fileDigest(manifest('acme/a:v1 # moved'), ['acme/a'])).not.toBe(digest);
  });

  test('tells a registry with a port from a tag', () => {
    const digest = fileDigest(manifest('"127.0.0.1:5000/a:v1"'), ['127.0.0.1:5000/a']);

    expect(fileDigest(manifest('"127.0.0.1:5000/a:v2"'), ['127.0.0.1:5000/a'])).toBe(digest);
    expect(imagesIn(manifest('"127.0.0.1:5000/a:v1"'), ['127.0.0.1:5000/a'])).toEqual(['127.0.0.1:5000/a:v1']);
  });
});
