import { nextPage, openGitHub, type GitHubApi, type GitHubClient } from '../../../clients/github/github-client.ts';
import { know, type Looked } from '../../../clients/github/look.ts';
import { hosts } from '../../../hosts/hosts.ts';
import { configSetLine } from '../../../model/settings/stack-file.ts';
import { resourceOf, type PlaceAtGitHub, type Wanted } from './wanted.ts';

/** What is looked for at GitHub. */
export interface ExistingQuestion {
  readonly owner: string;
  /** Whether the owner is to be an organisation, and not a person. @default false */
  readonly isOrganization?: boolean;
  /** API of a GitHub Enterprise server. @default - github.com */
  readonly baseUrl?: string;
  readonly wanted: readonly Wanted[];
}

/** What is there already: ids under which the GitHub provider imports it, by {@link resourceOf}. */
export type Existing = ReadonlyMap<string, string>;

/** Milliseconds that one answer may take. */
const timeoutMs = 15_000;

type Item = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;

/** The list in an answer: the answer itself, or what it holds under a name. */
function itemsOf(body: unknown): readonly Item[] {
  if (Array.isArray(body)) return body.filter(isItem);
  return isItem(body) ? Object.values(body).flatMap((part) => (Array.isArray(part) ? part.filter(isItem) : [])) : [];
}

/** Reads lists once, however many look something up in them; what is refused, or not there, has no items. */
class Lists {
  readonly #read = new Map<string, Promise<readonly Item[]>>();

  constructor(private readonly client: GitHubClient) {}

  of(address: string): Promise<readonly Item[]> {
    const known = this.#read.get(address) ?? this.#all(address);
    this.#read.set(address, known);
    return known;
  }

  async #all(address: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (let page: string | undefined = `${address}?per_page=100`; page !== undefined;) {
      const looked: Looked = await know(this.client, page);
      items.push(...(looked.status === 200 ? itemsOf(looked.data) : []));
      page = nextPage(looked);
    }
    return items;
  }
}

/** The algorithm and the bytes of a public key: GitHub may leave out its comment. */
const withoutComment = (key: unknown): string => String(key).trim().split(/\s+/).slice(0, 2).join(' ');

/** The id of what is at a place, as the provider imports it; nothing where nothing is. */
async function idAt(
  client: GitHubClient,
  lists: Lists,
  address: string,
  repository: string,
  place: PlaceAtGitHub,
): Promise<string | undefined> {
  const isThere = async (path: string): Promise<boolean> => (await know(client, address + path)).status === 200;
  const numbered = async (path: string, is: (item: Item) => boolean): Promise<string | undefined> => {
    const found = (await lists.of(address + path)).find(is);
    return found === undefined ? undefined : String(found['id']);
  };
  // The provider writes a colon in a name so, because it has a meaning between names.
  const inEnvironment = (environment: string): string => `${repository}:${environment.replaceAll(':', '??')}`;
  const pathOf = (environment: string): string => `/environments/${encodeURIComponent(environment)}`;
  const under = (prefix: string, id: string | undefined): string | undefined =>
    id === undefined ? undefined : `${prefix}:${id}`;
  switch (place.kind) {
    case 'repository':
      // Nothing is looked for in a repository that is not there.
      return repository;
    case 'ruleset':
      // An organisation's own rulesets stand in the same list.
      return under(
        repository,
        await numbered('/rulesets', (item) => item['name'] === place.title && item['source_type'] === 'Repository'),
      );
    case 'branch':
      return (await isThere(`/git/ref/heads/${place.branch}`)) ? `${repository}:${place.branch}` : undefined;
    case 'deployKey':
      return under(
        repository,
        await numbered('/keys', (item) => withoutComment(item['key']) === withoutComment(place.key)),
      );
    case 'webhook': {
      const id = await numbered('/hooks', ({ config }) => isItem(config) && config['url'] === place.address);
      // The provider divides the two by a slash, here alone.
      return id === undefined ? undefined : `${repository}/${id}`;
    }
    case 'environment':
      return (await isThere(pathOf(place.environment))) ? inEnvironment(place.environment) : undefined;
    case 'policy':
      return under(
        inEnvironment(place.environment),
        await numbered(
          `${pathOf(place.environment)}/deployment-branch-policies`,
          (item) => item['name'] === place.pattern && (item['type'] ?? 'branch') === place.ref,
        ),
      );
    case 'variable': {
      const { environment, variable } = place;
      const path = environment === undefined ? '/actions' : pathOf(environment);
      const prefix = environment === undefined ? repository : inEnvironment(environment);
      return (await isThere(`${path}/variables/${variable}`)) ? `${prefix}:${variable}` : undefined;
    }
  }
}

/**
 * Makes sure that GitHub shows an organisation that repositories are to be made in. The provider takes one that it is not shown for a person, and makes them
 * in the account that the token is of.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/main/github/config.go
 */
async function refuseUnknownOrganization(client: GitHubClient, rest: string, owner: string): Promise<void> {
  const { status } = await know(client, `${rest}/orgs/${owner}`);
  if (status === 200) return;
  throw new Error(
    `portolan: GitHub shows no organisation ${owner} to this token (${status}), so repositories would be made in the account that the token is of; ` +
      `let the token see it, or write: ${configSetLine('platform', 'github:owner', { value: 'ORGANISATION' })}; ` +
      `for a person's account: ${configSetLine('platform', 'portolan:github.ownerKind', { value: 'user' })}`,
  );
}

/**
 * Looks which of the things that a stack would make are at GitHub already; changes nothing. What the token may not see counts as not there.
 *
 * @param patience - how often it is asked again @default - as often as everywhere
 * @throws when GitHub cannot be reached, is out of order, refuses the token, limits requests, or shows no such organisation where repositories are
 * to be made
 */
export async function readExisting(
  { owner, isOrganization = false, baseUrl, wanted }: ExistingQuestion,
  token: string | undefined,
  patience: Pick<GitHubApi, 'retries'> = {},
): Promise<Existing> {
  const client = await openGitHub({ ...(token === undefined ? {} : { token }), timeoutMs, ...patience });
  const rest = hosts.github.apiAddress(baseUrl);
  if (isOrganization && wanted.some(({ place }) => place.kind === 'repository'))
    await refuseUnknownOrganization(client, rest, owner);
  const lists = new Lists(client);
  const found = new Map<string, string>();
  for (const repository of new Set(wanted.map((one) => one.repository))) {
    const address = `${rest}/repos/${owner}/${repository}`;
    if ((await know(client, address)).status !== 200) continue;
    for (const one of wanted.filter((candidate) => candidate.repository === repository)) {
      const id = await idAt(client, lists, address, repository, one.place);
      if (id !== undefined) found.set(resourceOf(one), id);
    }
  }
  return found;
}
