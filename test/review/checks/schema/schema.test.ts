import { expect, test } from '@jest/globals';
import { schema } from '../../../../src/review/checks/schema/schema.ts';
import { SchemaCatalog } from '../../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../../src/review/schema/schema-files.ts';
import { deployment, findings, object } from '../small-objects.ts';

const catalog = new SchemaCatalog(schemaReader('.'));

test('accepts objects that match the schema of their kind', () => {
  expect(
    findings(
      schema,
      [
        deployment('dev-orders'),
        object('traefik.io/v1alpha1', 'Middleware', 'dev-strip', { spec: { stripPrefix: { prefixes: ['/dev'] } } }),
      ],
      { catalog },
    ),
  ).toEqual([]);
});

test('fails on a field that the kind does not have, and on a value of another type', () => {
  expect(findings(schema, [deployment('dev-orders', {}, { replicaz: 2, replicas: '3' })], { catalog })).toEqual([
    'Deployment/dev-orders spec.replicas: must be an integer; write 3 without quotes, got "3"',
    'Deployment/dev-orders spec.replicaz: unknown field; write "replicas"',
  ]);
});

test('fails on a version that a Kubernetes line of the environment does not serve', () => {
  const [line, ...more] = findings(
    schema,
    [
      object('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'dev-orders', {
        spec: { maxReplicas: 2, scaleTargetRef: { kind: 'Deployment', name: 'dev-orders' } },
      }),
    ],
    { catalog },
  );

  expect(line).toMatch(/^HorizontalPodAutoscaler\/dev-orders apiVersion: .*autoscaling\/v2/);
  expect(more).toEqual([]);
});

test('fails on an object that a Tekton trigger would make', () => {
  const template = object('triggers.tekton.dev/v1beta1', 'TriggerTemplate', 'build', {
    spec: {
      resourcetemplates: [
        {
          apiVersion: 'tekton.dev/v1',
          kind: 'PipelineRun',
          metadata: { generateName: 'build-' },
          spec: {
            pipelineRef: { name: 'build' },
            workspaces: [{ name: 'source', persistentvolumeclaim: { claimName: 'workspace' } }],
          },
        },
      ],
    },
  });

  expect(findings(schema, [template], { catalog })).toEqual([
    'TriggerTemplate/build spec.resourcetemplates[0].spec.workspaces[0].persistentvolumeclaim: unknown field; write "persistentVolumeClaim"',
  ]);
});

test('says nothing without schemas', () => {
  expect(findings(schema, [deployment('dev-orders', {}, { replicaz: 2 })])).toEqual([]);
});
