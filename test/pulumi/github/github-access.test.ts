import { describe, expect, test } from '@jest/globals';
import type { PlatformSettings } from '../../../src/model/settings/settings.ts';
import { gitHubAccess } from '../../../src/pulumi/github/github-access.ts';

const platform: PlatformSettings['github'] = { owner: 'acme', plan: 'team', ownerKind: 'organization' };

const failing = (file: unknown, variables: Readonly<Record<string, string>>): string => {
  try {
    gitHubAccess(platform, 'dev', file, variables);
    return 'nothing failed';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('the access to GitHub', () => {
  test('is as the platform says', () => {
    expect(gitHubAccess(platform, 'dev', undefined, {})).toEqual(platform);
    expect(
      gitHubAccess(
        { ...platform, baseUrl: 'https://git.acme.example' },
        'dev',
        { config: { 'github:baseUrl': 'https://git.acme.example/' } },
        { GITHUB_BASE_URL: 'https://git.acme.example/api/v3/' },
      ),
    ).toMatchObject({ baseUrl: 'https://git.acme.example' });
    expect(gitHubAccess(platform, 'dev', {}, { GITHUB_BASE_URL: 'https://api.github.com/' })).toEqual(platform);
  });

  test('fails for another server, in the file or in the variable that the provider reads: commands would go elsewhere', () => {
    expect(
      failing({ config: { 'github:baseUrl': 'http://127.0.0.1:8080/' } }, { GITHUB_BASE_URL: 'https://other.example' }),
    ).toBe(
      'portolan: the access to GitHub is not valid (2 problems)\n' +
        '  Pulumi.dev.yaml: config.github:baseUrl: is https://github.com for all stacks, commands and workflows; remove it with: pulumi config rm github:baseUrl --stack dev, got "http://127.0.0.1:8080/"\n' +
        '  GITHUB_BASE_URL: the GitHub provider would work there, and everything else at https://github.com; write: unset GITHUB_BASE_URL; or: pulumi config set github:baseUrl https://other.example --stack platform, got "https://other.example"',
    );
  });

  test("waits less after a change at a server of one's own alone", () => {
    const server = { ...platform, baseUrl: 'https://git.acme.example', writeDelayMs: 100 };

    expect(gitHubAccess(server, 'dev', {}, {})).toEqual(server);
    expect(gitHubAccess({ ...platform, writeDelayMs: 1500 }, 'dev', {}, {})).toMatchObject({ writeDelayMs: 1500 });
    expect(() => gitHubAccess({ ...platform, writeDelayMs: 100 }, 'dev', {}, {})).toThrow(
      'portolan: the access to GitHub is not valid (1 problem)\n' +
        '  Pulumi.platform.yaml: config.github:writeDelayMs: github.com asks for a second between changes, and stops whoever takes less; remove it with: pulumi config rm github:writeDelayMs --stack platform, got 100',
    );
  });

  test('may be told the owner again', () => {
    expect(
      gitHubAccess(
        platform,
        'dev',
        { config: { 'github:owner': 'Acme' } },
        { GITHUB_OWNER: 'acme', GITHUB_ORGANIZATION: '' },
      ),
    ).toEqual(platform);
  });

  test('fails for another owner, in the file or in the environment of the process, which the provider would prefer', () => {
    expect(
      failing({ config: { 'github:owner': 'umbrella' } }, { GITHUB_ORGANIZATION: 'hooli', GITHUB_OWNER: 'initech' }),
    ).toBe(
      'portolan: the access to GitHub is not valid (3 problems)\n' +
        '  Pulumi.dev.yaml: config.github:owner: is acme for all stacks; remove it with: pulumi config rm github:owner --stack dev, got "umbrella"\n' +
        '  GITHUB_ORGANIZATION: the GitHub provider would work for it, not for acme as github:owner says; write: unset GITHUB_ORGANIZATION, got "hooli"\n' +
        '  GITHUB_OWNER: the GitHub provider would work for it, not for acme as github:owner says; write: unset GITHUB_OWNER, got "initech"',
    );
  });
});
