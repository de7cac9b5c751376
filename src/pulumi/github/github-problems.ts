import type { UnitName } from '../../model/derived/units.ts';
import type { Delivery } from '../../model/delivery.ts';
import { hostOf, publicGitHub } from '../../model/formats/host.ts';
import { promotionIdentities } from '../../model/derived/promotion-identity.ts';
import type { Problem } from '../../model/problem.ts';
import type { PlatformSettings } from '../../model/settings/settings.ts';
import { configSetLine, missingSetting } from '../../model/settings/stack-file.ts';
import { repositoryAddress } from '../../model/formats/repository-address.ts';
import type { ActionsEnvironmentPlan } from '../../model/derived/actions-environments.ts';
import type { GitHubNeeds } from './github-needs.ts';
import { holdsOps, isPrivate } from '../../model/derived/managed-repositories.ts';

const planLine = configSetLine('platform', 'portolan:github.plan', { value: 'team' });

/** What the owner has to buy before a private repository can have it. */
const paidPlan = ({ ownerKind }: PlatformSettings['github']): string =>
  ownerKind === 'user' ? 'GitHub Pro' : 'GitHub Team or Enterprise';

/** What the plan or the kind of owner does not offer; GitHub would refuse it with 403 or 422 half-way through an update. */
function planProblems(
  { rulesets, environments, approved }: GitHubNeeds,
  github: PlatformSettings['github'],
): readonly Problem[] {
  const enterpriseUser =
    github.ownerKind === 'user' && github.plan === 'enterprise'
      ? [
          {
            path: 'portolan:github.plan',
            message: `a user account has GitHub Pro at most, written as team; write it with: ${planLine}`,
            given: github.plan,
          },
        ]
      : [];
  const approvals =
    github.plan === 'enterprise'
      ? []
      : approved.filter(isPrivate).map((repository) => ({
          path: `repositories.${repository.name}`,
          message:
            'a GitHub environment of a private repository asks for an approval on GitHub Enterprise alone, and without one whoever may push would take its secrets; ' +
            'leave the credential with store.approvers out, or make the repository public in project.ts',
          given: github.plan,
        }));
  if (github.plan !== 'free') return [...enterpriseUser, ...approvals];
  const paid = paidPlan(github);
  return [
    ...rulesets.filter(isPrivate).map((repository) => ({
      path: `repositories.${repository.name}`,
      message:
        `rulesets on a private repository need ${paid}; when ${github.owner} has it, write: ${planLine}` +
        (holdsOps(repository) ? '' : `; or make the repository public in project.ts`),
      given: github.plan,
    })),
    ...environments.filter(isPrivate).map((repository) => ({
      path: `repositories.${repository.name}`,
      message: `environments with secrets and deployment rules on a private repository need ${paid}; when ${github.owner} has it, write: ${planLine}`,
      given: github.plan,
    })),
    ...approvals,
  ];
}

/** A page that GitHub would show to everyone, where the program says that it does not. */
const pageProblems = ({ page }: Delivery, { plan }: PlatformSettings['github']): readonly Problem[] =>
  page?.keptIn === 'gitHubPages' && page.readers === 'repository' && plan !== 'enterprise'
    ? [
        {
          path: 'page.readers',
          message: `GitHub keeps pages from everyone else on GitHub Enterprise Cloud alone; write readers: 'everyone', keptIn: 'run', or: ${configSetLine('platform', 'portolan:github.plan', { value: 'enterprise' })}`,
          given: page.readers,
        },
      ]
    : [];

