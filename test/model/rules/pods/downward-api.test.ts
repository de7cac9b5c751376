import { describe, expect, test } from '@jest/globals';
import type { Container, EnvValue } from '../../../../src/model/container.ts';
import { downwardApi } from '../../../../src/model/rules/pods/downward-api.ts';
import type { Service } from '../../../../src/model/service.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withService } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services.payments.containers.payments';

const problems = (changes: Partial<Container>, service: Partial<Service> = {}): readonly string[] =>
  told(
    downwardApi,
    withContainer(
      withService(validDelivery(), 'dev', 'payments', (it) => ({ ...it, ...service })),
      'dev',
      'payments',
      (container) => ({ ...container, ...changes }),
    ),
  );

const named = (X: EnvValue): Partial<Container> => ({ env: { X } });

describe('what a pod is told of itself', () => {
  test.each<EnvValue>([
    { kind: 'label', key: 'app' },
    { kind: 'label', key: 'pod-template-hash' },
    { kind: 'resource', resource: 'limits.memory' },
    { kind: 'resource', resource: 'requests.cpu', container: 'payments', divisor: '1m' },
    { kind: 'field', path: 'status.hostIP' },
  ])('passes for %j', (value) => {
    expect(problems(named(value))).toEqual([]);
  });

  test('fails for a label that its pods do not have', () => {
    const ordinal = named({ kind: 'label', key: 'apps.kubernetes.io/pod-index' });

    expect(problems(ordinal)).toEqual([
      `${at}.env.X.key: there is no label of the pods of this name; write "app" or "pod-template-hash", got "apps.kubernetes.io/pod-index"`,
    ]);
    expect(problems(ordinal, { workload: 'StatefulSet' })).toEqual([]);
  });

  test('fails for an amount that the container does not say, and for a container that is not there', () => {
    const resources = { requests: { cpu: '1m', memory: '8Mi' } };

    expect(problems({ resources, ...named({ kind: 'resource', resource: 'limits.cpu' }) })).toEqual([
      `${at}.env.X.resource: is not said of the container payments, so that it would be all that the node has; say it under resources, got "limits.cpu"`,
    ]);
    expect(problems(named({ kind: 'resource', resource: 'limits.cpu', container: 'payment', divisor: '0' }))).toEqual([
      `${at}.env.X.container: there is no container of payments of this name; write "payments", got "payment"`,
      `${at}.env.X.divisor: must be a Kubernetes quantity, e.g. "1Mi", above zero, got "0"`,
    ]);
  });

  test('fails for a prefix that no variable begins with', () => {
    expect(problems({ envFrom: [{ kind: 'config', config: 'a', prefix: '1_' }] })).toEqual([
      `${at}.envFrom[0].prefix: must be how the name of an environment variable begins, e.g. "SMTP_", got "1_"`,
    ]);
  });
});
