/** What GitHub keeps, as the server that plays it shows it. */
export type GitHubState = Readonly<Record<string, unknown>>;

/** One request that the server got; never a body. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** A request that is answered otherwise, or late. */
export interface GitHubFault {
  /** @default - any */
  readonly method?: string;
  /** A regular expression. @default - any */
  readonly path?: string;
  /** What is answered in place of doing the work. @default - the work is done, after `hang` */
  readonly status?: number;
  readonly message?: string;
  /** How many that fit are let through first. @default 0 */
  readonly after?: number;
  /** How many then fail. @default - all */
  readonly times?: number;
  /** Milliseconds before the answer. @default 0 */
  readonly hang?: number;
}

/** A server that behaves as GitHub's REST API, keeps its state, and misbehaves when it is told to. */
export class PlayedGitHub {
  /** @param address - as `github:baseUrl` has it */
  constructor(readonly address: string) {}

  /** Name and port, as in the address of a repository. */
  get host(): string {
    return new URL(this.address).host;
  }

  /** A request of GitHub's own API, e.g. `POST /orgs/acme/repos`. @throws when it is refused */
  async api(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.ask(method, `api/v3${path}`, body);
  }

  /** Makes a repository that was there before Portolan. */
  async makeRepository(owner: string, name: string, isPrivate = false): Promise<void> {
    await this.api('POST', `/orgs/${owner}/repos`, { name, private: isPrivate, auto_init: true });
  }

  async state(): Promise<GitHubState> {
    return (await this.ask('GET', '_state')) as GitHubState;
  }

  /** Makes the server what it was. @param state - of an earlier {@link state}. @default - nothing but the owners, the team and the app */
  async restore(state?: GitHubState): Promise<void> {
    await this.ask('DELETE', '_fail');
    await this.ask('DELETE', '_log');
    if (state === undefined) await this.ask('DELETE', '_state');
    else await this.ask('PUT', '_state', state);
  }

  /** Changes what is true of all owners, e.g. `{ tokens: ['…'] }` for the tokens that are good, or `{ plan: 'free' }`. */
  async set(change: Readonly<Record<string, unknown>>): Promise<void> {
    await this.ask('POST', '_set', change);
  }

  /** Requests since the last {@link forget}, without those of the tests. */
  async requests(): Promise<readonly SeenRequest[]> {
    return (await this.ask('GET', '_log')) as readonly SeenRequest[];
  }

  async forget(): Promise<void> {
    await this.ask('DELETE', '_log');
  }

  async fail(fault: GitHubFault): Promise<void> {
    await this.ask('POST', '_fail', fault);
  }

  async behave(): Promise<void> {
    await this.ask('DELETE', '_fail');
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(new URL(path, this.address), {
      method,
      headers: { authorization: 'Bearer the-tests', connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${this.address}${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