/** Repositories that are not where the provider looks, and ops repositories that anybody may read. */
function repositoryProblems(
  { gitHubHost }: Delivery,
  { repositories }: GitHubNeeds,
  github: PlatformSettings['github'],
): readonly Problem[] {
  return repositories.flatMap((repository) => {
    const address = repositoryAddress(repository.url);
    const path = `repositories.${repository.name}`;
    return [
      ...(address === undefined
        ? [{ path: `${path}.url`, message: 'must be https://HOST/OWNER/NAME.git', given: repository.url }]
        : []),
      ...(address !== undefined && hostOf(repository.url, gitHubHost) !== 'github'
        ? [
            {
              path: `${path}.url`,
              message: `must be on ${gitHubHost ?? publicGitHub}, where the provider would make it; correct it, name a GitHub Enterprise server by github:baseUrl, or write management: 'external'`,
              given: repository.url,
            },
          ]
        : []),
      ...(address !== undefined && address.owner.toLowerCase() !== github.owner.toLowerCase()
        ? [
            {
              path: `${path}.url`,
              message: `belongs to ${address.owner}, but github:owner is ${github.owner}; correct one of them, or write management: 'external'`,
              given: repository.url,
            },
          ]
        : []),
      ...(holdsOps(repository) && !isPrivate(repository)
        ? [
            {
              path: `${path}.visibility`,
              message: 'an ops repository shows hosts, names and what runs where; write private',
              given: repository.visibility,
            },
          ]
        : []),
    ];
  });
}

function actorProblems(delivery: Delivery, needs: GitHubNeeds, github: PlatformSettings['github']): readonly Problem[] {
  const actors = needs.actors.map((name) => ({
    name,
    actor: delivery.actors.find((candidate) => candidate.name === name),
  }));
  const promoters = promotionIdentities(delivery);
  const apps = actors.filter(({ name }) => promoters.has(name));
  return [
    ...actors
      .filter(({ actor }) => actor === undefined)
      .map(({ name }) => ({
        path: `actors.${name}`,
        message: 'is named by a ruleset and not declared; add it to actors',
      })),
    ...(github.ownerKind === 'user' ? actors.filter(({ actor }) => actor?.kind === 'team') : []).map(({ name }) => ({
      path: `actors.${name}`,
      message: `a user account has no teams; name a person, or write: ${configSetLine('platform', 'portolan:github.ownerKind', { value: 'organization' })}`,
      given: 'team',
    })),
    ...(apps.length > 1
      ? [
          {
            path: 'actors',
            message: `the rulesets of one stack may name one app that promotes, the one of portolan:github.appId; they name ${apps.map(({ name }) => name).join(', ')}`,
          },
        ]
      : []),
    ...(github.appId === undefined && (apps.length > 0 || needs.appNumber)
      ? [missingSetting('platform', 'portolan:github.appId')]
      : []),
  ];
}

/** Everything about GitHub that would fail, found before any resource is made. */
export const gitHubProblems = (
  delivery: Delivery,
  needs: GitHubNeeds,
  github: PlatformSettings['github'],
): readonly Problem[] => [
  ...planProblems(needs, github),
  ...pageProblems(delivery, github),
  ...repositoryProblems(delivery, needs, github),
  ...actorProblems(delivery, needs, github),
];

/** Two credentials that would write the same Actions secret, of which one would win by chance. */
export function doubleSecretProblems(plans: readonly ActionsEnvironmentPlan[]): readonly Problem[] {
  return plans.flatMap(({ repository, environment, credentials }) => {
    const holders = credentials.flatMap((credential) =>
      credential.store.keys.map((key) => ({ key, name: credential.name })),
    );
    return holders.flatMap(({ key, name }, i) => {
      const first = holders.findIndex((holder) => holder.key === key);
      if (first === i) return [];
      const other = holders[first]?.name ?? '';
      return [
        {
          path: `credentials.${name}.store.keys`,
          message: `the environment ${environment} of ${repository.name} has one ${key}, and ${other} writes it too; give one of them another key`,
          given: key,
        },
      ];
    });
  });
}

/** That an environment whose branch accepts no pull request has an app that may push to it. */
export function identityProblems(
  unit: UnitName,
  identity: string | undefined,
  pullRequest: boolean,
): readonly Problem[] {
  if (pullRequest || identity !== undefined) return [];
  return [
    {
      path: `environments.${unit.environment}${unit.application === undefined ? '' : `.applications.${unit.application}`}`,
      message:
        'its branch accepts the promotion identity alone, and there is none; add an actor of kind app, and name it as the holder of the credential that the stage writes with',
    },
  ];
}
