import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { fullNameOf } from '../../../../src/model/formats/repository-address.ts';
import { environmentBranch } from '../../../../src/model/names.ts';
import { writeMode } from '../../../../src/model/stage.ts';
import { answerWithGit } from '../../../support/git-backend.ts';
import { temporaryFolder } from '../../../support/git.ts';
import type { Happening } from '../happening.ts';
import { answerApi, opened, type ApiAnswer, type ApiRequest } from './api.ts';
import { answerGh } from './gh.ts';
import { KeptSecrets } from './kept-secrets.ts';
import { startNetwork, type Network } from './network.ts';
import { writePrograms } from './programs.ts';
import { PlayedRegistry } from './registry.ts';
import { PlayedRepository } from './repository.ts';
import { may, Tokens, type Permissions, type Token } from './tokens.ts';

/** A GitHub App, and what it is installed with. */
export interface App {
  /** Holder of the credentials that are its keys. */
  readonly holder: string;
  /** What it may do, by name of the repository in the delivery. */
  readonly permissions: Readonly<Record<string, Permissions>>;
}

/**
 * A GitHub of a delivery's repositories on this machine: Git over HTTPS, the API, `gh`, secrets and deployment policies, and a registry.
 * What is pushed, opened and dispatched waits in {@link happenings}.
 */
export class PlayedGitHub {
  readonly tokens = new Tokens();
  /** What may start workflows and has not been looked at. */
  readonly happenings: Happening[] = [];
  /** Calls that nothing plays; a world with one has failed. */
  readonly unplayed: string[] = [];
  readonly repositories = new Map<string, PlayedRepository>();
  readonly registry = new PlayedRegistry();
  /** Folder of the programs that stand in for those of a runner. */
  readonly programs: string;
  #network: Network | undefined;

  private constructor(
    readonly folder: string,
    readonly delivery: Delivery,
    readonly apps: readonly App[],
    readonly secrets: KeptSecrets,
  ) {
    this.programs = writePrograms(folder);
  }

