import { nextPage, openGitHub, type GitHubApi, type GitHubClient } from '../../clients/github/github-client.ts';
import { know, look, type Looked } from '../../clients/github/look.ts';
import { hosts } from '../../hosts/hosts.ts';
import type { Actor } from '../../model/repository.ts';
import type { GitHubFacts, GitHubQuestion } from './github-facts.ts';

/** Milliseconds that one answer may take. */
const timeoutMs = 15_000;

/** To nobody, GitHub says of what is private that it is not there. @throws without a token */
function refuseWithoutToken(name: string, token: string | undefined): void {
  if (token === undefined)
    throw new Error(
      `portolan: GitHub does not show ${name} without a token; write: export GITHUB_TOKEN=$(gh auth token)`,
    );
}

const numberIn = (body: unknown): number | undefined =>
  typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'number' ? body.id : undefined;

/** What GitHub calls a repository, by whatever name it was asked for: an old name leads to the new one. */
const fullNameIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'full_name' in body && typeof body.full_name === 'string'
    ? body.full_name
    : undefined;

const installedApps = (body: unknown): readonly unknown[] => {
  const list = typeof body === 'object' && body !== null && 'installations' in body ? body.installations : undefined;
  return Array.isArray(list)
    ? list.map((one: unknown) => (typeof one === 'object' && one !== null && 'app_id' in one ? one.app_id : undefined))
    : [];
};

/**
 * Looks up what a stack needs to know of GitHub; changes nothing.
 *
 * @param token - what the GitHub provider uses too. @default - asks without one
 * @param patience - how often it is asked again @default - as often as everywhere
 * @throws when GitHub cannot be reached, is out of order, refuses the token, limits requests, or shows nothing without a token
 */
export async function readGitHub(
  question: GitHubQuestion,
  token: string | undefined,
  patience: Pick<GitHubApi, 'retries'> = {},
): Promise<GitHubFacts> {
  const rest = hosts.github.apiAddress(question.baseUrl);
  const client = await openGitHub({ ...(token === undefined ? {} : { token }), timeoutMs, ...patience });
  const { owner } = question;
  const numbers = new Map<string, number>();
  for (const actor of question.actors) {
    const { status, data } = await know(client, rest + pathOf(actor, owner));
    const number = numberIn(data);
    if (status === 404) refuseWithoutToken(actor.name, token);
    if (status === 200 && number !== undefined) numbers.set(actor.name, number);
  }
  const missingRepositories: string[] = [];
  const renamed = new Map<string, string>();
  for (const name of new Set([...question.repositories, ...(question.made ?? [])])) {
    const { status, data } = await know(client, `${rest}/repos/${owner}/${name}`);
    const called = fullNameIn(data);
    if (status === 200 && called !== undefined && called.toLowerCase() !== `${owner}/${name}`.toLowerCase())
      renamed.set(name, called);
    if (status !== 404 || !question.repositories.includes(name)) continue;
    refuseWithoutToken(`${owner}/${name}`, token);
    missingRepositories.push(name);
  }
  const approvedByActions: string[] = [];
  for (const name of question.reviewed ?? []) {
    const { data } = await look(client, `${rest}/repos/${owner}/${name}/actions/permissions/workflow`);
    if (mayApprove(data)) approvedByActions.push(name);
  }
  const actionsApp =
    question.actionsApp === true ? numberIn((await know(client, `${rest}/apps/github-actions`)).data) : undefined;
  return {
    numbers,
    missingRepositories,
    ...(renamed.size === 0 ? {} : { renamed }),
    appInstalled: await isInstalled(client, rest, question),
    ...(actionsApp === undefined ? {} : { actionsApp }),
    ...(approvedByActions.length === 0 ? {} : { approvedByActions }),
  };
}

/** @see https://docs.github.com/en/rest/actions/permissions#get-default-workflow-permissions-for-a-repository */
const mayApprove = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'can_approve_pull_request_reviews' in body &&
  body.can_approve_pull_request_reviews === true;

const pathOf = ({ kind, name, slug }: Actor, owner: string): string =>
  ({ team: `/orgs/${owner}/teams/${name}`, user: `/users/${name}`, app: `/apps/${slug ?? name}` })[kind];

/** An organisation's installations can be listed by its owners alone; a user's not at all. */
async function isInstalled(
  client: GitHubClient,
  rest: string,
  { appId, ownerKind, owner }: GitHubQuestion,
): Promise<boolean | 'unknown'> {
  if (appId === undefined || ownerKind === 'user') return 'unknown';
  let page: string | undefined = `${rest}/orgs/${owner}/installations?per_page=100`;
  while (page !== undefined) {
    const looked: Looked = await look(client, page);
    if (looked.status !== 200) return 'unknown';
    if (installedApps(looked.data).includes(appId)) return true;
    page = nextPage(looked);
  }
  return false;
}
