/** A webhook, as GitHub keeps it. */
interface Hook {
  readonly id: number;
  readonly active: boolean;
  readonly events: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
}

/** Webhooks by `owner/name`. */
export type Hooks = Readonly<Record<string, readonly Hook[]>>;

/** What is answered, and what is kept from then on. */
export interface HookAnswer {
  readonly status: number;
  readonly body: unknown;
  /** @default - nothing changes */
  readonly hooks?: Hooks;
}

/** A secret is told to nobody, only that there is one. */
const shown = (hook: Hook): unknown => ({
  ...hook,
  type: 'Repository',
  name: 'web',
  url: `https://any/hooks/${hook.id}`,
  config: { ...hook.config, ...(hook.config['secret'] === undefined ? {} : { secret: '********' }) },
});

const notFound: HookAnswer = { status: 404, body: { message: 'Not Found' } };

/**
 * The part of GitHub's API that reads and writes the webhooks of a repository, of which one alone tells an address.
 *
 * @param path - behind the address of the API, with what is asked for
 * @param hooks - of all repositories; those of one that is gone are gone too
 * @param repositories - names of those that are there, in small letters
 * @returns nothing for what is about something else
 * @see https://docs.github.com/en/rest/repos/webhooks
 */
export function answerHook(
  method: string,
  path: string,
  body: string,
  { hooks, repositories }: { readonly hooks: Hooks; readonly repositories: readonly string[] },
): HookAnswer | undefined {
  const found = /^\/repos\/([^/]+\/[^/]+)\/hooks(?:\/(\d+))?$/.exec(new URL(path, 'http://any').pathname);
  if (found === null) return undefined;
  const repository = (found[1] ?? '').toLowerCase();
  if (!repositories.includes(repository)) return notFound;
  const there = Object.fromEntries(Object.entries(hooks).filter(([name]) => repositories.includes(name)));
  const own = there[repository] ?? [];
  const { active, events, config } = (body === '' ? {} : JSON.parse(body)) as Partial<Hook>;
  // Whatever else is said is not heard.
  const said = {
    ...(active === undefined ? {} : { active }),
    ...(events === undefined ? {} : { events }),
    ...(config === undefined ? {} : { config }),
  };
  const keep = (kept: readonly Hook[]): Hooks => ({ ...there, [repository]: kept });
  const taken = (id?: number): boolean =>
    config?.['url'] !== undefined && own.some((hook) => hook.id !== id && hook.config['url'] === config['url']);
  const refused: HookAnswer = {
    status: 422,
    body: {
      message: 'Validation Failed',
      errors: [{ resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' }],
    },
  };
  if (found[2] === undefined) {
    if (method === 'GET') return { status: 200, body: own.map(shown) };
    if (taken()) return refused;
    const id = 1 + Math.max(0, ...Object.values(hooks).flatMap((all) => all.map((hook) => hook.id)));
    const made: Hook = { id, active: true, events: ['push'], config: {}, ...said };
    return { status: 201, body: shown(made), hooks: keep([...own, made]) };
  }
  const id = Number(found[2]);
  const hook = own.find((one) => one.id === id);
  if (hook === undefined) return notFound;
  if (method === 'GET') return { status: 200, body: shown(hook) };
  if (method === 'DELETE') return { status: 204, body: undefined, hooks: keep(own.filter((one) => one !== hook)) };
  if (taken(id)) return refused;
  // What is said of a configuration takes the place of all of it.
  const changed: Hook = { ...hook, ...said };
  return { status: 200, body: shown(changed), hooks: keep(own.map((one) => (one === hook ? changed : one))) };
}
