import { describe, expect, test } from '@jest/globals';
import type { Lack } from '../../../src/objects/tools/needs.ts';
import { flux } from '../../../src/engines/flux/flux.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const environment = validDelivery().environments[0]!;
const needs = flux.needs(environment).flatMap((group) => group.needs);

/** What is said of something that is needed, when the cluster has this. */
function lackOf(subject: string, live: KubernetesObject | undefined): Lack | undefined {
  const need = needs.find((each) => each.subject === subject);
  if (need === undefined) throw new Error(`nobody needs ${subject}`);
  return need.lack(live, 'kubectl --context test');
}

/** kustomize-controller with a container's fields, ready. */
const controller = (...containers: readonly object[]): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'kustomize-controller', namespace: 'flux-system' },
  spec: { template: { spec: { containers } } },
  status: { readyReplicas: 1 },
});

const definition = (status: object): KubernetesObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'kustomizations.kustomize.toolkit.fluxcd.io' },
  spec: {
    versions: [
      { name: 'v1beta2', schema: { openAPIV3Schema: { properties: { status: { properties: { history: {} } } } } } },
      { name: 'v1', schema: { openAPIV3Schema: { properties: { status: { properties: status } } } } },
    ],
  },
});

const subject = 'kustomize-controller in flux-system';
const gate = 'CancelHealthCheckOnNewRevision';

describe('what Flux must be in the cluster', () => {
  test('is 2.7, by the history that its Kustomizations have', () => {
    expect(lackOf('Flux 2.7 or later', definition({ conditions: {}, history: {} }))).toBeUndefined();
  });

  test.each([
    [
      'older',
      definition({ conditions: {} }),
      'it is older: one more look at a commit could not be told from a first one',
    ],
    ['none', undefined, 'the cluster does not know Kustomization'],
  ])('fails where it is %s', (_, live, message) => {
    expect(lackOf('Flux 2.7 or later', live)).toEqual({
      message,
      next: expect.stringMatching(/^kubectl --context test apply --server-side -f https:\S+\/v2\.7\.0\/install\.yaml$/),
    });
  });

  test.each([
    ['by an option', { args: ['--watch-all-namespaces', `--feature-gates=${gate}=true`] }],
    ['among others', { args: [`--feature-gates=GroupChangeLog=true, ${gate}=True,DirectSourceFetch=false`] }],
    ['by an option and a word behind it', { args: ['--feature-gates', `${gate}=1`] }],
    ['by the command', { command: ['/usr/bin/kustomize-controller', `--feature-gates=${gate}=true`] }],
    ['by the last of two answers', { args: [`--feature-gates=${gate}=false`, `--feature-gates=${gate}=true`] }],
  ])('is a kustomize-controller that stops waiting when a newer commit is there: %s', (_, container) => {
    expect(lackOf(subject, controller({ name: 'manager', ...container }))).toBeUndefined();
  });

  test.each([
    ['nothing says so', { args: ['--watch-all-namespaces'] }],
    ['it is switched off', { args: [`--feature-gates=${gate}=false`] }],
    ['it is switched off in the end', { args: [`--feature-gates=${gate}=true`, `--feature-gates=${gate}=false`] }],
    ['another gate is on', { args: [`--feature-gates=GroupChangeLog=true`] }],
    ['another option says it', { args: [`--note=--feature-gates=${gate}=true`] }],
  ])('fails for one that goes on waiting, because %s', (_, container) => {
    expect(lackOf(subject, controller({ name: 'manager', ...container }))).toEqual({
      message: `is without ${gate}: a rollback of a release that does not become healthy waits until Kubernetes gives that up`,
      next:
        'kubectl --context test -n flux-system patch deployment kustomize-controller --type json -p ' +
        `'[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--feature-gates=${gate}=true"}]'`,
    });
  });

  test('says a line that fits the container: the one of the controller, with its options or without any', () => {
    const beside = { name: 'proxy', args: [`--feature-gates=${gate}=true`] };

    expect(lackOf(subject, controller(beside, { name: 'manager' }))?.next).toContain(
      `'[{"op":"add","path":"/spec/template/spec/containers/1/args","value":["--feature-gates=${gate}=true"]}]'`,
    );
  });

  test('asks a source-controller for no gate', () => {
    expect(lackOf('source-controller in flux-system', controller({ name: 'manager' }))).toBeUndefined();
  });

  test('fails first for one that is not ready, or not there', () => {
    const { status: _, ...waiting } = controller({ name: 'manager' });

    expect(lackOf(subject, waiting)?.message).toBe('has no pod that is ready, so nothing follows the branch');
    expect(lackOf(subject, undefined)?.message).toBe('is not there, so nothing follows the branch');
  });
});
