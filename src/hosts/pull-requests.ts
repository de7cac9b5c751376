/** An open pull request. */
export interface PullRequest {
  readonly number: number;
  readonly url: string;
  /** Branch that is to be merged, e.g. `promote/prod/v1.2.0`. */
  readonly head: string;
  /** Branch that it is to be merged into, e.g. `env/prod`. */
  readonly base: string;
}

/** What a pull request asks for. */
export interface PullRequestText {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** The pull requests of the ops repository, as its host keeps them. */
export interface PullRequests {
  /** The account whose token asks. @default - nobody's, e.g. the token of an app, or the host cannot tell */
  whoAmI?(): Promise<string | undefined>;
  /** Open ones into a branch; into any branch when none is named. */
  listOpen(base?: string): Promise<readonly PullRequest[]>;
  /** The newest one of a head into a branch that was closed and not merged; undefined where none was. */
  newestDeclined(head: string, base: string): Promise<PullRequest | undefined>;
  /** Opens one for a head, or brings the open one of that head up to date: never a second one. */
  ensure(head: string, base: string, text: PullRequestText): Promise<PullRequest>;
  /** Closes one and says why; closing it twice changes nothing. */
  close(pullRequest: PullRequest, comment: string): Promise<void>;
}
