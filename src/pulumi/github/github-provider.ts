import * as github from '@pulumi/github';
import * as pulumi from '@pulumi/pulumi';
import type { PlatformSettings } from '../../model/settings/settings.ts';

/**
 * The one connection to GitHub of a stack. Stated rather than ambient, so that a stack never works on another owner's
 * repositories because of an environment variable.
 *
 * @param token - also when it is GITHUB_TOKEN: the SDK would write that into the state in plain
 */
export function gitHubProvider(
  settings: PlatformSettings['github'],
  token: string | undefined,
  options: pulumi.ResourceOptions,
): github.Provider {
  return new github.Provider(
    'github',
    {
      owner: settings.owner,
      ...(settings.baseUrl === undefined ? {} : { baseUrl: settings.baseUrl }),
      ...(token === undefined ? {} : { token: pulumi.secret(token) }),
    },
    options,
  );
}
