import type { PullRequest, PullRequests, PullRequestText } from '../../../src/hosts/pull-requests.ts';
import { gitIn } from '../../support/git.ts';

/** Pull requests as a host keeps them: kept in memory, open until merged or closed. */
export class FakePullRequests implements PullRequests {
  readonly all: (PullRequest & { text: PullRequestText; state: 'open' | 'merged' | 'closed'; comments: string[] })[] =
    [];

  constructor(private readonly bare: string) {}

  listOpen(base?: string): Promise<readonly PullRequest[]> {
    return Promise.resolve(this.all.filter((it) => (base === undefined || it.base === base) && it.state === 'open'));
  }

  newestDeclined(head: string, base: string): Promise<PullRequest | undefined> {
    return Promise.resolve(this.all.findLast((it) => it.head === head && it.base === base && it.state === 'closed'));
  }

  ensure(head: string, base: string, text: PullRequestText): Promise<PullRequest> {
    const open = this.all.find((it) => it.head === head && it.base === base && it.state === 'open');
    if (open !== undefined) {
      open.text = text;
      return Promise.resolve(open);
    }
    const number = this.all.length + 1;
    const made = {
      number,
      url: `https://host.example/pull/${number}`,
      head,
      base,
      text,
      state: 'open' as const,
      comments: [],
    };
    this.all.push(made);
    return Promise.resolve(made);
  }

  close({ number }: PullRequest, comment: string): Promise<void> {
    const found = this.all.find((it) => it.number === number);
    if (found?.state === 'open') {
      found.state = 'closed';
      found.comments.push(comment);
    }
    return Promise.resolve();
  }

  /** Merges as a host does that only rebases: the commit gets another id, and the branch of the pull request goes. */
  merge(number: number): string {
    const found = this.all.find((it) => it.number === number)!;
    const commit = gitIn(this.bare, 'commit-tree', `${found.head}^{tree}`, '-p', found.base, '-m', found.text.title);
    gitIn(this.bare, 'update-ref', `refs/heads/${found.base}`, commit);
    gitIn(this.bare, 'update-ref', '-d', `refs/heads/${found.head}`);
    found.state = 'merged';
    return commit;
  }

  /** Numbers of the open ones. */
  get open(): readonly number[] {
    return this.all.filter(({ state }) => state === 'open').map(({ number }) => number);
  }
}
