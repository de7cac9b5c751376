import type { Actor } from '../../model/repository.ts';
import type { Problem } from '../../model/problem.ts';

/** What has to be looked up at GitHub before a stack can be planned. */
export interface GitHubQuestion {
  readonly owner: string;
  readonly ownerKind: 'user' | 'organization';
  /** API of a GitHub Enterprise server. @default - github.com */
  readonly baseUrl?: string;
  /** Teams and people that rulesets name. */
  readonly actors: readonly Actor[];
  /** Names of repositories that must be there already. */
  readonly repositories: readonly string[];
  /** App whose installation is checked. @default - none */
  readonly appId?: number;
  /** Whether the number of GitHub Actions is asked for, which a server of one's own gives itself. @default false */
  readonly actionsApp?: boolean;
  /** Names of repositories in which an approval must be a person's. @default - none */
  readonly reviewed?: readonly string[];
}

/** What GitHub answered. */
export interface GitHubFacts {
  /** Number of each team and person that was found, by actor name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Repositories of the question that are not there. */
  readonly missingRepositories: readonly string[];
  /** Whether the app is installed; unknown where the token may not ask. */
  readonly appInstalled: boolean | 'unknown';
  /** Number of GitHub Actions. @default - not asked for, or the server has none */
  readonly actionsApp?: number;
  /** Repositories of the question in which a workflow may approve a pull request. @default - none, as far as the token may know */
  readonly approvedByActions?: readonly string[];
}

/** What stands in the way of a stack, by GitHub's answers. */
export function factProblems(question: GitHubQuestion, facts: GitHubFacts): readonly Problem[] {
  return [
    ...facts.missingRepositories.map((name) => ({
      path: `repositories.${name}`,
      message: `${question.owner}/${name} is not there; run first: pulumi up --stack platform`,
    })),
    ...question.actors
      .filter((actor) => !facts.numbers.has(actor.name))
      .map((actor) => ({
        path: `actors.${actor.name}`,
        message:
          actor.kind === 'team'
            ? `${question.owner} has no such team, or the token may not see it; make it, or correct the name`
            : 'GitHub has no such user; correct the name',
        given: actor.name,
      })),
    ...(facts.appInstalled === false
      ? [
          {
            path: 'portolan:github.appId',
            message: `the app is not installed in ${question.owner}; install it as docs/pulumi.md says`,
            given: question.appId,
          },
        ]
      : []),
  ];
}
