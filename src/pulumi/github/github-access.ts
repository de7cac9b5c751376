import { ProblemsError, type Problem } from '../../model/problem.ts';
import type { PlatformSettings } from '../../model/settings/settings.ts';
import { configOf } from '../config-of.ts';

/** Environment variables that the GitHub provider prefers to the owner it is given. */
const ownerVariables = ['GITHUB_ORGANIZATION', 'GITHUB_OWNER'];

const same = (one: string, other: unknown): boolean =>
  typeof other === 'string' && one.toLowerCase() === other.toLowerCase();

/**
 * How a stack reaches GitHub: as the platform says, at the server that the stack's own file or GITHUB_BASE_URL names.
 *
 * @param file - contents of the stack's own file
 * @param variables - environment variables of the process, which the provider sees too
 * @throws ProblemsError when the provider would work on another owner's repositories
 */
export function gitHubAccess(
  platform: PlatformSettings['github'],
  stack: string,
  file: unknown,
  variables: Readonly<Record<string, string | undefined>>,
): PlatformSettings['github'] {
  const own = configOf(file);
  const { owner } = platform;
  const problems: readonly Problem[] = [
    ...(own['github:owner'] === undefined || same(owner, own['github:owner'])
      ? []
      : [
          {
            path: `Pulumi.${stack}.yaml: config.github:owner`,
            message: `is ${owner} for all stacks; remove it with: pulumi config rm github:owner --stack ${stack}`,
            given: own['github:owner'],
          },
        ]),
    ...ownerVariables.flatMap((variable) => {
      const given = variables[variable];
      return given === undefined || given === '' || same(owner, given)
        ? []
        : [
            {
              path: variable,
              message: `the GitHub provider would work for it, not for ${owner} as github:owner says; write: unset ${variable}`,
              given,
            },
          ];
    }),
  ];
  if (problems.length > 0) throw new ProblemsError('the access to GitHub', problems);
  const address = own['github:baseUrl'] ?? platform.baseUrl ?? variables['GITHUB_BASE_URL'];
  return typeof address === 'string' && address !== '' ? { ...platform, baseUrl: address } : platform;
}
