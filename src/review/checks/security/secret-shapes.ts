import { everyHost } from '../../../hosts/hosts.ts';

/** What a leaked secret looks like. */
interface SecretShape {
  readonly what: string;
  readonly pattern: RegExp;
}

/**
 * Shapes of tokens that services hand out, so that a hit is hardly ever an accident.
 * @see https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
const shapes: readonly SecretShape[] = [
  ...everyHost.flatMap(({ title, tokens }) =>
    tokens === undefined ? [] : [{ what: `a ${title} token`, pattern: tokens.whole }],
  ),
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20,}/ },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/ },
  { what: 'a Slack webhook', pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Z0-9]+\/[\w/]+/ },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/ },
  { what: 'a Discord webhook', pattern: /discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]+/ },
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/ },
  { what: 'an age key', pattern: /\bAGE-SECRET-KEY-1[A-Z0-9]{20,}/ },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/ },
  { what: 'a Docker Hub token', pattern: /\bdckr_(?:pat|oat)_[\w-]{20,}/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { what: 'a PyPI token', pattern: /\bpypi-[\w-]{50,}/ },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}/ },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}/ },
  { what: 'a Vault token', pattern: /\bhv[sbr]\.[\w-]{20,}/ },
  { what: 'a Pulumi token', pattern: /\bpul-[0-9a-f]{40}\b/ },
  { what: 'a password hash', pattern: /\${1,2}2[aby]\${1,2}\d\d\${1,2}[./A-Za-z0-9]{53}/ },
  // A variable in the place of the password is fine: amqp://$(USER):$(PASSWORD)@host
  {
    what: 'a URL with a password',
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@"'`<>]*:[^\s/?#@"'`<>${}][^\s/?#@"'`<>]*@/i,
  },
];

/** Length of the shortest text that holds a secret: `a://b:c@d`. */
const shortest = 9;

/** The one thing that a text of some shape above must have, so that all others are done after one look. A new shape adds its own. */
const hint = new RegExp(
  [
    ...everyHost.flatMap(({ tokens }) => tokens?.start ?? []),
    /glpat-|AKIA|ASIA|hooks\.slack|xox[abeoprs]-|\.com\/api\/web|-----BEGIN|AGE-SEC|\beyJ|dckr_|npm_|pypi-|AIza|k_live_|hv[sbr]\.|pul-|\$2[aby]|:\/\//
      .source,
  ].join('|'),
);

/** Says what kind of secret a text holds; nothing when it holds none. */
export function secretIn(text: string): string | undefined {
  return text.length < shortest ? undefined : (shapeIn(text) ?? encodedSecretIn(text));
}

const shapeIn = (text: string): string | undefined =>
  hint.test(text) ? shapes.find(({ pattern }) => pattern.test(text))?.what : undefined;

/** Texts that may be base64 as a whole: long enough to hide a token, and of the right length. */
const base64 = /^[A-Za-z0-9+/]{20,}={0,2}$/;
const base64WithSpace = /^[A-Za-z0-9+/=\s]{20,}$/;

function encodedSecretIn(text: string): string | undefined {
  if (!base64WithSpace.test(text)) return undefined;
  const compact = text.replaceAll(/\s/g, '');
  if (compact.length % 4 !== 0 || !base64.test(compact)) return undefined;
  const found = shapeIn(atob(compact));
  return found === undefined ? undefined : `${found} in base64`;
}
