import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { diffTrees } from '../../../src/review/diff/diff-trees.ts';
import { formatJson } from '../../../src/review/diff/format/format-json.ts';
import { formatMarkdown } from '../../../src/review/diff/format/format-markdown.ts';
import { formatText } from '../../../src/review/diff/format/format-text.ts';
import { redactText } from '../../../src/review/diff/redact.ts';
import { yardsOf } from '../../support/yards.ts';
import { container, orders, ordersConfig, project, treeOf, withValue } from './shop-objects.ts';

/** Everything that any format prints of a change. */
function printed(before: KubernetesObject, after: KubernetesObject): string {
  const diff = diffTrees(treeOf(before), treeOf(after));
  return [formatText(diff, { colour: false }), formatMarkdown(diff), formatJson(diff)].join('\n');
}

const words = (before: KubernetesObject, after: KubernetesObject): readonly (string | undefined)[] =>
  diffTrees(treeOf(before), treeOf(after)).objects.flatMap(({ changes }) => changes.map((change) => change.words));

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'bank' },
  data: { a: 'c2VjcmV0LW9sZA==' },
  stringData: { b: 'plain-old' },
};

describe('a secret', () => {
  test.each([
    ['DB_PASSWORD'],
    ['dbPassword'],
    ['db-passwd'],
    ['API_KEY'],
    ['apiKey'],
    ['GITHUB_TOKEN'],
    ['CLIENT_SECRET'],
    ['AWS_SECRET_ACCESS_KEY'],
    ['SLACK_WEBHOOK_URL'],
  ])('in the variable %s is never printed', (name) => {
    const of = (value: string) => withValue(orders, [...container, 'env', 0], { name, value });

    const text = printed(of('hunter-old'), of('hunter-new'));

    expect(text).not.toMatch(/hunter/);
    expect(text).toContain(`env ${name} changed (values hidden)`);
  });

  test.each([['PASSWORD_FILE'], ['COMPASS'], ['BYPASS'], ['MONKEY'], ['TOKEN_TTL_SECONDS'], ['secretName']])(
    'is not what the variable %s holds',
    (name) => {
      const of = (value: string) => withValue(orders, [...container, 'env', 0], { name, value });

      expect(words(of('old'), of('new'))).toEqual([`env ${name} old → new`]);
    },
  );

  test('that comes with a new container is hidden too', () => {
    const after = withValue(orders, ['spec', 'template', 'spec', 'containers', 1], {
      name: 'proxy',
      image: 'envoy:1',
      env: [{ name: 'ADMIN_PASSWORD', value: 'hunter' }],
      args: ['--api-token=hunter'],
    });

    expect(printed(orders, after)).not.toContain('hunter');
  });

  test('in a ConfigMap under a telling key, or on a telling line, is hidden', () => {
    const of = (value: string) =>
      withValue(ordersConfig, ['data'], {
        adminPassword: value,
        'app.properties': `user=shop\ndb.password=${value}\nexport API_KEY="${value}"\n`,
      });

    const text = printed(of('hunter-old'), of('hunter-new'));

    expect(text).not.toContain('hunter');
    expect(text).toContain('adminPassword changed (values hidden)');
  });

  test('of a Secret is hidden whatever its key', () => {
    const text = printed(secret, { ...secret, data: { a: 'c2VjcmV0LW5ldw==' }, stringData: { b: 'plain-new' } });

    expect(text).not.toMatch(/c2Vj|plain-/);
  });

  test('in the annotation that kubectl leaves behind is not looked at', () => {
    const of = (value: string) => ({
      ...secret,
      metadata: { name: 'bank', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': value } },
    });

    expect(diffTrees(treeOf(of('hunter-old')), treeOf(of('hunter-new'))).objects).toEqual([]);
  });

  test('after a telling argument is hidden', () => {
    const of = (value: string) =>
      withValue(orders, [...container, 'args'], ['serve', '--db-password', value, '--port', '80']);

    const text = printed(of('hunter-old'), of('hunter-new'));

    expect(text).not.toContain('hunter');
    expect(text).toContain('orders: arguments changed (values hidden)');
  });

  test('in what tells an entry apart, or in what security says, is hidden', () => {
    const of = (...urls: readonly string[]) => withValue(project, ['spec', 'sourceRepos'], urls);

    const text = printed(
      of('https://example.com/a.git'),
      of('https://example.com/a.git', 'https://bot:hunter-new@example.com/b.git'),
    );

    expect(text).not.toContain('hunter');
    expect(text).toContain('AppProject/shop-dev allows the repository https://bot:(hidden)@example.com/b.git');
  });

  test('reference is shown', () => {
    const after = withValue(orders, [...container, 'env', 1, 'valueFrom', 'secretKeyRef', 'key'], 'bank-token-2');

    expect(words(orders, after)).toEqual(['env BANK_TOKEN from key token → bank-token-2']);
  });
});

describe('text with the shape of a secret', () => {
  // Put together here so that no scanner takes this file for a leak.
  const join = (...parts: readonly string[]): string => parts.join('');
  test.each([
    [join('gh', 'p_', 'a'.repeat(36)), '(hidden)'],
    [join('github', '_pat_', 'a'.repeat(30)), '(hidden)'],
    [join('xox', 'b-', '1234567890-abc'), '(hidden)'],
    [join('AKI', 'A', 'ABCDEFGHIJKLMNOP'), '(hidden)'],
    [join('ey', 'Jhbmdlciabc', '.', 'eyJzdWIiOiIx', '.', 'c2lnbmF0dXJl'), '(hidden)'],
    [join('-----BEGIN RSA PRIV', 'ATE KEY-----\nabc\n-----END RSA PRIV', 'ATE KEY-----'), '(hidden)'],
    ['postgres://shop:hunter2@db:5432/shop', 'postgres://shop:(hidden)@db:5432/shop'],
    ['https://hooks.slack.com/services/T0/B0/abcdef', 'https://hooks.slack.com/services/(hidden)'],
    ['https://example.com/?token=abc&x=1', 'https://example.com/?token=(hidden)&x=1'],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer (hidden)'],
    [
      'jdbc:postgresql://db/shop?ssl=true;password=hunter2;x=1',
      'jdbc:postgresql://db/shop?ssl=true;password=(hidden);x=1',
    ],
    ['host=db password=hunter2 user=shop', 'host=db password=(hidden) user=shop'],
    ['run --db-password hunter2 --port 80', 'run --db-password (hidden) --port 80'],
    ["CREATE ROLE shop PASSWORD 'hunter2'", 'CREATE ROLE shop PASSWORD (hidden)'],
  ])('%s is hidden', (text, shown) => {
    expect(redactText(text)).toBe(shown);
  });

  test.each([
    ['https://example.com/path'],
    ['nats://dev-nats-svc:4222'],
    ['PGPASSWORD=${PASSWORD:-}\nkeep_days=7'],
    ['sha256:0123456789abcdef0123456789abcdef'],
    ['password: $(PASSWORD)\nx: 1'],
  ])('%s is shown', (text) => {
    expect(redactText(text)).toBe(text);
  });

  test('is found in long lines in no time', () => {
    const text = `${'-a'.repeat(50_000)} ${'a.'.repeat(50_000)} ${'ab'.repeat(50_000)}`;

    expect(yardsOf(() => redactText(text), 30)).toBeLessThan(30);
  });
});

/** One of each shape, put together here, so that nothing that looks like a key lies in a file. */
const word = 'Ab3'.repeat(14);
const shapes: readonly (readonly [what: string, text: string, left: string])[] = [
  ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${word}\n-----END RSA PRIVATE KEY-----`, '(hidden)'],
  ['a private key without its end', `-----BEGIN PRIVATE KEY-----\n${word}`, '(hidden)'],
  ['a GitHub token', `ghp_${word}`, '(hidden)'],
  ['a GitHub token of the new kind', `github_pat_${word}`, '(hidden)'],
  ['a GitLab token', `glpat-${word}`, '(hidden)'],
  ['an npm token', `npm_${word}`, '(hidden)'],
  ['a Docker token', `dckr_pat_${word}`, '(hidden)'],
  ['a Pulumi token', `pul-${'0a'.repeat(20)}`, '(hidden)'],
  ['a Vault token', `hvs.${word}`, '(hidden)'],
  ['a Slack token', `xoxb-${word}`, '(hidden)'],
  ['an AWS key', `AKIA${'A1'.repeat(8)}`, '(hidden)'],
  ['an AWS session key', `ASIA${'A1'.repeat(8)}`, '(hidden)'],
  ['a Google key', `AIza${word}`, '(hidden)'],
  ['a Stripe key', `sk_live_${word}`, '(hidden)'],
  ['a SendGrid key', `SG.${word}.${word}`, '(hidden)'],
  ['a JSON web token', `eyJ${word}.${word}.${word}`, '(hidden)'],
  ['a Slack webhook', `https://hooks.slack.com/services/T1/B2/${word}`, 'https://hooks.slack.com/services/(hidden)'],
  ['a Discord webhook', `discord.com/api/webhooks/1/${word}`, 'discord.com/api/webhooks/(hidden)'],
  ['a password in an address', `postgres://user:${word}@db:5432/x`, 'postgres://user:(hidden)@db:5432/x'],
  ['a token in an address', `https://${word}@git.example/x`, 'https://(hidden)@git.example/x'],
  ['a bearer token', `Bearer ${word}`, 'Bearer (hidden)'],
  ['basic credentials', `Basic ${word}`, 'Basic (hidden)'],
  [
    'a token in a query',
    `https://x.example/?a=1&access_token=${word}&b=2`,
    'https://x.example/?a=1&access_token=(hidden)&b=2',
  ],
  ['a password in a connection string', `Server=db;Password=${word};X=1`, 'Server=db;Password=(hidden);X=1'],
  ['a password of a command', `psql --db-password ${word}`, 'psql --db-password (hidden)'],
  ['a password of SQL', `ALTER USER x PASSWORD '${word}'`, 'ALTER USER x PASSWORD (hidden)'],
  ['a line of a file of variables', `A=1\nDB_PASSWORD=${word}\nB=2`, 'A=1\nDB_PASSWORD=(hidden)\nB=2'],
  ['the only line of one', `API_KEY=${word}`, 'API_KEY=(hidden)'],
];

test.each(shapes)('%s is hidden in a text, and what stands around it is not', (_, text, left) => {
  expect(redactText(text)).toBe(left);
  expect(redactText(`see:\n${text}`)).not.toContain(word);
});

test('what has no shape of a secret stays as it is', () => {
  for (const text of [
    '',
    'plain',
    'A=1\nTOKEN_FILE=/run/x\nAPI_KEY=true',
    'https://example.org:8080/a@b',
    'AIzaShort',
    'password',
  ])
    expect(redactText(text)).toBe(text);
});
