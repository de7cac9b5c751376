import { hosts } from '../../hosts/hosts.ts';
import { reasonOf } from '../reason-of.ts';
import type { GitHubFacts, GitHubQuestion } from './github-facts.ts';

/** Seconds that one answer may take. */
const patienceSeconds = 15;

/** What GitHub answered. */
interface Answer {
  readonly status: number;
  /** @default - the answer was no JSON */
  readonly body: unknown;
  /** Address of the next page of a list. @default - this was the last */
  readonly next?: string;
}

/** Asks GitHub once. @throws a sentence about why it did not answer */
async function ask(address: string, token: string | undefined): Promise<Answer> {
  const response = await fetch(address, {
    headers: {
      accept: 'application/vnd.github+json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(patienceSeconds * 1000),
  }).catch((error: unknown) => {
    throw new Error(
      `portolan: GitHub cannot be reached at ${new URL(address).origin} (${reasonOf(error)}); check the network, and github:baseUrl`,
    );
  });
  if (response.status === 401) {
    throw new Error('portolan: GitHub refuses the token; write: export GITHUB_TOKEN=$(gh auth token)');
  }
  const text = await response.text();
  const next = nextPage(response.headers.get('link'), address);
  try {
    return { status: response.status, body: JSON.parse(text), ...(next === undefined ? {} : { next }) };
  } catch {
    return { status: response.status, body: undefined };
  }
}

/**
 * Address of the next page of a list, at the server that was asked and nowhere else: the token goes there.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
function nextPage(link: string | null, address: string): string | undefined {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  return next !== undefined && new URL(next, address).origin === new URL(address).origin ? next : undefined;
}

/** To nobody, GitHub says of what is private that it is not there. @throws without a token */
function refuseWithoutToken(name: string, token: string | undefined): void {
  if (token === undefined)
    throw new Error(
      `portolan: GitHub does not show ${name} without a token; write: export GITHUB_TOKEN=$(gh auth token)`,
    );
}

const numberIn = (body: unknown): number | undefined =>
  typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'number' ? body.id : undefined;

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
 * @throws when GitHub cannot be reached, refuses the token, or shows nothing without one
 */
export async function readGitHub(question: GitHubQuestion, token: string | undefined): Promise<GitHubFacts> {
  const rest = hosts.github.apiAddress(question.baseUrl);
  const { owner } = question;
  const numbers = new Map<string, number>();
  for (const actor of question.actors) {
    const { status, body } = await ask(
      actor.kind === 'team' ? `${rest}/orgs/${owner}/teams/${actor.name}` : `${rest}/users/${actor.name}`,
      token,
    );
    const number = numberIn(body);
    if (status === 404) refuseWithoutToken(actor.name, token);
    if (status === 200 && number !== undefined) numbers.set(actor.name, number);
  }
  const missingRepositories: string[] = [];
  for (const name of question.repositories) {
    const { status } = await ask(`${rest}/repos/${owner}/${name}`, token);
    if (status !== 404) continue;
    refuseWithoutToken(`${owner}/${name}`, token);
    missingRepositories.push(name);
  }
  const actionsApp =
    question.actionsApp === true ? numberIn((await ask(`${rest}/apps/github-actions`, token)).body) : undefined;
  return {
    numbers,
    missingRepositories,
    appInstalled: await isInstalled(rest, question, token),
    ...(actionsApp === undefined ? {} : { actionsApp }),
  };
}

/** An organisation's installations can be listed by its owners alone; a user's not at all. */
async function isInstalled(
  rest: string,
  question: GitHubQuestion,
  token: string | undefined,
): Promise<boolean | 'unknown'> {
  if (question.appId === undefined || question.ownerKind === 'user') return 'unknown';
  let page: string | undefined = `${rest}/orgs/${question.owner}/installations?per_page=100`;
  while (page !== undefined) {
    const { status, body, next }: Answer = await ask(page, token);
    if (status !== 200) return 'unknown';
    if (installedApps(body).includes(question.appId)) return true;
    page = next;
  }
  return false;
}
