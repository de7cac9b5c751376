/** An open pull request to an environment's branch. */
export interface PullRequest {
  readonly number: number;
  readonly url: string;
  /** Branch it comes from, e.g. `promote/prod/v1.2.0`. */
  readonly head: string;
  /** Commit of that branch as the host saw it last. */
  readonly headCommit: string;
  /** Branch it goes to, e.g. `env/prod`. */
  readonly base: string;
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What a pull request is to be. */
export interface PullRequestContent {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** Pull requests of the ops repository at its host. Every call may be repeated. */
export interface PullRequests {
  /** Open pull requests to a branch whose own branch starts so, oldest first. */
  open(base: string, headPrefix: string): Promise<readonly PullRequest[]>;
  /** Opens the pull request from `head` to `base`, or brings the open one up to date; never two. */
  ensure(content: PullRequestContent): Promise<PullRequest>;
  /** Says why, then closes. Closing a closed one changes nothing. */
  close(number: number, comment: string): Promise<void>;
}