  static async start(delivery: Delivery, apps: readonly App[]): Promise<PlayedGitHub> {
    const folder = temporaryFolder();
    const github = new PlayedGitHub(folder, delivery, apps, new KeptSecrets(delivery));
    mkdirSync(join(folder, 'git'));
    for (const repository of delivery.repositories) {
      const gated = repository.holds.includes('ops')
        ? delivery.stages
            .filter((stage) => writeMode(stage) === 'pullRequest')
            .map(({ environment }) => `refs/heads/${environmentBranch(environment)}`)
        : [];
      const played = await PlayedRepository.start(join(folder, 'git'), {
        name: repository.name,
        fullName: fullNameOf(repository),
        isPublic: repository.visibility === 'public',
        gated,
      });
      github.repositories.set(played.fullName, played);
    }
    github.#network = await startNetwork(
      folder,
      {
        'github.com': (request, response) => void github.#answerGit(request, response),
        'api.github.com': (request, response) => void github.#answerApi(request, response),
        'registry-1.docker.io': (request, response) => void github.registry.answer(request, response),
      },
      (request, response) => void github.#answerGh(request, response),
    );
    github.#admitAccounts();
    return github;
  }

  get network(): Network {
    if (this.#network === undefined) throw new Error('the played GitHub has not started');
    return this.#network;
  }

  /** A repository by its name in the delivery. */
  repository(name: string): PlayedRepository {
    const found = [...this.repositories.values()].find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no repository ${name}`);
    return found;
  }

  async stop(): Promise<void> {
    await this.network.stop();
    for (const { service } of this.repositories.values()) await service.stop();
  }

  /** Every value that nothing may print. */
  secretValues(): readonly string[] {
    return [...this.secrets.all.map(({ value }) => value), ...this.tokens.values()];
  }

  /** Takes up what changed in a repository: a push for each ref, and a new state for each open pull request of it. */
  moved(repository: PlayedRepository, before: ReadonlyMap<string, string>, actor: string): void {
    for (const [ref, id] of repository.refs()) {
      if (before.get(ref) === id) continue;
      const commit = repository.commit(ref)!;
      const files = repository.files(before.get(ref), commit);
      this.happenings.push({ on: 'push', repository: repository.fullName, actor, ref, commit, files });
      for (const { number, head, state, fork } of repository.service.pulls)
        if (state === 'open' && fork === undefined && ref === `refs/heads/${head}`)
          this.happenings.push(opened(repository, number, actor, 'synchronize'));
    }
  }

  /** Accounts of the registry: those that the credentials hold. */
  #admitAccounts(): void {
    for (const { credential, value, repository, environment } of this.secrets.all)
      for (const other of this.secrets.all)
        if (
          credential.purpose === 'registryPush' &&
          other.credential === credential &&
          other.repository === repository &&
          other.environment === environment &&
          other.value !== value
        )
          this.registry.admit(value, other.value);
  }

  async #answerGit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, fullName = '', rest = ''] = /^\/([^/]+\/[^/]+?)\.git(\/[^?]*\??.*)$/.exec(withEnding(request.url)) ?? [];
    const repository = this.repositories.get(fullName);
    const token = this.tokens.of(request.headers.authorization);
    const isWrite = rest.includes('git-receive-pack');
    const isAllowed =
      repository !== undefined &&
      ((!isWrite && repository.isPublic) || may(token, fullName, 'contents', isWrite ? 'write' : 'read'));
    if (!isAllowed) {
      response
        .writeHead(token === undefined ? 401 : 403, { 'www-authenticate': 'Basic realm="GitHub"' })
        .end('denied\n');
      return;
    }
    request.url = withEnding(request.url);
    const before = repository.refs();
    await answerWithGit(join(this.folder, 'git'), request, response, {
      PLAYED_GATED: repository.gated.join(' '),
      PLAYED_WORKFLOWS: token?.permissions['workflows'] ?? '',
    });
    // What a run's own token pushes starts nothing.
    if (isWrite && token?.ofRun === false) this.moved(repository, before, token.login);
    response.end();
  }

  async #answerApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, search } = new URL(request.url ?? '/', 'http://unused');
    const token = this.tokens.of(request.headers.authorization);
    const body = await textOf(request);
    const { status, value } = await this.ask({ method: request.method ?? '', path, search, body, token });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  }

  async #answerGh(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = new URLSearchParams(await textOf(request));
    const call = {
      arguments: given.getAll('argument'),
      input: given.get('input') ?? '',
      token: this.tokens.of(`token ${given.get('token') ?? ''}`),
      repository: given.get('repository') ?? '',
    };
    const isUnplayed = (what: string): void => {
      this.unplayed.push(what);
    };
    const world = { repositories: this.repositories, ask: (asked: ApiRequest) => this.ask(asked), isUnplayed };
    const answer = await answerGh(world, call).catch((error: unknown) => {
      isUnplayed(`gh ${call.arguments.join(' ')}: ${String(error)}`);
      return { failed: String(error) };
    });
    if ('printed' in answer) response.end(answer.printed);
    else response.writeHead(422).end(answer.failed);
  }

  /** Asks the API. */
  ask(request: ApiRequest): Promise<ApiAnswer> {
    return answerApi(this.repositories, request, {
      happens: (happening) => this.happenings.push(happening),
      isUnplayed: (what) => this.unplayed.push(what),
    });
  }

  /** The token that GitHub makes for one job. */
  tokenOfRun(repository: string, permissions: Permissions): string {
    const token: Token = { login: 'github-actions[bot]', repositories: [repository], permissions, ofRun: true };
    return this.tokens.give(token);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text;
}

/** GitHub serves a repository with and without its ending. */
const withEnding = (url = ''): string => url.replace(/^\/([^/]+\/[^/]+?)(?:\.git)?\/(info|git-)/, '/$1.git/$2');
