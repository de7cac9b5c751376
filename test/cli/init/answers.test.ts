import { describe, expect, test } from '@jest/globals';
import { answersFrom, type InitWords } from '../../../src/cli/init/answers.ts';

const from = (said: Partial<InitWords> = {}, folder = '/work/shop', user?: string) =>
  answersFrom(folder, { pulumi: true, ...said }, user);

describe('what init knows', () => {
  test('is guessed from the name of the folder and from who is logged in', () => {
    expect(from({}, '/work/shop', 'Ann')).toEqual({
      name: 'shop',
      registry: 'ghcr.io/ann',
      owner: 'ann',
      host: 'shop.example.com',
      environments: ['dev', 'prod'],
      follower: {
        title: 'Argo CD',
        engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true },
        namespace: 'argocd',
        key: 'sshPrivateKey',
      },
      pulumi: true,
    });
  });

  test('is what was said', () => {
    expect(
      from({
        registry: 'registry.example.com/team',
        host: 'buy.example.org',
        environments: 'dev,test,live',
        engine: 'flux',
        pulumi: false,
      }),
    ).toEqual({
      name: 'shop',
      registry: 'registry.example.com/team',
      owner: 'acme',
      host: 'buy.example.org',
      environments: ['dev', 'test', 'live'],
      follower: {
        title: 'Flux',
        engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 },
        namespace: 'flux-system',
        key: 'identity',
      },
      pulumi: false,
    });
  });

  test.each<readonly [Partial<InitWords>, string]>([
    [
      { environments: 'dev,dev' },
      'portolan: --environments: must be different names in lower case, with commas between them, and not "platform", e.g. dev,prod, got "dev"',
    ],
    [
      { environments: 'dev,platform' },
      'portolan: --environments: must be different names in lower case, with commas between them, and not "platform", e.g. dev,prod, got "platform"',
    ],
    [{ engine: 'spinnaker' }, 'portolan: --engine: must be one of argocd, flux, got "spinnaker"'],
    [
      { registry: 'GHCR.io/acme' },
      'portolan: --registry: must be a host and an owner in lower case, e.g. ghcr.io/acme, got "GHCR.io/acme"',
    ],
    [{ host: 'localhost' }, 'portolan: --host: must be a host in lower case, e.g. shop.example.com, got "localhost"'],
  ])('fails for %o, which cannot be used', (said, message) => {
    expect(() => from(said)).toThrow(message);
  });

  test('fails for a folder whose name no system can have', () => {
    expect(() => from({}, '/work/My Shop')).toThrow(
      'portolan: DIR: its name is the system\'s, so it must be lower-case letters, digits and "-", e.g. shop, got "My Shop"',
    );
  });
});
