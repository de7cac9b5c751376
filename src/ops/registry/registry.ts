import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { outsideFetch } from '../../clients/http/outside-fetch.ts';
import { whyUnreachable } from '../../clients/http/why-unreachable.ts';
import { retryAfter } from '../../clients/http/retry-after.ts';
import { askAgain } from './ask-again.ts';
import { dockerLogin, type RegistryLogin } from './docker-credentials.ts';
import { loginLine, parseImageName, registryOrigin, type ImageName } from './image-name.ts';
import { listTags } from './list-tags.ts';
import { RegistryError } from './registry-error.ts';
import { authorize, type Send } from './registry-token.ts';
import { revisionSaid } from './revision-said.ts';

/** What a promotion asks of image registries. */
export interface Registry {
  /** The digest that `repository:tag` names now. @throws RegistryError */
  resolveDigest(reference: string): Promise<string>;
  /**
   * Adds a tag to an image that is already there. Doing it twice changes nothing.
   *
   * @throws RegistryError `conflict` when the tag already names another image
   */
  addTag(repository: string, digest: string, tag: string): Promise<void>;
  /** Every tag of a repository, in no order that means anything. @throws RegistryError `notFound` where nothing was ever pushed */
  tagsOf(repository: string): Promise<readonly string[]>;
  /** The commit of the source that an image says it was built from; nothing where it says none. @throws RegistryError */
  revisionOf(reference: string): Promise<string | undefined>;
}

