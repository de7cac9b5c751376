/** A commit status as a tool writes it, and as whom. */
export interface PlayedStatus {
  readonly context: string;
  readonly state: string;
  readonly description: string;
  /** Login of whoever wrote it; an app's ends with `[bot]`. */
  readonly by: string;
}

/** What is said of commits of one repository, as GitHub keeps and shows it. */
export class PlayedStatuses {
  readonly #said = new Map<string, PlayedStatus[]>();

  say(commit: string, status: PlayedStatus): void {
    this.#said.set(commit, [status, ...this.of(commit)]);
  }

  /** The newest first. */
  of(commit: string): readonly PlayedStatus[] {
    return this.#said.get(commit) ?? [];
  }

  /**
   * What GitHub answers; nothing where something else is asked.
   *
   * @param path - behind the repository
   * @param by - login of whoever asks
   */
  answer(
    method: string,
    path: string,
    body: Readonly<Record<string, string>>,
    by: string,
  ): { readonly status: number; readonly value: unknown } | undefined {
    const [, shown] = /^\/commits\/([0-9a-f]{40})\/statuses$/.exec(path) ?? [];
    if (shown !== undefined && method === 'GET') return { status: 200, value: this.of(shown).map(view) };
    const [, written] = /^\/statuses\/([0-9a-f]{40})$/.exec(path) ?? [];
    if (written === undefined || method !== 'POST') return undefined;
    const { context = 'default', state = '', description = '' } = body;
    this.say(written, { context, state, description, by });
    return { status: 201, value: view({ context, state, description, by }) };
  }
}

const view = ({ by, ...status }: PlayedStatus): object => ({
  ...status,
  creator: { login: by, type: by.endsWith('[bot]') ? 'Bot' : 'User' },
});
