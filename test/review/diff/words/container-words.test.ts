import { describe, expect, test } from '@jest/globals';
import type { Container } from '../../../../src/model/container.ts';
import type { Volume } from '../../../../src/model/pods/volume.ts';
import { smallService } from '../../../constructs/synthesize.ts';
import { saidOfService } from './said-of-service.ts';

const [small] = smallService.containers;
const said = (before: Partial<Container>, after: Partial<Container>): readonly string[] =>
  saidOfService({ containers: [{ ...small!, ...before }] }, { containers: [{ ...small!, ...after }] });
const saidOfVolumes = (before: readonly Volume[], after: readonly Volume[]): readonly string[] =>
  saidOfService({ volumes: before }, { volumes: after });

describe('what is done around a container is said in words', () => {
  test('when it comes, changes and goes', () => {
    const asks = { kind: 'http', path: '/drain', port: 8080 } as const;

    expect(
      said({}, { postStart: { kind: 'exec', command: ['warm'] }, preStop: { kind: 'sleep', seconds: 5 } }),
    ).toEqual(['after the start runs warm; before the stop waits 5 s']);
    expect(said({ preStop: { kind: 'sleep', seconds: 5 } }, { preStop: { kind: 'sleep', seconds: 9 } })).toEqual([
      'waits before the stop 5 s → 9 s',
    ]);
    expect(said({ preStop: asks }, { preStop: asks, postStart: asks })).toEqual(['after the start asks for /drain']);
    expect(said({ preStop: asks }, {})).toEqual(['before the stop no longer asks for /drain']);
  });
});

describe('what a pod is told is said in words', () => {
  test('of itself, and by whole sources', () => {
    expect(
      said(
        { envFrom: ['a'] },
        {
          env: {
            IP: { kind: 'field', path: 'status.podIP' },
            MEMORY: { kind: 'resource', resource: 'requests.memory' },
          },
          envFrom: ['a', { kind: 'secret', credential: 'ops-read', prefix: 'OPS_' }],
        },
      ),
    ).toEqual([
      'credential ops-read used',
      "env IP from the pod's status.podIP added",
      "env MEMORY from the container's requests.memory added",
      'variables from ConfigMap dev-a → ConfigMap dev-a, Secret shop-ops-dev as OPS_…',
    ]);
    expect(said({}, { envFrom: ['a'] })).toEqual(['variables from ConfigMap dev-a added']);
  });

  test('by files, their sources and modes', () => {
    const files = { name: 'files', kind: 'config', config: 'a' } as const;

    expect(
      saidOfVolumes(
        [files],
        [
          { ...files, defaultMode: '0440', items: [{ key: 'k', path: 'p' }] },
          {
            name: 'all',
            kind: 'projected',
            sources: [
              { kind: 'config', config: 'a' },
              { kind: 'secret', credential: 'ops-read' },
              { kind: 'downwardAPI', items: [{ field: 'metadata.name', path: 'n' }] },
              { kind: 'serviceAccountToken', audience: 'vault', path: 't' },
            ],
          },
          { name: 'scratch', kind: 'ephemeral', size: '1Gi', storageClass: 'fast' },
          { name: 'shm', kind: 'emptyDir', medium: 'Memory', sizeLimit: '8Mi' },
        ],
      ),
    ).toEqual([
      'credential ops-read used',
      'group of volumes 10001 added',
      'group of volumes is set OnRootMismatch added',
      'volume files: files may be used as 0440 added',
      'volume files: file p added',
      'volume all (ConfigMap dev-a, Secret shop-ops-dev, fields of the pod, a token for vault) added',
      'volume scratch (1Gi that go with the pod) added',
      'volume shm (emptyDir in memory) added',
    ]);
  });
});
