import { describe, expect, test } from '@jest/globals';
import { fullNameOf, nameAtHost, repositoryAddress } from '../../../src/model/formats/repository-address.ts';

describe('the address of a repository', () => {
  test.each([
    ['https://github.com/acme/shop-ops.git', 'github.com'],
    ['https://github.com/acme/shop-ops', 'github.com'],
    ['https://github.com/acme/shop-ops/', 'github.com'],
    ['https://x-access-token:secret@github.com/acme/shop-ops', 'github.com'],
    ['http://127.0.0.1:3000/acme/shop-ops.git', '127.0.0.1:3000'],
    ['git@github.com:acme/shop-ops.git', 'github.com'],
    ['ssh://git@git.acme.example/acme/shop-ops.git', 'git.acme.example'],
    ['ssh://git@git.acme.example:2222/acme/shop-ops.git', 'git.acme.example:2222'],
  ])('%s is taken apart', (url, host) => {
    expect(repositoryAddress(url)).toMatchObject({ host, owner: 'acme', name: 'shop-ops' });
  });

  test('may lie in a group of a group', () => {
    expect(repositoryAddress('https://gitlab.com/acme/shop/ops.git')).toEqual({
      host: 'gitlab.com',
      path: 'acme/shop/ops.git',
      owner: 'acme',
      name: 'ops',
    });
  });

  test('never carries the password that the text had', () => {
    expect(JSON.stringify(repositoryAddress('https://user:hunter2@github.com/acme/shop.git'))).not.toContain('hunter2');
  });

  test.each(['', 'shop-ops', '/srv/git/ops.git', 'https://github.com/acme', 'file:///srv/acme/shop.git'])(
    'fails for %s, which is none',
    (url) => {
      expect(repositoryAddress(url)).toBeUndefined();
    },
  );

  test('gives the names at the host, which may differ from the name in the model', () => {
    const ops = { name: 'ops', url: 'https://github.com/acme/shop-ops.git' };

    expect([nameAtHost(ops), fullNameOf(ops)]).toEqual(['shop-ops', 'acme/shop-ops']);
    expect([nameAtHost({ name: 'ops', url: 'elsewhere' }), fullNameOf({ name: 'ops', url: 'elsewhere' })]).toEqual([
      'ops',
      'ops',
    ]);
  });
});
