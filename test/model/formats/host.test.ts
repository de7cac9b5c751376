import { describe, expect, test } from '@jest/globals';
import { gitHubHostOf, hostOf, onGitHubOf } from '../../../src/model/formats/host.ts';

describe('what keeps a repository', () => {
  test.each([
    ['https://github.com/acme/shop.git', 'github'],
    ['git@github.com:acme/shop.git', 'github'],
    ['https://git.acme.example/acme/shop.git', 'git'],
    ['/srv/git/shop.git', 'git'],
  ] as const)('of %s is %s where no server is named', (url, host) => {
    expect(hostOf(url, undefined)).toBe(host);
  });

  test.each([
    ['https://git.acme.example/acme/shop.git', 'github'],
    ['ssh://git@git.acme.example:2222/acme/shop.git', 'github'],
    ['https://github.com/acme/shop.git', 'git'],
  ] as const)('of %s is %s where the server is git.acme.example', (url, host) => {
    expect(hostOf(url, 'git.acme.example')).toBe(host);
  });
});

describe('the server of GitHub', () => {
  test.each([
    [undefined, 'github.com'],
    ['https://github.com', 'github.com'],
    ['https://api.github.com', 'github.com'],
    ['https://api.acme.ghe.com', 'acme.ghe.com'],
    ['https://git.acme.example/api/v3/', 'git.acme.example'],
    ['https://git.acme.example:8443', 'git.acme.example:8443'],
  ])('at %s is %s', (address, host) => {
    expect(gitHubHostOf(address)).toBe(host);
  });

  test('is the one of the settings, unless the program names another', () => {
    const address = 'https://git.acme.example/';

    expect(onGitHubOf({}, address)).toEqual({ gitHubHost: 'git.acme.example' });
    expect(onGitHubOf({ gitHubHost: 'other.example' }, address)).toEqual({ gitHubHost: 'other.example' });
    expect(onGitHubOf({}, undefined)).toEqual({});
  });
});
