import { gitIn } from '../../../support/git.ts';
import type { Happening } from '../happening.ts';
import { readWorkflow, type On } from '../read-workflow.ts';
import type { PlayedRepository } from './repository.ts';
import { may, type Token } from './tokens.ts';

/** A request to the API. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** With its question mark; empty where there is none. */
  readonly search: string;
  readonly body: string;
  readonly token: Token | undefined;
}

/** What the API answers. */
export interface ApiAnswer {
  readonly status: number;
  readonly value?: unknown;
}

/** What a call makes happen. */
export interface Told {
  readonly happens: (happening: Happening) => void;
  /** A call that nothing plays. */
  readonly isUnplayed: (what: string) => void;
}

const refused = (what: string): ApiAnswer => ({ status: 403, value: { message: `Resource not accessible: ${what}` } });
const notFound: ApiAnswer = { status: 404, value: { message: 'Not Found' } };

/**
 * The calls of GitHub's API that workflows and the program make. Pull requests and their comments are those of FakeGitHub, which refuses
 * what GitHub refuses; here is who may ask, and what only Git knows of them.
 */
export async function answerApi(
  repositories: ReadonlyMap<string, PlayedRepository>,
  request: ApiRequest,
  told: Told,
): Promise<ApiAnswer> {
  const { method, path, token } = request;
  if (token === undefined) return { status: 401, value: { message: 'Bad credentials' } };
  const [, fullName = '', rest = ''] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
  const [some] = repositories.values();
  if (path === '/user' && some !== undefined) return forward(some, request);
  const repository = repositories.get(fullName);
  if (repository === undefined || !token.repositories.includes(fullName)) return notFound;
  if (rest === '') return forward(repository, request);
  const access = method === 'GET' ? 'read' : 'write';
  if (/^\/(pulls|issues)(\/|$)/.test(rest))
    return may(token, fullName, 'pull-requests', access)
      ? pullRequests(repository, rest, request, told)
      : refused('pull-requests');
  if (/^\/(commits\/[0-9a-f]+\/)?statuses(\/|$)/.test(rest)) {
    if (!may(token, fullName, 'statuses', access)) return refused('statuses');
    const body = request.body === '' ? {} : (JSON.parse(request.body) as Record<string, string>);
    return repository.service.statuses.answer(method, rest, body, token.login) ?? notFound;
  }
  const [, file] = /^\/actions\/workflows\/([^/]+)\/dispatches$/.exec(rest) ?? [];
  if (method === 'POST' && file !== undefined)
    return may(token, fullName, 'actions', 'write') ? dispatch(repository, file, request, told) : refused('actions');
  if (method === 'POST' && rest === '/dispatches') {
    if (!may(token, fullName, 'contents', 'write')) return refused('contents');
    const { event_type, client_payload } = JSON.parse(request.body) as {
      event_type: string;
      client_payload?: Readonly<Record<string, string>>;
    };
    const payload = client_payload ?? {};
    told.happens({ on: 'repository_dispatch', repository: fullName, actor: token.login, type: event_type, payload });
    return { status: 204 };
  }
  told.isUnplayed(`${method} ${path}`);
  return notFound;
}

async function forward({ service }: PlayedRepository, { method, path, search, body }: ApiRequest): Promise<ApiAnswer> {
  const answer = await fetch(`${service.baseUrl}${path}${search}`, {
    method,
    headers: { authorization: 'token app-token' },
    ...(body === '' ? {} : { body }),
  });
  return { status: answer.status, value: await answer.json() };
}

async function pullRequests(
  repository: PlayedRepository,
  rest: string,
  request: ApiRequest,
  { happens }: Told,
): Promise<ApiAnswer> {
  const { method, token } = request;
  const [, given, files] = /^\/pulls\/(\d+)(\/files)?$/.exec(rest) ?? [];
  if (method === 'GET' && given !== undefined) {
    if (!repository.service.pulls.some(({ number }) => number === Number(given))) return notFound;
    return { status: 200, value: pullRequestAsGitKnowsIt(repository, Number(given), files !== undefined, request) };
  }
  const answer = await forward(repository, request);
  const actor = token?.login ?? '';
  const [, commented] = /^\/issues\/(\d+)\/comments$/.exec(rest) ?? [];
  if (method === 'POST' && commented !== undefined && answer.status === 201)
    repository.commenters.set(Number(commented), [...(repository.commenters.get(Number(commented)) ?? []), actor]);
  if (method === 'POST' && rest === '/pulls' && answer.status === 201) {
    const { number } = answer.value as { number: number };
    repository.authors.set(number, actor);
    if (token?.ofRun === false) happens(opened(repository, number, actor));
  }
  return answer;
}

