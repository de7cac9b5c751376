import { ProblemsError, type Problem } from '../../model/problem.ts';
import type { PlatformSettings } from '../../model/settings/settings.ts';
import { publicGitHub } from '../../model/formats/host.ts';
import { configSetLine } from '../../model/settings/stack-file.ts';
import { hosts } from '../../hosts/hosts.ts';
import { configOf } from '../config-of.ts';

/** Environment variables that the GitHub provider prefers to the owner it is given. */
const ownerVariables = ['GITHUB_ORGANIZATION', 'GITHUB_OWNER'];

const same = (one: string, other: unknown): boolean =>
  typeof other === 'string' && one.toLowerCase() === other.toLowerCase();

/** Whether two addresses are of one server. */
const sameServer = (one: string | undefined, other: unknown): boolean =>
  typeof other === 'string' && URL.canParse(other) && hosts.github.apiAddress(one) === hosts.github.apiAddress(other);

/**
 * How a stack reaches GitHub: as the platform says. Commands and workflows go by the same address, so a stack has none of its own.
 *
 * @param file - contents of the stack's own file
 * @param variables - environment variables of the process, which the provider sees too
 * @throws ProblemsError when the provider would work on another owner's repositories, at another server, or faster than github.com allows
 */
export function gitHubAccess(
  platform: PlatformSettings['github'],
  stack: string,
  file: unknown,
  variables: Readonly<Record<string, string | undefined>>,
): PlatformSettings['github'] {
  const own = configOf(file);
  const { owner, baseUrl, writeDelayMs } = platform;
  const server = baseUrl ?? `https://${publicGitHub}`;
  const [ownAddress, variable] = [own['github:baseUrl'], variables['GITHUB_BASE_URL']];
  const tooFast: readonly Problem[] =
    baseUrl === undefined && writeDelayMs !== undefined && writeDelayMs < 1000
      ? [
          {
            path: 'Pulumi.platform.yaml: config.github:writeDelayMs',
            message:
              'github.com asks for a second between changes, and stops whoever takes less; remove it with: pulumi config rm github:writeDelayMs --stack platform',
            given: writeDelayMs,
          },
        ]
      : [];
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
    ...(ownAddress === undefined || sameServer(baseUrl, ownAddress)
      ? []
      : [
          {
            path: `Pulumi.${stack}.yaml: config.github:baseUrl`,
            message: `is ${server} for all stacks, commands and workflows; remove it with: pulumi config rm github:baseUrl --stack ${stack}`,
            given: ownAddress,
          },
        ]),
    ...(variable === undefined || variable === '' || sameServer(baseUrl, variable)
      ? []
      : [
          {
            path: 'GITHUB_BASE_URL',
            message: `the GitHub provider would work there, and everything else at ${server}; write: unset GITHUB_BASE_URL; or: ${configSetLine('platform', 'github:baseUrl', { value: variable })}`,
            given: variable,
          },
        ]),
    ...tooFast,
  ];
  if (problems.length > 0) throw new ProblemsError('the access to GitHub', problems);
  return platform;
}
