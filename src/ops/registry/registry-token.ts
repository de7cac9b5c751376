import * as z from 'zod';
import type { RegistryLogin } from './docker-credentials.ts';
import { loginLine, registryOrigin, type ImageName } from './image-name.ts';
import { RegistryError } from './registry-error.ts';

const tokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** Sends a request to a host. @throws RegistryError where it cannot be reached, limits how often it is asked, or is broken */
export type Send = (host: string, url: URL | string, init: RequestInit) => Promise<Response>;

/** What a registry wants before it answers. */
type Challenge =
  { readonly kind: 'basic' } | { readonly kind: 'bearer'; readonly parameters: Readonly<Record<string, string>> };

/**
 * The `authorization` that a registry asks for: a login itself, or a token for one repository from the address it names.
 *
 * @param challenge - its `www-authenticate` header
 * @param scope - what the token is for, e.g. `pull,push`
 * @throws RegistryError
 */
export async function authorize(
  send: Send,
  image: ImageName,
  challenge: string,
  scope: string,
  login: RegistryLogin | undefined,
): Promise<string> {
  const read = readChallenge(challenge);
  const basic = login?.kind === 'password' ? basicOf(login) : undefined;
  if (read.kind === 'basic') {
    if (basic === undefined)
      throw new RegistryError('denied', `${image.registry} wants a login; run: ${loginLine(image.registry)}`);
    return basic;
  }
  const realm = realmOf(image, read.parameters['realm']);
  const asked = {
    ...(read.parameters['service'] === undefined ? {} : { service: read.parameters['service'] }),
    scope: `repository:${image.name}:${scope}`,
  };
  const answer =
    login?.kind === 'identityToken'
      ? await send(realm.host, realm, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            client_id: 'portolan',
            refresh_token: login.identityToken,
            ...asked,
          }).toString(),
        })
      : await send(realm.host, withParameters(realm, asked), {
          headers: basic === undefined ? {} : { authorization: basic },
        });
  if (!answer.ok)
    throw new RegistryError(
      'denied',
      `${image.registry} refused a login for ${image.name} (${answer.status}); run: ${loginLine(image.registry)}`,
    );
  const parsed = tokenAnswer.safeParse(await answer.json().catch(() => undefined));
  const token = parsed.data?.token ?? parsed.data?.access_token;
  if (token === undefined || token === '')
    throw new RegistryError(
      'unreachable',
      `${realm.host}, which gives out the tokens of ${image.registry}, answered something else; check the network and its proxy`,
    );
  return `Bearer ${token}`;
}

/** A registry may offer several ways; a token comes before a login that is sent each time. */
function readChallenge(header: string): Challenge {
  const bearer = /(?:^|,\s*)bearer\s+(.*)$/is.exec(header)?.[1];
  if (bearer === undefined) return { kind: 'basic' };
  const parameters = [...bearer.matchAll(/(\w+)=(?:"([^"]*)"|([^\s",]+))/g)].map(
    ([, name = '', quoted, plain = '']): [string, string] => [name.toLowerCase(), quoted ?? plain],
  );
  return { kind: 'bearer', parameters: Object.fromEntries(parameters) };
}

function realmOf(image: ImageName, given: string | undefined): URL {
  const origin = registryOrigin(image.registry);
  const realm =
    given === undefined || given === '' || !URL.canParse(given, origin) ? undefined : new URL(given, origin);
  if (realm === undefined || !/^https?:$/.test(realm.protocol))
    throw new RegistryError(
      'unreachable',
      `${image.registry} wants a token and names no address that gives it out (realm ${JSON.stringify(given ?? '')}); tell its operator`,
    );
  if (realm.protocol !== 'https:' && origin.startsWith('https:'))
    throw new RegistryError(
      'denied',
      `${image.registry} sends its login to an address without encryption (${realm.host})`,
    );
  return realm;
}

function withParameters(realm: URL, parameters: Readonly<Record<string, string>>): URL {
  const url = new URL(realm);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url;
}

const basicOf = ({ username, password }: RegistryLogin & { readonly kind: 'password' }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