/** That a pull request was opened, or its branch moved. */
export function opened(
  repository: PlayedRepository,
  number: number,
  actor: string,
  action: 'opened' | 'synchronize' = 'opened',
): Happening {
  const { base, fork } = repository.pull(number);
  const commits = repository.mergeOf(number);
  const files = repository.files(commits.base, commits.merge);
  return {
    on: 'pull_request',
    repository: repository.fullName,
    actor,
    action,
    number,
    base,
    files,
    isFork: fork !== undefined,
    commits,
  };
}

/** What GitHub says of a pull request, or of the files that it changes, a page at a time. */
function pullRequestAsGitKnowsIt(
  repository: PlayedRepository,
  number: number,
  isFiles: boolean,
  { search }: ApiRequest,
): unknown {
  const { base, head, fork, state, title } = repository.pull(number);
  const shas = repository.mergeOf(number);
  const lines = gitIn(repository.folder, 'diff', '--raw', '--no-abbrev', '--no-renames', shas.base, shas.merge);
  const files = (lines === '' ? [] : lines.split('\n')).map((line) => {
    const [, , , sha, rest = ''] = line.split(' ');
    const [status, filename] = rest.split('\t');
    return { filename, sha, status: status === 'A' ? 'added' : status === 'D' ? 'removed' : 'modified' };
  });
  if (isFiles) {
    const asked = new URLSearchParams(search);
    const [page, size] = [Number(asked.get('page') ?? 1), Number(asked.get('per_page') ?? 30)];
    return files.slice((page - 1) * size, page * size);
  }
  const login = repository.authors.get(number) ?? '';
  const own = { id: 1, full_name: repository.fullName };
  return {
    number,
    title,
    state,
    user: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' },
    head: { ref: head, sha: shas.head, repo: fork === undefined ? own : { id: 2, full_name: fork } },
    base: { ref: base, sha: shas.base, repo: own },
    commits: Number(gitIn(repository.folder, 'rev-list', '--count', `${shas.base}..${shas.head}`)),
    changed_files: files.length,
  };
}

/** Starts a workflow on a ref with inputs, as far as the workflow takes them. */
function dispatch(repository: PlayedRepository, file: string, { body, token }: ApiRequest, told: Told): ApiAnswer {
  const { ref, inputs = {} } = JSON.parse(body) as { ref: string; inputs?: Readonly<Record<string, string>> };
  const whole = [ref, `refs/heads/${ref}`, `refs/tags/${ref}`].find(
    (one) => one.startsWith('refs/') && repository.commit(one) !== undefined,
  );
  const invalid = (message: string): ApiAnswer => ({ status: 422, value: { message } });
  const commit = whole === undefined ? undefined : repository.commit(whole);
  if (whole === undefined || commit === undefined) return invalid(`No ref found for: ${ref}`);
  const text = repository.workflows(commit).find(([name]) => name === file)?.[1];
  if (text === undefined) return notFound;
  const problem = inputProblem(readWorkflow(file, text).on, inputs);
  if (problem !== undefined) return invalid(problem);
  told.happens({
    on: 'workflow_dispatch',
    repository: repository.fullName,
    actor: token?.login ?? '',
    workflow: file,
    ref: whole,
    inputs,
  });
  return { status: 204 };
}

/** What GitHub says against the inputs of a run by hand. */
export function inputProblem(
  { workflow_dispatch: takes }: On,
  inputs: Readonly<Record<string, string>>,
): string | undefined {
  if (takes === undefined) return "Workflow does not have 'workflow_dispatch' trigger";
  const unknown = Object.keys(inputs).find((name) => !Object.hasOwn(takes.inputs, name));
  if (unknown !== undefined) return `Unexpected inputs provided: ["${unknown}"]`;
  const missing = Object.entries(takes.inputs).find(
    ([name, input]) => input.required && input.default === undefined && (inputs[name] ?? '') === '',
  );
  return missing === undefined ? undefined : `Required input '${missing[0]}' not provided`;
}
