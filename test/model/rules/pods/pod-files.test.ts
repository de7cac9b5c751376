import { describe, expect, test } from '@jest/globals';
import { podFiles } from '../../../../src/model/rules/pods/pod-files.ts';
import type { Volume } from '../../../../src/model/pods/volume.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services.orders.volumes.v';

const problems = (volume: Volume): readonly string[] =>
  told(
    podFiles,
    withService(validDelivery(), 'dev', 'orders', (service) => ({ ...service, volumes: [volume] })),
  );

const config = { name: 'v', kind: 'config', config: 'orders-config' } as const;
const secret = { kind: 'secret', credential: 'orders-db-password' } as const;

describe('the files of a volume', () => {
  test.each<Volume>([
    { ...config, items: [{ key: 'LOG_LEVEL', path: 'a/level', mode: '0400' }], defaultMode: '0444' },
    { name: 'v', ...secret, items: [{ key: 'POSTGRES_PASSWORD', path: 'password' }] },
    {
      name: 'v',
      kind: 'projected',
      sources: [secret, { kind: 'serviceAccountToken', audience: 'vault', path: 'token' }],
    },
    { name: 'v', kind: 'ephemeral', size: '1Gi', storageClass: 'fast' },
    { name: 'v', kind: 'emptyDir', medium: 'Memory', sizeLimit: '64Mi' },
  ])('passes for %j', (volume) => {
    expect(problems(volume)).toEqual([]);
  });

  test('fails for keys that are not there, paths that lead elsewhere, and modes that are none', () => {
    expect(
      problems({
        ...config,
        items: [
          { key: 'LOG_LEVL', path: '../level', mode: '440' },
          { key: 'ENVIRONMENT', path: '/e' },
        ],
        defaultMode: 'u=r',
      }),
    ).toEqual([
      `${at}.items[0].key: there is no key of it of this name; write "LOG_LEVEL", got "LOG_LEVL"`,
      `${at}.items[0].path: must be a path below the mount, without "..", e.g. "tls/ca.crt", got "../level"`,
      `${at}.items[0].mode: must be a mode in octal, of a 0 and three digits, e.g. "0440", got "440"`,
      `${at}.items[1].path: must be a path below the mount, without "..", e.g. "tls/ca.crt", got "/e"`,
      `${at}.defaultMode: must be a mode in octal, of a 0 and three digits, e.g. "0440", got "u=r"`,
    ]);
  });

  test('fails where two are one', () => {
    expect(
      problems({
        name: 'v',
        kind: 'projected',
        sources: [
          { kind: 'config', config: 'orders-config' },
          { ...secret, items: [{ key: 'POSTGRES_PASSWORD', path: 'LOG_LEVEL' }] },
        ],
      }),
    ).toEqual([`${at}: makes this file twice; give one another path, got "LOG_LEVEL"`]);
  });

  test('fails for sources of which nothing comes', () => {
    expect(problems({ name: 'v', kind: 'projected', sources: [] })).toEqual([
      `${at}.sources: must hold at least one source, got []`,
    ]);
    expect(
      problems({
        name: 'v',
        kind: 'projected',
        sources: [
          { kind: 'downwardAPI', items: [] },
          { kind: 'serviceAccountToken', audience: ' ', path: '', expirationSeconds: 60 },
        ],
      }),
    ).toEqual([
      `${at}.sources[0].items: must name at least one field, got []`,
      `${at}.sources[1].audience: must say whom the token is for, e.g. "vault", got " "`,
      `${at}.sources[1].path: must be a path below the mount, without "..", e.g. "tls/ca.crt", got ""`,
      `${at}.sources[1].expirationSeconds: must be a whole number, 600 or more, got 60`,
    ]);
  });

  test('fails for a size that is none, and for memory without an end', () => {
    expect(problems({ name: 'v', kind: 'ephemeral', size: '0', storageClass: 'fast' })).toEqual([
      `${at}.size: must be a Kubernetes quantity, e.g. "1Gi", above zero, got "0"`,
    ]);
    expect(problems({ name: 'v', kind: 'emptyDir', medium: 'Memory' })).toEqual([
      `${at}.sizeLimit: must be said of a folder in memory: it may fill the node, e.g. "64Mi"`,
    ]);
  });
});
