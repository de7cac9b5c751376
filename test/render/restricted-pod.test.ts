import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { everyContainer, everyService } from '../constructs/every-field.ts';
import { settings } from '../support/settings.ts';
import { validDelivery, withApplication } from '../support/valid-delivery.ts';
import { podSpecOf, violationsOf } from './restricted-pod.ts';

const objectsOf = (delivery: Delivery): readonly KubernetesObject[] =>
  delivery.environments.flatMap((environment) =>
    renderEnvironment(
      delivery,
      environment,
      delivery.initialReleases[environment.name]!,
      settings.platform,
    ).objects.map(({ object }) => object),
  );

/** Violations by `Kind/name` of everything that makes pods. */
const violationsIn = (objects: readonly KubernetesObject[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    objects.flatMap((object) => {
      const pod = podSpecOf(object);
      return pod === undefined ? [] : [[`${object.kind}/${object.metadata.name}`, violationsOf(pod)] as const];
    }),
  );

const locked = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const lockedPod = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'a', securityContext: locked }],
};

describe('Pod Security "restricted"', () => {
  test('holds for every pod, init container and job of the product', () => {
    const violations = violationsIn(objectsOf(project(settings)));

    expect(Object.keys(violations)).toHaveLength(13);
    expect(violations).toEqual(Object.fromEntries(Object.keys(violations).map((name) => [name, []])));
  });

  test('holds whatever a service says', () => {
    const everything = withApplication(validDelivery(), 'dev', (application) => ({
      ...application,
      services: [
        ...application.services,
        everyService,
        {
          ...everyService,
          name: 'again',
          names: { workload: 'again', service: 'again' },
          serviceAccount: { ...everyService.serviceAccount, name: 'again' },
          jobs: everyService.jobs.map((job) => ({ ...job, name: `again-${job.name}` })),
          workload: 'Deployment',
          configs: [],
          containers: [{ ...everyContainer, envFrom: [] }],
        },
      ],
    }));
    const violations = violationsIn(objectsOf(everything));

    expect(violations).toMatchObject({
      'StatefulSet/dev-web-set': [],
      'Deployment/dev-again': [],
      'CronJob/prod-orders-db-backup': [],
    });
  });

  test('no pod has a token of the API server, and none learns of other services through its environment', () => {
    const open = objectsOf(project(settings)).filter((object) => {
      const pod = podSpecOf(object);
      return (
        pod !== undefined && (pod['automountServiceAccountToken'] !== false || pod['enableServiceLinks'] !== false)
      );
    });

    expect(open).toEqual([]);
  });

  test('allows a pod that is locked down', () => {
    expect(violationsOf(lockedPod)).toEqual([]);
  });

  test.each([
    ['a host namespace', { hostNetwork: true, hostPID: true }, ['hostNetwork', 'hostPID']],
    ['a folder of the node', { volumes: [{ name: 'v', hostPath: { path: '/' } }] }, ['volume v: hostPath']],
    [
      'root',
      { securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } } },
      ['a: runAsNonRoot', 'a: runs as root'],
    ],
    [
      'no seccomp profile',
      { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Unconfined' } } },
      ['a: seccompProfile'],
    ],
    [
      'a kernel setting',
      { securityContext: { ...lockedPod.securityContext, sysctls: [{ name: 'kernel.panic' }] } },
      ['sysctl kernel.panic'],
    ],
    [
      'an open init container',
      {
        initContainers: [
          {
            name: 'i',
            securityContext: {
              privileged: true,
              capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] },
              procMount: 'Unmasked',
            },
            ports: [{ hostPort: 80 }],
          },
        ],
      },
      ['i: privileged', 'i: allowPrivilegeEscalation', 'i: adds capabilities', 'i: procMount', 'i: hostPort'],
    ],
    [
      'kept capabilities',
      { containers: [{ name: 'a', securityContext: { allowPrivilegeEscalation: false } }] },
      ['a: keeps capabilities'],
    ],
  ])('fails for %s', (_what, change, violations) => {
    expect(violationsOf({ ...lockedPod, ...change })).toEqual(violations);
  });
});
