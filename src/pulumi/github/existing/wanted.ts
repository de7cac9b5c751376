/** Where something of a repository is found at GitHub, by what people call it. */
export type PlaceAtGitHub =
  | { readonly kind: 'repository' }
  | { readonly kind: 'ruleset'; readonly title: string }
  | { readonly kind: 'branch'; readonly branch: string }
  /** By its public half. */
  | { readonly kind: 'deployKey'; readonly title: string; readonly key: string }
  /** By the address that it tells, of which GitHub keeps one for each repository. */
  | { readonly kind: 'webhook'; readonly address: string }
  | { readonly kind: 'environment'; readonly environment: string }
  | {
      readonly kind: 'policy';
      readonly environment: string;
      readonly ref: 'branch' | 'tag';
      readonly pattern: string;
    }
  /** Of the whole repository where no environment is named. */
  | { readonly kind: 'variable'; readonly environment?: string; readonly variable: string };

/** Something that a stack would make, and that GitHub makes once only: a second one of that name is refused. */
export interface Wanted {
  /** Name of the resource in the stack. */
  readonly name: string;
  /** Name of the repository at GitHub. */
  readonly repository: string;
  readonly place: PlaceAtGitHub;
}

/** Type of a repository, as Pulumi names it. */
export const repositoryType = 'github:index/repository:Repository';

/** Type of a ruleset, as Pulumi names it. */
export const rulesetType = 'github:index/repositoryRuleset:RepositoryRuleset';

/** Type of a deploy key, as Pulumi names it. */
export const deployKeyType = 'github:index/repositoryDeployKey:RepositoryDeployKey';

const types: Readonly<Record<Exclude<PlaceAtGitHub['kind'], 'variable'>, string>> = {
  repository: repositoryType,
  ruleset: rulesetType,
  branch: 'github:index/branch:Branch',
  deployKey: deployKeyType,
  webhook: 'github:index/repositoryWebhook:RepositoryWebhook',
  environment: 'github:index/repositoryEnvironment:RepositoryEnvironment',
  policy: 'github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy',
};

/** Type of the resource, as Pulumi names it. */
export function typeOf({ place }: Wanted): string {
  if (place.kind !== 'variable') return types[place.kind];
  return place.environment === undefined
    ? 'github:index/actionsVariable:ActionsVariable'
    : 'github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable';
}

/** The resource's own name, by its type and its name in the stack. */
export const resourceOf = (wanted: Wanted): string => `${typeOf(wanted)} ${wanted.name}`;

/** In words that people find at GitHub, e.g. `ruleset "env/dev: history"`. */
export function describePlace(place: PlaceAtGitHub): string {
  switch (place.kind) {
    case 'repository':
      return 'repository';
    case 'ruleset':
      return `ruleset "${place.title}"`;
    case 'branch':
      return `branch ${place.branch}`;
    case 'deployKey':
      return `deploy key "${place.title}"`;
    case 'webhook':
      return `webhook to ${place.address}`;
    case 'environment':
      return `environment ${place.environment}`;
    case 'policy':
      return `${place.ref} ${place.pattern} of the environment ${place.environment}`;
    case 'variable':
      return `variable ${place.variable}${place.environment === undefined ? '' : ` of the environment ${place.environment}`}`;
  }
}
