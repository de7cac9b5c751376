import { describe, expect, test } from '@jest/globals';
import { gitHubName, repositoryAddress } from '../../src/pulumi/repository-address.ts';

describe('the address of a repository', () => {
  test.each([
    ['https://github.com/acme/shop-ops.git', 'github.com'],
    ['https://github.com/acme/shop-ops', 'github.com'],
    ['http://127.0.0.1:3000/acme/shop-ops.git', '127.0.0.1:3000'],
    ['git@github.com:acme/shop-ops.git', 'github.com'],
    ['ssh://git@git.acme.example/acme/shop-ops.git', 'git.acme.example'],
  ])('%s is taken apart', (url, host) => {
    expect(repositoryAddress(url)).toEqual({ host, owner: 'acme', name: 'shop-ops' });
  });

  test.each(['', 'shop-ops', 'https://github.com/acme', 'https://user:password@github.com/acme/shop.git'])(
    '%s is none',
    (url) => {
      expect(repositoryAddress(url)).toBeUndefined();
    },
  );

  test('gives the name at GitHub, which may differ from the name in the model', () => {
    expect(gitHubName({ name: 'ops', url: 'https://github.com/acme/shop-ops.git' })).toBe('shop-ops');
    expect(gitHubName({ name: 'ops', url: 'elsewhere' })).toBe('ops');
  });
});
