import { createHash } from 'node:crypto';
import pRetry, { AbortError } from 'p-retry';
import * as z from 'zod';
import { dockerLogin, type RegistryLogin } from './docker-credentials.ts';
import { parseImageName, registryOrigin, type ImageName } from './image-name.ts';

/** A registry could not say what was asked; `kind` says whether asking again may help. */
export class RegistryError extends Error {
  constructor(
    readonly kind: 'unreachable' | 'notFound' | 'denied' | 'conflict' | 'invalid',
    message: string,
  ) {
    super(`portolan: ${message}`);
    this.name = 'RegistryError';
  }
}

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
}

export interface RegistryOptions {
  /** @default - the global `fetch` */
  readonly fetch?: typeof fetch;
  /** @default - what Docker keeps on this machine */
  readonly login?: (registry: string) => Promise<RegistryLogin | undefined>;
  /** Milliseconds before one request is given up. @default 15000 */
  readonly timeoutMs?: number;
  /** Further tries after a registry that could not be reached or answered 429 or 5xx. @default 3 */
  readonly retries?: number;
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** A client of the OCI distribution API, anonymous or with Docker's own logins. @see https://github.com/opencontainers/distribution-spec */
export function openRegistry({
  fetch: send = fetch,
  login = dockerLogin,
  timeoutMs = 15_000,
  retries = 3,
}: RegistryOptions = {}): Registry {
  const tokens = new Map<string, string>();

  async function request(
    image: ImageName,
    reference: string,
    init: { method: string; body?: string; headers: Record<string, string> },
    scope: string,
  ): Promise<Response> {
    const url = `${registryOrigin(image.registry)}/v2/${image.name}/manifests/${reference}`;
    const key = `${image.registry} ${image.name} ${scope}`;
    const attempt = async (authorization: string | undefined): Promise<Response> =>
      send(url, {
        ...init,
        headers: authorization === undefined ? init.headers : { ...init.headers, authorization },
        signal: AbortSignal.timeout(timeoutMs),
      });
    return pRetry(
      async () => {
        const first = await attempt(tokens.get(key)).catch((error: unknown) => {
          throw unreachable(image, error);
        });
        const challenge = first.status === 401 ? first.headers.get('www-authenticate') : null;
        const answer = challenge === null ? first : await attempt(await authorize(image, challenge, key, scope));
        if (answer.status === 429 || answer.status >= 500)
          throw unreachable(image, `it answered ${String(answer.status)}`);
        return answer;
      },
      {
        retries,
        minTimeout: 200,
        factor: 2,
        randomize: true,
        shouldRetry: ({ error }) => !(error instanceof AbortError),
      },
    );
  }

  async function authorize(image: ImageName, challenge: string, key: string, scope: string): Promise<string> {
    const known = await login(image.registry);
    const basic =
      known === undefined
        ? undefined
        : `Basic ${Buffer.from(`${known.username}:${known.password}`).toString('base64')}`;
    if (/^basic/i.test(challenge)) {
      if (basic === undefined)
        throw new AbortError(
          new RegistryError('denied', `${image.registry} wants a login; run: docker login ${image.registry}`),
        );
      return basic;
    }
    const parameters = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const realm = new URL(parameters['realm'] ?? '', registryOrigin(image.registry));
    if (realm.protocol !== 'https:' && registryOrigin(image.registry).startsWith('https:')) {
      throw new AbortError(
        new RegistryError(
          'denied',
          `${image.registry} sends its login to an address without encryption (${realm.host})`,
        ),
      );
    }
    if (parameters['service'] !== undefined) realm.searchParams.set('service', parameters['service']);
    realm.searchParams.set('scope', `repository:${image.name}:${scope}`);
    const answer = await send(realm, {
      headers: basic === undefined ? {} : { authorization: basic },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const parsed = tokenAnswer.safeParse(answer.ok ? await answer.json() : {});
    const token = parsed.data?.token ?? parsed.data?.access_token;
    if (token === undefined)
      throw new AbortError(
        new RegistryError(
          'denied',
          `${image.registry} refused a login for ${image.name} (${String(answer.status)}); run: docker login ${image.registry}`,
        ),
      );
    tokens.set(key, `Bearer ${token}`);
    return `Bearer ${token}`;
  }

  async function manifest(
    image: ImageName,
    reference: string,
    method: 'HEAD' | 'GET',
    scope = 'pull',
  ): Promise<Response> {
    const answer = await request(image, reference, { method, headers: { accept: manifestTypes.join(', ') } }, scope);
    if (answer.ok) return answer;
    const what = `${image.repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
    // Docker Hub and GHCR say 401 or 403 of a private repository and of one that does not exist.
    if (answer.status === 404) throw new RegistryError('notFound', `${image.registry} has no ${what}`);
    throw new RegistryError(
      'denied',
      `${image.registry} does not show ${what} (${String(answer.status)}); it does not exist, or needs: docker login ${image.registry}`,
    );
  }

  async function digestOf(image: ImageName, tag: string): Promise<string> {
    const named = (await manifest(image, tag, 'HEAD')).headers.get('docker-content-digest');
    if (named !== null && /^sha256:[0-9a-f]{64}$/.test(named)) return named;
    const body = Buffer.from(await (await manifest(image, tag, 'GET')).arrayBuffer());
    return `sha256:${createHash('sha256').update(body).digest('hex')}`;
  }

  return {
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
        tag,
        { method: 'PUT', body, headers: { 'content-type': contentType } },
        'pull,push',
      );
      if (!answer.ok)
        throw new RegistryError(
          'denied',
          `${image.registry} refused the tag ${repository}:${tag} (${String(answer.status)}); log in with an account that may push`,
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

function unreachable(image: ImageName, cause: unknown): RegistryError {
  const why = typeof cause === 'string' ? cause : reasonOf(cause as { cause?: { code?: string }; message?: string });
  return new RegistryError('unreachable', `${image.registry} could not be reached (${why}); check the network`);
}

/** `fetch` hides the system's reason, e.g. ECONNREFUSED, in the cause of its error. */
const reasonOf = ({ cause, message }: { cause?: { code?: string }; message?: string }): string =>
  cause?.code ?? message ?? 'no reason given';
