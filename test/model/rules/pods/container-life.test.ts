import { describe, expect, test } from '@jest/globals';
import type { Container } from '../../../../src/model/container.ts';
import type { KubernetesLine } from '../../../../src/model/environment.ts';
import { containerLife } from '../../../../src/model/rules/pods/container-life.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';

const payments = 'environments.dev.applications.shop.services.payments';

function problems(main: Partial<Container>, init: Partial<Container> = {}, oldest: KubernetesLine = '1.30') {
  const dev = withEnvironment(validDelivery(), 'dev', (environment) => ({
    ...environment,
    cluster: { ...environment.cluster, kubernetes: { oldest, newest: '1.36' } },
  }));
  const delivery = withService(dev, 'dev', 'payments', (service) => ({
    ...service,
    containers: service.containers.map((container) => ({ ...container, ...main })),
    initContainers: [
      { name: 'first', image: 'acme/first:1.0', resources: { requests: { cpu: '1m', memory: '8Mi' } }, ...init },
    ],
  }));
  return told(containerLife, delivery);
}

describe('what is done around a container', () => {
  test('passes for every action, and for a sidecar that is asked', () => {
    const readiness = { action: { kind: 'tcp', port: 8080 } } as const;

    expect(
      problems(
        { postStart: { kind: 'http', path: '/', port: 'http' }, preStop: { kind: 'sleep', seconds: 5 } },
        { restartPolicy: 'Always', readiness, preStop: ['stop'] },
      ),
    ).toEqual([]);
  });

  test('fails on a line that has no sidecars, and on one that does not sleep', () => {
    expect(problems({ preStop: { kind: 'sleep', seconds: 5 } }, { restartPolicy: 'Always' }, '1.28')).toEqual([
      `${payments}.containers.payments.preStop.kind: is there from Kubernetes 1.30 on, and dev may run on 1.28; write { kind: 'exec', command: ['sleep', …] }, or raise cluster.kubernetes.oldest, got "sleep"`,
      `${payments}.initContainers.first.restartPolicy: is there from Kubernetes 1.29 on, and dev may run on 1.28; make it one of the containers, or raise cluster.kubernetes.oldest, got "Always"`,
    ]);
    expect(problems({}, { restartPolicy: 'Always' }, '1.29')).toEqual([]);
  });

  test('fails for what a container that ends is asked, and for a sidecar among the others', () => {
    expect(
      problems({ restartPolicy: 'Always' }, { liveness: { action: { kind: 'tcp', port: 1 } }, preStop: ['stop'] }),
    ).toEqual([
      `${payments}.containers.payments.restartPolicy: makes a sidecar of an init container; move it to initContainers, or leave it out, got "Always"`,
      `${payments}.initContainers.first.liveness: must be left out: the container ends before the others start, unless restartPolicy is "Always"`,
      `${payments}.initContainers.first.preStop: must be left out: the container ends before the others start, unless restartPolicy is "Always"`,
    ]);
  });

  test('fails for actions that do nothing', () => {
    expect(problems({ postStart: { kind: 'http', path: '/', port: 'htp' }, preStop: [] })).toEqual([
      `${payments}.containers.payments.postStart.port: there is no port of this container of this name; write "http", got "htp"`,
      `${payments}.containers.payments.preStop.command: must name a program, got []`,
    ]);
    expect(
      problems({ postStart: { kind: 'http', path: '/', port: 0 }, preStop: { kind: 'sleep', seconds: 0 } }),
    ).toEqual([
      `${payments}.containers.payments.postStart.port: must be a whole number from 1 to 65535, got 0`,
      `${payments}.containers.payments.preStop.seconds: must be a whole number, 1 or more, got 0`,
    ]);
  });
});
