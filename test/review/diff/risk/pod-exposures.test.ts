import { describe, expect, test } from '@jest/globals';
import { podExposures } from '../../../../src/review/diff/risk/pod-exposures.ts';

const safe = {
  privileged: false,
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  runAsUser: 1000,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
  procMount: 'Default',
};

/** What is said of a pod whose one container, or the pod itself, differs from a safe one. */
const said = (security: object, container: object = {}, pod: object = {}): readonly string[] =>
  podExposures({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: {
      automountServiceAccountToken: false,
      containers: [{ name: 'web', securityContext: { ...safe, ...security }, ...container }],
      ...pod,
    },
  }).map(({ message }) => message);

describe('what a pod may do', () => {
  test('is nothing where everything is as "restricted" wants it, in whatever words', () => {
    expect(said({})).toEqual([]);
    expect(said({ procMount: undefined, privileged: undefined, seccompProfile: { type: 'Localhost' } })).toEqual([]);
    expect(
      said(
        { runAsNonRoot: undefined, runAsUser: undefined, seccompProfile: undefined },
        {},
        {
          securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          serviceAccountName: 'default',
        },
      ),
    ).toEqual([]);
    expect(said({}, { ports: [{ containerPort: 80 }] })).toEqual([]);
  });

  test.each([
    [{ privileged: true }, 'container web is privileged: it is root on the node'],
    [{ allowPrivilegeEscalation: undefined }, 'container web may gain privileges'],
    [{ runAsNonRoot: undefined }, 'container web may run as root'],
    [{ runAsUser: 0 }, 'container web runs as root'],
    [{ readOnlyRootFilesystem: false }, 'container web may write to its own file system'],
    [{ capabilities: { drop: ['NET_RAW'] } }, 'container web keeps capabilities'],
    [{ capabilities: { drop: ['ALL'], add: ['SYS_TIME'] } }, 'container web gets the capability SYS_TIME'],
    [{ seccompProfile: { type: 'Unconfined' } }, 'container web runs without a seccomp profile'],
    [{ procMount: 'Unmasked' }, 'container web sees an unmasked /proc'],
  ])('is told for a container with %j', (security, message) => {
    expect(said(security)).toEqual([message]);
  });

  test('is told for the pod itself, its ports and the Secrets that it reads', () => {
    expect(
      said(
        {},
        {
          ports: [{ containerPort: 80, hostPort: 8080 }],
          env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'env' } } }],
          envFrom: [{ secretRef: { name: 'all' } }],
        },
        {
          hostNetwork: true,
          hostPID: true,
          hostIPC: true,
          serviceAccountName: 'bot',
          automountServiceAccountToken: undefined,
          securityContext: { sysctls: [{ name: 'kernel.msgmax' }] },
          volumes: [
            { name: 'n', hostPath: { path: '/srv' } },
            { name: 's', secret: { secretName: 'file' } },
            { name: 'p', projected: { sources: [{ secret: { name: 'part' } }] } },
          ],
        },
      ),
    ).toEqual([
      "runs in the node's network",
      "sees the node's processes",
      "shares the node's memory",
      'mounts the folder /srv of the node',
      'mounts a service account token',
      'runs as service account bot',
      'sets the kernel parameter kernel.msgmax',
      'container web opens port 8080 of the node',
      'reads Secret all',
      'reads Secret env',
      'reads Secret file',
      'reads Secret part',
    ]);
  });
});
