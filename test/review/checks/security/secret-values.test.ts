import { expect, test } from '@jest/globals';
import { secretValues } from '../../../../src/review/checks/security/secret-values.ts';
import { configMap, findings, object, withContainer } from '../small-objects.ts';

const advice =
  'and everybody who reads the branch has it; declare a credential and refer to its key, then revoke this one';

/** Joins the pieces of a secret, so that no scanner takes a test for a leak. */
const joined = (...pieces: readonly string[]): string => pieces.join('');

const password = joined('hun', 'ter2');

const secrets: readonly (readonly [what: string, text: string])[] = [
  ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`],
  ['a GitHub token', `ghs_${'a1B2'.repeat(9)}`],
  ['a GitHub token', `github_pat_${'a1B2'.repeat(8)}`],
  ['a GitLab token', `glpat-${'a1B2'.repeat(5)}`],
  ['an AWS access key', `AKIA${'ABCD'.repeat(4)}`],
  ['a Slack webhook', `https://hooks.slack.com/services/T${'0'.repeat(8)}/B${'0'.repeat(8)}/${'x'.repeat(24)}`],
  ['a Slack token', joined('xox', 'b-1234567890-abc')],
  ['a private key', joined('-----BEGIN OPENSSH PRI', 'VATE KEY-----\nabc')],
  ['a private key', joined('-----BEGIN PRI', 'VATE KEY-----')],
  ['a JSON web token', joined('eyJhbGciOiJI', '.eyJzdWIiOiIx.', 'c2lnbmF0dXJl')],
  ['a Docker Hub token', `dckr_pat_${'a1B2'.repeat(7)}`],
  ['an npm token', `npm_${'a1B2'.repeat(9)}`],
  ['a PyPI token', `pypi-${'a1B2'.repeat(13)}`],
  ['a Google API key', `AIza${'a1B2c'.repeat(7)}`],
  ['a Stripe key', joined('sk_', 'live_', 'a1B2'.repeat(5))],
  ['a Vault token', `hvs.${'a1B2'.repeat(5)}`],
  ['a Pulumi token', `pul-${'a1b2'.repeat(10)}`],
  ['a Discord webhook', joined('https://discord.com/', 'api/webhooks/123/abc')],
  ['an age key', joined('AGE-SECRET-', 'KEY-1', 'A1B2'.repeat(5))],
  ['a password hash', `$2a$10$${'a'.repeat(53)}`],
  ['a password hash', `$$2a$$10$$${'a'.repeat(53)}`],
  ['a URL with a password', `postgres://orders:${password}@dev-db:5432/orders`],
  ['a URL with a password', `https://:${password}@example.com/`],
  ['a GitHub token in base64', btoa(`token=ghp_${'a1B2'.repeat(9)}`)],
  ['a URL with a password in base64', btoa(`amqp://guest:${password}@queue/`)],
];

test.each(secrets)('fails on %s, without showing it', (what, text) => {
  const found = findings(secretValues, [configMap('dev-config', { 'app.conf': text })]);

  expect(found).toEqual([`ConfigMap/dev-config data["app.conf"]: holds what looks like ${what}, ${advice}`]);
});

test('finds a secret anywhere in an object: in a command, an annotation, a custom resource', () => {
  const url = `https://deploy:${password}@git.example.com/ops.git`;
  const found = findings(secretValues, [
    withContainer({ command: ['sh', '-c', `git clone ${url}`] }),
    object(
      'argoproj.io/v1alpha1',
      'Application',
      'shop',
      { spec: { source: { repoURL: url } } },
      { annotations: { from: url } },
    ),
  ]);

  expect(found.map((line) => line.split(': ')[0])).toEqual([
    'Deployment/dev-orders spec.template.spec.containers[0].command[2]',
    'Application/shop metadata.annotations.from',
    'Application/shop spec.source.repoURL',
  ]);
  expect(found.join()).not.toContain(password);
});

test.each([
  'postgres://$(USER):$(PASSWORD)@dev-db:5432/orders',
  'postgres://orders:${PASSWORD}@dev-db/orders',
  'nats://dev-nats-svc:4222',
  'http://example.com:80/a@b',
  'user@example.com: https://example.com/',
  '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd',
  `sha256:${'0123456789abcdef'.repeat(4)}`,
  'python3 -c "print(1)" && exec eyJ.something',
  btoa('nothing of interest, but long enough to decode'),
])('accepts %s', (text) => {
  expect(findings(secretValues, [configMap('dev-config', { text })])).toEqual([]);
});
