import { nameAtHost } from '../model/formats/repository-address.ts';
import { holdsOps } from '../model/derived/managed-repositories.ts';
import type { Problem } from '../model/problem.ts';
import { promotionIdentities } from '../model/derived/promotion-identity.ts';
import type { Repository } from '../model/repository.ts';
import { repositoryType } from './github/existing/wanted.ts';
import { factProblems, type GitHubFacts, type GitHubQuestion } from './github/github-facts.ts';
import type { GitHubNeeds } from './github/github-needs.ts';
import { ActorNumbers, actionsAppOf } from './github/rules/ruleset.ts';
import type { StackContext } from './stack-context.ts';
import { warnAtFirst } from './warn-at-first.ts';

/** What GitHub's answers come to. */
export interface GitHubAnswer {
  readonly actors: ActorNumbers;
  /** Number of GitHub Actions there. @default - the server has none */
  readonly actionsApp?: number;
  readonly problems: readonly Problem[];
}

/**
 * Asks GitHub for the numbers of the actors that rulesets name, for repositories that must be there, for the app, and for whether a workflow may
 * give an approval. Warns of repositories that have another name at GitHub.
 *
 * @param repositories - names at GitHub of repositories that another stack makes
 */
export async function lookUpGitHub(
  context: StackContext,
  needs: GitHubNeeds,
  repositories: readonly string[],
): Promise<GitHubAnswer> {
  const { owner, ownerKind, baseUrl, appId } = context.settings.platform.github;
  const declared = context.delivery.actors.filter((actor) => needs.actors.includes(actor.name));
  // The number of the app that promotes is a setting, and nobody else's: whoever has it passes by rules.
  const promoters = [...promotionIdentities(context.delivery)];
  const usesApp = appId !== undefined && (needs.appNumber || declared.some(({ name }) => promoters.includes(name)));
  const known = actionsAppOf(baseUrl);
  const asksActions = known === undefined && needs.rulesets.length > 0;
  const has = new Set((await context.state()).ofType(repositoryType).map(({ id }) => id));
  const made = needs.repositories.map(nameAtHost).filter((name) => has.has(name));
  const question: GitHubQuestion = {
    owner,
    ownerKind,
    actors: declared.filter(({ name }) => !promoters.includes(name)),
    repositories,
    ...(made.length === 0 ? {} : { made }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(usesApp ? { appId } : {}),
    ...(asksActions ? { actionsApp: true } : {}),
    ...(needs.reviewed.length === 0 ? {} : { reviewed: needs.reviewed.map(nameAtHost) }),
  };
  const nothingToAsk =
    question.actors.length + repositories.length + made.length + needs.reviewed.length === 0 &&
    !usesApp &&
    !asksActions;
  const facts: GitHubFacts = nothingToAsk
    ? { numbers: new Map<string, number>(), missingRepositories: [], appInstalled: 'unknown' }
    : await context.lookUpGitHub(question);
  if (usesApp && facts.appInstalled === 'unknown') {
    await warnAtFirst(
      context,
      `nobody could check that GitHub App ${appId} is installed in ${owner}: only an organisation's owner may ask; docs/pulumi.md says where to look`,
    );
  }
  // A preview of everything, before the platform is there, shows what would be made; only an update has to stop.
  const missing = context.preview ? facts.missingRepositories : [];
  for (const name of missing) context.warn(`${owner}/${name} is not there yet; run first: pulumi up --stack platform`);
  for (const [name, now] of facts.renamed ?? []) context.warn(renamedRepository(`${owner}/${name}`, now));
  const actionsApp = known ?? facts.actionsApp;
  if (asksActions && actionsApp === undefined)
    await warnAtFirst(
      context,
      `${baseUrl ?? 'the server'} names no app "github-actions": whoever may write a status can report a required check there; switch GitHub Actions on, then update again`,
    );
  const approving = needs.reviewed.filter((repository) => facts.approvedByActions?.includes(nameAtHost(repository)));
  for (const repository of approving.filter((one) => !holdsOps(one)))
    await warnAtFirst(
      context,
      `${selfApproval(owner, repository)}; where no workflow of yours opens pull requests, write: ${switchOff(owner, repository)}`,
    );
  const numbers = new Map([
    ...facts.numbers,
    ...(appId === undefined ? [] : promoters.map((name) => [name, appId] as const)),
  ]);
  return {
    ...(actionsApp === undefined ? {} : { actionsApp }),
    actors: new ActorNumbers(context.delivery.actors, numbers),
    problems: [
      ...factProblems(question, {
        ...facts,
        missingRepositories: context.preview ? [] : facts.missingRepositories,
      }),
      ...approving.filter(holdsOps).map((repository) => ({
        path: `repositories.${repository.name}`,
        message: `${selfApproval(owner, repository)}; write: ${switchOff(owner, repository)}`,
      })),
    ],
  };
}

/** GitHub leads an old name to the new one only until somebody makes a repository of that name, which would then be written and followed. */
const renamedRepository = (before: string, now: string): string => {
  const [owner, name = ''] = before.split('/');
  const back =
    owner === now.split('/')[0] ? `give it back its name with: gh repo rename ${name} --repo ${now}` : 'move it back';
  return `${before} is called ${now} at GitHub now, and is reached by its old name only until somebody makes a repository of that name; ${back}; or write the new one, as docs/pulumi.md says under "A repository has another name"`;
};

const selfApproval = (owner: string, repository: Repository): string =>
  `GitHub Actions may approve pull requests of ${owner}/${nameAtHost(repository)}, so that whoever may push a workflow gives the approval that their own waits for`;

const switchOff = (owner: string, repository: Repository): string =>
  `gh api --method PUT repos/${owner}/${nameAtHost(repository)}/actions/permissions/workflow -F can_approve_pull_request_reviews=false`;