export interface RegistryOptions {
  /** @default - as this machine reaches the outside, through its proxy */
  readonly fetch?: (url: URL | string, init?: RequestInit) => Promise<Response>;
  /** @default - what Docker keeps on this machine */
  readonly login?: (registry: string) => Promise<RegistryLogin | undefined>;
  /** Milliseconds before one request is given up. @default 15000 */
  readonly timeoutMs?: number;
  /** Further tries after a registry that could not be reached or answered 429 or 5xx. @default 3 */
  readonly retries?: number;
  /** Milliseconds that are waited at most for one answer, however long a registry wants to be left alone. @default 120000 */
  readonly longestWaitMs?: number;
  /** Waits before a registry is asked again; `why` is for people. @default - says nothing */
  readonly wait?: (milliseconds: number, why: string) => Promise<void>;
  /** Milliseconds since 1970. @default - the machine's clock */
  readonly now?: () => number;
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** A client of the OCI distribution API, anonymous or with Docker's own logins. @see https://github.com/opencontainers/distribution-spec */
export function openRegistry({
  fetch: send = outsideFetch(),
  login = dockerLogin,
  timeoutMs = 15_000,
  retries = 3,
  longestWaitMs = 120_000,
  wait = async (milliseconds) => setTimeout(milliseconds),
  now = Date.now,
}: RegistryOptions = {}): Registry {
  const tokens = new Map<string, string>();

  /** Sends one request; what may be asked again is an error. */
  const sendOnce =
    (isLoggedIn: boolean): Send =>
    async (host, url, init) => {
      const answer = await send(url, { ...init, signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
        throw unreachable(host, error);
      });
      const pause = retryAfter(answer.headers.get('retry-after'), now());
      if (answer.status === 429) throw limited(host, pause, isLoggedIn, now());
      if (answer.status >= 500) throw unreachable(host, `it answered ${answer.status}`, pause);
      return answer;
    };

  async function request(
    image: ImageName,
    path: string,
    init: { method: string; body?: string; headers: Record<string, string> },
    scope: string,
  ): Promise<Response> {
    const url = `${registryOrigin(image.registry)}/v2/${image.name}/${path}`;
    const key = `${image.registry} ${image.name} ${scope}`;
    return askAgain(
      async () => {
        const attempt = async (
          authorization: string | undefined,
          known: RegistryLogin | undefined,
        ): Promise<Response> =>
          sendOnce(known !== undefined || authorization !== undefined)(image.registry, url, {
            ...init,
            headers: authorization === undefined ? init.headers : { ...init.headers, authorization },
          });
        const first = await attempt(tokens.get(key), undefined);
        const challenge = first.status === 401 ? first.headers.get('www-authenticate') : null;
        if (challenge === null) return first;
        const known = await login(image.registry);
        const authorization = await authorize(sendOnce(known !== undefined), image, challenge, scope, known);
        tokens.set(key, authorization);
        return attempt(authorization, known);
      },
      { retries, longestWaitMs, wait },
    );
  }

  async function manifest(
    image: ImageName,
    reference: string,
    method: 'HEAD' | 'GET',
    scope = 'pull',
  ): Promise<Response> {
    const headers = { accept: manifestTypes.join(', ') };
    const answer = await request(image, `manifests/${reference}`, { method, headers }, scope);
    if (answer.ok) return answer;
    const what = `${image.repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
    // Docker Hub and GHCR say 401 or 403 of a private repository and of one that does not exist.
    if (answer.status === 404) throw new RegistryError('notFound', `${image.registry} has no ${what}`);
    throw new RegistryError(
      'denied',
      `${image.registry} does not show ${what} (${answer.status}); it does not exist, or needs: ${loginLine(image.registry)}`,
    );
  }

  async function digestOf(image: ImageName, tag: string): Promise<string> {
    const named = (await manifest(image, tag, 'HEAD')).headers.get('docker-content-digest');
    if (named !== null && /^sha256:[0-9a-f]{64}$/.test(named)) return named;
    const body = Buffer.from(await (await manifest(image, tag, 'GET')).arrayBuffer());
    return `sha256:${createHash('sha256').update(body).digest('hex')}`;
  }

  return {
    async revisionOf(reference) {
      const image = parse(reference);
      return revisionSaid(image.digest ?? image.tag ?? 'latest', async (path) => {
        if (path.startsWith('manifests/'))
          return (await manifest(image, path.slice('manifests/'.length), 'GET')).json();
        return (await request(image, path, { method: 'GET', headers: {} }, 'pull')).json();
      });
    },

    async tagsOf(repository) {
      const image = parse(repository);
      return listTags(image.repository, async (query) => {
        const answer = await request(image, `tags/list${query}`, { method: 'GET', headers: {} }, 'pull');
        if (answer.ok) return answer;
        if (answer.status === 404)
          throw new RegistryError('notFound', `${image.registry} has no repository ${image.repository}`);
        throw new RegistryError(
          'denied',
          `${image.registry} does not show the tags of ${image.repository} (${answer.status}); it does not exist, or needs: ${loginLine(image.registry)}`,
        );
      });
    },

    async resolveDigest(reference) {
      const image = parse(reference);
      return image.digest ?? (await digestOf(image, image.tag ?? 'latest'));
    },

    async addTag(repository, digest, tag) {
      const image = parse(`${repository}:${tag}`);
      const present = await digestOf(image, tag).catch((error: unknown) => {
        if (error instanceof RegistryError && error.kind === 'notFound') return undefined;
        throw error;
      });
      if (present === digest) return;
      if (present !== undefined) {
        throw new RegistryError(
          'conflict',
          `${repository}:${tag} already names ${present}, not ${digest}; a release tag is never moved: make a new tag`,
        );
      }
      const source = await manifest(image, digest, 'GET', 'pull,push');
      const body = await source.text();
      const contentType = source.headers.get('content-type') ?? 'application/vnd.oci.image.manifest.v1+json';
      const answer = await request(
        image,
        `manifests/${tag}`,
        { method: 'PUT', body, headers: { 'content-type': contentType } },
        'pull,push',
      );
      if (!answer.ok)
        throw new RegistryError(
          'denied',
          `${image.registry} refused the tag ${repository}:${tag} (${answer.status}); log in with an account that may push`,
        );
    },
  };
}

function parse(reference: string): ImageName {
  const image = parseImageName(reference);
  if (image === undefined)
    throw new RegistryError(
      'invalid',
      `"${reference}" is not an image reference; write repository:tag, e.g. acme/orders:v1.2.0`,
    );
  return image;
}

function unreachable(host: string, cause: unknown, retryAfterMs?: number): RegistryError {
  if (typeof cause === 'string')
    return new RegistryError('unreachable', `${host} could not be reached (${cause}); check the network`, retryAfterMs);
  const { why, mayPass, next } = whyUnreachable(cause);
  return new RegistryError(
    mayPass ? 'unreachable' : 'untrusted',
    `${host} could not be reached (${why}); ${next === undefined ? 'check the network' : `write: ${next}`}`,
    retryAfterMs,
  );
}

function limited(host: string, pause: number | undefined, isLoggedIn: boolean, now: number): RegistryError {
  const after =
    pause === undefined
      ? 'try again later'
      : `try again after ${new Date(now + pause).toISOString().replace(/\.\d+Z$/, 'Z')}`;
  const ways = isLoggedIn ? after : `log in ("${loginLine(host)}"), or ${after}`;
  return new RegistryError(
    'limited',
    `${host} has a rate limit and wants to be asked less often (429); ${ways}`,
    pause,
  );
}
