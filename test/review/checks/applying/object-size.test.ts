import { expect, test } from '@jest/globals';
import { objectSize } from '../../../../src/review/checks/applying/object-size.ts';
import { bootstrap, configMap, findings, object } from '../small-objects.ts';

const large = (bytes: number, metadata: { readonly annotations?: Readonly<Record<string, string>> } = {}) => {
  const empty = { ...configMap('dev-files', { file: '' }), metadata: { name: 'dev-files', ...metadata } };
  return { ...empty, data: { file: 'x'.repeat(bytes - JSON.stringify(empty).length) } };
};
const serverSide = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false, ServerSideApply=true' } };
const application = bootstrap(
  object('argoproj.io/v1alpha1', 'Application', 'shop-dev', {
    spec: { syncPolicy: { syncOptions: ['ServerSideApply=true'] } },
  }),
);

test('accepts what fits, and what is applied on the server', () => {
  expect(findings(objectSize, [large(262_144)])).toEqual([]);
  expect(findings(objectSize, [large(1_048_576, serverSide)])).toEqual([]);
  expect(findings(objectSize, [large(300_000), application])).toEqual([]);
});

test('fails on more than the annotation of a client-side apply holds', () => {
  expect(findings(objectSize, [large(262_145)])).toEqual([
    'ConfigMap/dev-files: client-side apply keeps a copy in an annotation of at most 262144 bytes; split it, or annotate it with argocd.argoproj.io/sync-options: ServerSideApply=true, got 262145',
  ]);
});

test('fails on more bytes than the API server takes at all, counted in UTF-8', () => {
  expect(findings(objectSize, [large(1_048_577, serverSide), application])).toEqual([
    'ConfigMap/dev-files: the API server takes at most 1048576 bytes; split it, got 1048577',
  ]);
  expect(findings(objectSize, [configMap('dev-files', { file: '€'.repeat(349_526) }), application])[0]).toContain(
    'the API server takes at most 1048576 bytes',
  );
});
