import { delimiter } from 'node:path';
import type { Value } from './expression/value.ts';
import type { Happening } from './happening.ts';
import type { PlayedGitHub } from './played/github.ts';
import type { PlayedRepository } from './played/repository.ts';
import type { On } from './read-workflow.ts';

/** A run as it starts: of which workflow, for which commit, and what its expressions see of that. */
export interface Started {
  readonly id: number;
  /** Name of the workflow's file. */
  readonly file: string;
  /** Trigger under which it started. */
  readonly event: keyof On;
  readonly repository: string;
  readonly actor: string;
  /** Whole ref and commit that it runs on. */
  readonly ref: string;
  readonly commit: string;
  readonly isFork: boolean;
  readonly inputs: Readonly<Record<string, Value>>;
  /** What GitHub says of the event. */
  readonly payload: Value;
  readonly baseRef: string;
  readonly headRef: string;
}

/** The ref and the commit that a workflow is taken from and runs on, by the trigger that starts it. */
export function placeOf(
  repository: PlayedRepository,
  happening: Happening,
  event: keyof On,
): { readonly ref: string; readonly commit: string } {
  const at = (ref: string) => ({ ref, commit: repository.commit(ref)! });
  if (happening.on === 'push') return { ref: happening.ref, commit: happening.commit };
  if (happening.on === 'workflow_dispatch') return at(happening.ref);
  if (happening.on === 'pull_request' && event === 'pull_request')
    return { ref: `refs/pull/${happening.number}/merge`, commit: happening.commits.merge };
  return at('refs/heads/main');
}

/** What GitHub says of an event, as far as workflows look at it. */
export function payloadOf(repository: PlayedRepository, happening: Happening): Value {
  const own = { full_name: repository.fullName, default_branch: 'main' };
  switch (happening.on) {
    case 'push':
      return { ref: happening.ref, after: happening.commit, repository: own };
    case 'workflow_dispatch':
      return { ref: happening.ref, inputs: happening.inputs, repository: own };
    case 'repository_dispatch':
      return { action: happening.type, client_payload: happening.payload, repository: own };
    case 'schedule':
      return { schedule: happening.cron, repository: own };
    case 'pull_request': {
      const { number, action, commits } = happening;
      const { head, base, fork } = repository.pull(number);
      return {
        action,
        number,
        repository: own,
        pull_request: {
          number,
          base: { ref: base, sha: commits.base, repo: own },
          head: {
            ref: head,
            sha: commits.head,
            repo: { full_name: fork ?? repository.fullName, fork: fork !== undefined },
          },
          user: { login: repository.authors.get(number) ?? '' },
        },
      };
    }
  }
}

const refName = (ref: string): string => ref.replace(/^refs\/(?:heads|tags|pull)\//, '');
const refType = (ref: string): string => (ref.startsWith('refs/tags/') ? 'tag' : 'branch');
const server = 'https://github.com';
const api = 'https://api.github.com';

/** The context `github`, as far as workflows look at it; anything else that one asks for fails. */
export const gitHubContext = (
  github: PlayedGitHub,
  { id, file, event, repository, actor, ref, commit, payload, baseRef, headRef }: Started,
  job: string,
  token: string,
): Value => ({
  event_name: event,
  event: payload,
  ref,
  ref_name: refName(ref),
  ref_type: refType(ref),
  base_ref: baseRef,
  head_ref: headRef,
  sha: commit,
  repository,
  repository_owner: repository.split('/')[0] ?? '',
  actor,
  triggering_actor: actor,
  run_id: String(id),
  run_attempt: '1',
  workflow: file,
  job,
  server_url: server,
  api_url: api,
  token,
  repository_visibility: github.repositories.get(repository)?.isPublic === true ? 'public' : 'private',
});

/** The variables that GitHub sets for every step, and those by which this machine plays the network. */
export function variablesOf(github: PlayedGitHub, started: Started, job: string): Readonly<Record<string, string>> {
  const { id, file, event, repository, actor, ref, commit } = started;
  return {
    PATH: `${github.programs}${delimiter}${process.env['PATH'] ?? ''}`,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: actor,
    GITHUB_API_URL: api,
    GITHUB_EVENT_NAME: event,
    GITHUB_JOB: job,
    GITHUB_REF: ref,
    GITHUB_REF_NAME: refName(ref),
    GITHUB_REF_TYPE: refType(ref),
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: String(id),
    GITHUB_SERVER_URL: server,
    GITHUB_SHA: commit,
    GITHUB_WORKFLOW: file,
    HTTPS_PROXY: github.network.proxy,
    GIT_SSL_CAINFO: github.network.certificate,
    NODE_EXTRA_CA_CERTS: github.network.certificate,
    PLAYED_GITHUB: github.network.proxy,
  };
}
