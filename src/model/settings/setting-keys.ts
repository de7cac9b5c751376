import * as z from 'zod/mini';
import { isPlainKey } from '../credential.ts';

// zod/mini, because the messages are our own and zod proper costs a start 25 ms more.

const matching = (pattern: RegExp, must: string) => z.string({ error: must }).check(z.regex(pattern, { error: must }));

/** `pulumi config set` writes every plain value as text, so `"true"` is as good as `true`. */
const fromText = (value: unknown): unknown => {
  if (value === 'true') return true;
  if (value === 'false') return false;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
};

const flag = (must: string) => z.pipe(z.transform(fromText), z.boolean({ error: must }));

const whole = (least: number) => {
  const must = `must be a whole number, ${least} or more`;
  return z.pipe(z.transform(fromText), z.int({ error: must }).check(z.minimum(least, { error: must })));
};

const byName = <Value extends z.core.$ZodType>(value: Value, must: string) =>
  z.record(z.string(), value, { error: must });

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is `{ secure: … }`, as `pulumi config set --secret` writes it. */
export const isEncrypted = (value: unknown): boolean =>
  isMapping(value) && Object.keys(value).join() === 'secure' && typeof value['secure'] === 'string';

/** Whether a value may stand under a key of a credential: encrypted, or in plain where the key is no secret. */
export const mayStandUnder = (key: string, value: unknown): boolean =>
  isEncrypted(value) || (isPlainKey(key) && (typeof value === 'string' || typeof value === 'number'));

/** Whether a value is a credential's: one, or one for each of its keys. */
const isCredentialValue = (value: unknown): boolean =>
  isEncrypted(value) ||
  (isMapping(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([key, one]) => mayStandUnder(key, one)));

const credentialValue = z.custom<Readonly<Record<string, unknown>>>(isCredentialValue, { error: 'must be encrypted' });

/** Without TLS only on this machine, and between it and the containers on it (`host.docker.internal`), where nobody listens in. */
const httpsUrl = matching(
  /^(https:\/\/[^\s@/]+|http:\/\/(localhost|127\.0\.0\.1|host\.(k3d|docker)\.internal)(:\d+)?)\/[^\s@]+$/,
  'must be an https URL without a user or password, e.g. https://github.com/acme/shop-ops.git',
);
const pageUrl = matching(
  /^https?:\/\/[^\s@/]+(\/[^\s@]*)?$/,
  'must be an http or https URL without a user or password, e.g. https://cd.example.com',
);
const hostName = matching(
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  'must be a host name in lower case, e.g. shop.example.com',
);
const owner = matching(/^[A-Za-z0-9](-?[A-Za-z0-9])*$/, 'must be a GitHub user or organization, e.g. acme');
const words = matching(/\S/, 'must be text');

const generations = byName(whole(1), 'must hold one whole number per credential');
const secrets = byName(credentialValue, 'must hold one encrypted value per credential');

/** What Pulumi's own provider for GitHub reads from any stack file; not its token, which is no setting. */
const github = {
  'github:owner': z.optional(owner),
  'github:baseUrl': z.optional(pageUrl),
} as const;

/** What an operator sets for all environments, in `Pulumi.platform.yaml`. */
export const platformKeys = {
  'portolan:opsRepository': httpsUrl,
  'portolan:protect': z.optional(flag('must be true or false')),
  'portolan:adopt': z.optional(flag('must be true or false')),
  'portolan:github': z.optional(
    z.strictObject(
      {
        plan: z.optional(z.enum(['free', 'team', 'enterprise'], { error: 'must be "free", "team" or "enterprise"' })),
        ownerKind: z.optional(z.enum(['user', 'organization'], { error: 'must be "user" or "organization"' })),
        appId: z.optional(whole(1)),
        installationId: z.optional(whole(1)),
      },
      { error: 'must hold plan, ownerKind, appId or installationId' },
    ),
  ),
  'portolan:generations': z.optional(generations),
  'portolan:secrets': z.optional(secrets),
  'github:writeDelayMs': z.optional(whole(1)),
  ...github,
} as const;

/** What an operator sets for one environment, in `Pulumi.<environment>.yaml`. */
export const environmentKeys = {
  'portolan:host': z.optional(hostName),
  'portolan:replicas': z.optional(byName(whole(0), 'must hold one whole number per service')),
  'portolan:generations': z.optional(generations),
  'portolan:adopt': z.optional(flag('must be true or false')),
  'portolan:retired': z.optional(flag('must be true or false')),
  'portolan:engineUrl': z.optional(pageUrl),
  'portolan:secrets': z.optional(secrets),
  'kubernetes:context': z.optional(words),
  ...github,
} as const;

/** Names of Portolan's own settings, whose place in `settings` no other can take. */
export const portolanSettings: readonly string[] = [
  ...[...Object.keys(platformKeys), ...Object.keys(environmentKeys)].flatMap((key) =>
    key.startsWith('portolan:') ? [key.slice('portolan:'.length)] : [],
  ),
  'kubernetesContext',
];

/** What may stand in a stack file: the type of each key, and a value that a person can copy for some of them. */
export interface StackKeys<Keys extends z.core.$ZodShape> {
  readonly keys: Keys;
  readonly examples: Readonly<Record<string, string>>;
}

/** Settings under the names that they had before, and what they are called now. */
export const renamedSettings: Readonly<Record<string, keyof typeof platformKeys | keyof typeof environmentKeys>> = {
  'portolan:argocdUrl': 'portolan:engineUrl',
};

/** A value for each setting that a person can copy, in the line that sets it. */
export const examples: Readonly<Record<string, string>> = {
  'portolan:opsRepository': 'https://github.com/acme/shop-ops.git',
  'portolan:protect': 'true',
  'portolan:github.plan': 'team',
  'portolan:github.ownerKind': 'organization',
  'portolan:host': 'shop.example.com',
  'portolan:adopt': 'true',
  'portolan:retired': 'true',
  'portolan:engineUrl': 'https://cd.example.com',
  'kubernetes:context': 'kind-shop',
  'github:owner': 'acme',
  'github:baseUrl': 'https://git.acme.example/',
  'github:writeDelayMs': '100',
};
