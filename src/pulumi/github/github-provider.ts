import { getVersion } from '@pulumi/github/utilities.js';
import * as pulumi from '@pulumi/pulumi';
import type { PlatformSettings } from '../../model/settings/settings.ts';

/**
 * The one connection to GitHub of a stack. Stated rather than ambient, so that a stack never works on another owner's
 * repositories because of an environment variable.
 *
 * It has no token: the provider itself reads GITHUB_TOKEN at every run. The class of the SDK would read it here and so hand it to the
 * state, and what does not run this program, as `pulumi refresh` and `pulumi destroy`, would go on with that one after it expired.
 */
export class GitHubProvider extends pulumi.ProviderResource {
  constructor(
    { owner, baseUrl = 'https://api.github.com/', writeDelayMs }: PlatformSettings['github'],
    options: pulumi.ResourceOptions,
  ) {
    const given = writeDelayMs === undefined ? {} : { writeDelayMs: String(writeDelayMs) };
    super('github', 'github', { owner, baseUrl, ...given }, { ...options, version: getVersion() });
  }
}
