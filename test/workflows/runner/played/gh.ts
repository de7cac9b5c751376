import { parseArgs } from 'node:util';
import type { ApiAnswer, ApiRequest } from './api.ts';
import type { PlayedRepository } from './repository.ts';
import { may, type Token } from './tokens.ts';

/** A call of `gh`. */
export interface GhCall {
  readonly arguments: readonly string[];
  /** What it reads. */
  readonly input: string;
  readonly token: Token | undefined;
  /** `GH_REPO`, a full name. */
  readonly repository: string;
}

/** What `gh` answers: text on standard output, or a reason why it fails. */
export type GhAnswer = { readonly printed: string } | { readonly failed: string };

interface World {
  readonly repositories: ReadonlyMap<string, PlayedRepository>;
  readonly ask: (request: ApiRequest) => Promise<ApiAnswer>;
  readonly isUnplayed: (what: string) => void;
}

/** GitHub's command line, as far as generated workflows call it. */
export async function answerGh(world: World, call: GhCall): Promise<GhAnswer> {
  if (call.token === undefined) return { failed: 'gh: set the GH_TOKEN environment variable' };
  const [first = '', second = '', ...rest] = call.arguments;
  if (first === 'pr' && second === 'comment') return comment(world, call, rest);
  if (first === 'pr' && second === 'view') return headOf(world, call, rest);
  if (first === 'api') return api(world, call, second, rest);
  if (first === 'workflow' && second === 'run') return runWorkflow(world, call, rest);
  world.isUnplayed(`gh ${call.arguments.join(' ')}`);
  return { failed: `gh ${first} ${second} is not played` };
}

/** Writes a comment, or the newest of one's own anew. */
function comment({ repositories }: World, call: GhCall, given: readonly string[]): GhAnswer {
  const { positionals, values } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      'edit-last': { type: 'boolean' },
      'create-if-none': { type: 'boolean' },
      'body-file': { type: 'string' },
    },
  });
  const repository = repositories.get(call.repository);
  if (repository === undefined || !may(call.token, call.repository, 'pull-requests', 'write'))
    return { failed: 'GraphQL: Resource not accessible by integration (addComment)' };
  if (values['body-file'] !== '-') return { failed: 'the body is read from standard input alone' };
  const pull = repository.pull(Number(positionals[0]));
  const login = call.token?.login ?? '';
  const authors = repository.commenters.get(pull.number) ?? [];
  const last = values['edit-last'] === true ? authors.lastIndexOf(login) : -1;
  if (last !== -1) pull.comments[last] = call.input;
  else if (values['edit-last'] === true && values['create-if-none'] !== true)
    return { failed: 'no comments found for current user' };
  else {
    pull.comments.push(call.input);
    repository.commenters.set(pull.number, [...authors, login]);
  }
  return { printed: `https://github.com/${call.repository}/pull/${pull.number}#issuecomment-1\n` };
}

/** The commit that a pull request is at. */
function headOf(
  { repositories, isUnplayed }: World,
  call: GhCall,
  [number = '', ...asked]: readonly string[],
): GhAnswer {
  const repository = repositories.get(call.repository);
  if (asked.join(' ') !== '--json headRefOid --jq .headRefOid') isUnplayed(`gh pr view ${asked.join(' ')}`);
  if (repository === undefined || !may(call.token, call.repository, 'pull-requests', 'read'))
    return { failed: 'GraphQL: Could not resolve to a PullRequest' };
  return { printed: `${repository.headOf(Number(number))}\n` };
}

/** `key=value`, where a key may be `inputs[tag]`. */
function bodyOf(fields: readonly string[]): string {
  const body: Record<string, string | Record<string, string>> = {};
  for (const field of fields) {
    const at = field.indexOf('=');
    const [, outer = '', inner] = /^([^[]+)(?:\[([^\]]+)\])?$/.exec(field.slice(0, at)) ?? [];
    const value = field.slice(at + 1);
    if (inner === undefined) body[outer] = value;
    else body[outer] = { ...(typeof body[outer] === 'object' ? body[outer] : {}), [inner]: value };
  }
  return JSON.stringify(body);
}

async function api({ ask }: World, call: GhCall, address: string, given: readonly string[]): Promise<GhAnswer> {
  const { values } = parseArgs({
    args: [...given],
    options: {
      method: { type: 'string', short: 'X' },
      'raw-field': { type: 'string', short: 'f', multiple: true },
      silent: { type: 'boolean' },
    },
  });
  const fields = values['raw-field'] ?? [];
  const { pathname, search } = new URL(address, 'http://unused/');
  const { status, value } = await ask({
    method: values.method ?? (fields.length === 0 ? 'GET' : 'POST'),
    path: pathname,
    search,
    body: fields.length === 0 ? '' : bodyOf(fields),
    token: call.token,
  });
  const text = value === undefined ? '' : JSON.stringify(value);
  return status < 300 ? { printed: values.silent === true ? '' : text } : { failed: `${text} (HTTP ${status})` };
}

async function runWorkflow({ ask }: World, call: GhCall, given: readonly string[]): Promise<GhAnswer> {
  const { positionals, values } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: {
      ref: { type: 'string', short: 'r' },
      repo: { type: 'string', short: 'R' },
      'raw-field': { type: 'string', short: 'f', multiple: true },
    },
  });
  const inputs = (values['raw-field'] ?? []).map((field) => field.replace(/^([^=]+)=/, 'inputs[$1]='));
  const { status, value } = await ask({
    method: 'POST',
    path: `/repos/${values.repo ?? call.repository}/actions/workflows/${positionals[0] ?? ''}/dispatches`,
    search: '',
    body: bodyOf([`ref=${values.ref ?? 'main'}`, ...inputs]),
    token: call.token,
  });
  return status < 300 ? { printed: '' } : { failed: `HTTP ${status}: ${JSON.stringify(value)}` };
}
