import type { Actor } from '../../model/repository.ts';
import type { Problem } from '../../model/problem.ts';

/** What has to be looked up at GitHub before a stack can be planned. */
export interface GitHubQuestion {
  readonly owner: string;
  readonly ownerKind: 'user' | 'organization';
  /** API of a GitHub Enterprise server. @default - github.com */
  readonly baseUrl?: string;
  /** Teams, people and apps that rulesets name; not the app that promotes, whose number is a setting. */
  readonly actors: readonly Actor[];
  /** Names of repositories that must be there already. */
  readonly repositories: readonly string[];
  /** Names of repositories that the stack has made, of which it is asked what GitHub calls them. @default - none */
  readonly made?: readonly string[];
  /** App whose installation is checked. @default - none */
  readonly appId?: number;
  /** Whether the number of GitHub Actions is asked for, which a server of one's own gives itself. @default false */
  readonly actionsApp?: boolean;
  /** Names of repositories in which an approval must be a person's. @default - none */
  readonly reviewed?: readonly string[];
}

/** What GitHub answered. */
export interface GitHubFacts {
  /** Number of each team, person and app that was found, by actor name. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Repositories of the question that are not there. */
  readonly missingRepositories: readonly string[];
  /** What GitHub calls repositories that it found by another name, as `owner/name`, by the name that was asked for. @default - none */
  readonly renamed?: ReadonlyMap<string, string>;
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
        message: {
          team: `${question.owner} has no such team, or the token may not see it; make it, or correct the name`,
          user: 'GitHub has no such user; correct the name',
          app: 'GitHub shows no app of this slug; write it as slug, as it stands in https://github.com/apps/<slug>, or name a person or a team',
        }[actor.kind],
        given: actor.slug ?? actor.name,
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
