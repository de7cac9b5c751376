import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { environmentOf } from '../../src/model/delivery.ts';
import { makeStack } from '../../src/pulumi/make-stack.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { guardedDelivery } from './support/guarded-delivery.ts';
import { runStack } from './support/run-stack.ts';
import { contextFor, emptyCluster, planted, secretsOf, settingsFor } from './support/stack-context.ts';

/** Ways in which a value may be written down. */
const spellings = (value: string): readonly string[] => [
  value,
  Buffer.from(value).toString('base64'),
  encodeURIComponent(value),
  JSON.stringify(value).slice(1, -1),
];

/** Planted values that stand in a text, by name. */
const leaked = (text: string): readonly string[] =>
  Object.entries(planted)
    .filter(([, value]) => spellings(value).some((spelling) => text.includes(spelling)))
    .map(([name]) => name);

const withPassword = (stack: string): StackSecrets =>
  new StackSecrets({
    ...secretsOf(stack),
    ...(stack === 'platform' ? {} : { 'orders-db-password': planted.password }),
  });

/** Everything that was printed while the tests ran. */
function printed(): () => string {
  const said: unknown[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    jest.spyOn(console, method).mockImplementation((...words: unknown[]) => said.push(...words));
  return () =>
    said.map((word) => (word instanceof Error ? `${word.message} ${word.stack ?? ''}` : String(word))).join('\n');
}

describe('a planted secret', () => {
  const before = process.env['GITHUB_TOKEN'];

  beforeEach(() => {
    process.env['GITHUB_TOKEN'] = planted.token;
  });

  afterEach(() => {
    jest.restoreAllMocks();
    if (before === undefined) delete process.env['GITHUB_TOKEN'];
    else process.env['GITHUB_TOKEN'] = before;
  });

  test.each(['platform', 'dev', 'prod'])(
    'of %s reaches the engine as a secret alone, and neither outputs nor logs',
    async (stack) => {
      const output = printed();
      const context = contextFor(stack, { secrets: withPassword(stack) });
      const { resources, outputs } = await runStack(context);
      const inTheOpen = JSON.stringify([
        resources.map(({ secretInputs: _secrets, ...one }) => one),
        outputs,
        context.warnings,
      ]);
      const asSecrets = JSON.stringify(resources.map(({ secretInputs }) => secretInputs));

      expect(leaked(inTheOpen)).toEqual([]);
      expect(leaked(output())).toEqual([]);
      // The token for GitHub not even so: a state that keeps it goes on with it after it expired.
      expect(leaked(asSecrets)).toEqual(
        {
          platform: ['registry'],
          dev: ['privateKey', 'password', 'deployKey'],
          prod: ['privateKey', 'bank', 'password', 'deployKey'],
        }[stack],
      );
    },
  );

  test.each(['dev', 'prod'])('of %s is in no rendered file', (name) => {
    const delivery = guardedDelivery();
    const { files } = renderEnvironment(delivery, environmentOf(delivery, name), delivery.initialReleases[name]!, {
      opsRepository: 'https://github.com/acme/shop-ops.git',
    });

    expect([...files.keys()].some((path) => path.startsWith('bootstrap/'))).toBe(true);
    expect([...files.keys()].filter((path) => path.includes('/secret.'))).toEqual([]);
    expect(leaked([...files.values()].join('\n'))).toEqual([]);
  });

  test('is found by this search in each of its spellings', () => {
    expect(
      Object.values(planted)
        .flatMap(spellings)
        .filter((spelling) => leaked(`x${spelling}y`).length !== 1),
    ).toEqual([]);
  });

  test('is not in the message about a takeover with another password than the one in use', async () => {
    const settings = settingsFor(guardedDelivery());
    const dev = { ...settings.environments['dev']!, adopt: true };
    const context = contextFor('dev', {
      secrets: withPassword('dev'),
      settings: { ...settings, environments: { ...settings.environments, dev } },
      lookUpCluster: () =>
        Promise.resolve({
          ...emptyCluster,
          existing: new Set(['Secret dev/dev-orders-db-secret']),
          secrets: new Map([
            [
              'Secret dev/dev-orders-db-secret',
              { annotations: {}, values: new Map([['POSTGRES_PASSWORD', planted.bank]]) },
            ],
          ]),
        }),
    });
    const error: unknown = await makeStack(context).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(Error);
    expect(leaked(`${(error as Error).message}${(error as Error).stack ?? ''}`)).toEqual([]);
    expect((error as Error).message).toBe(
      'portolan: the stack "dev" is not valid (1 problem)\n' +
        '  Pulumi.dev.yaml: config.portolan:secrets.orders-db-password: is not the value of POSTGRES_PASSWORD that is in use; a takeover keeps it, and rotation comes after; write it with: ' +
        "kubectl --context kind-shop -n dev get secret dev-orders-db-secret -o jsonpath='{.data.POSTGRES_PASSWORD}' | base64 -d | pulumi config set --secret --path portolan:secrets.orders-db-password --stack dev",
    );
  });

  test('is not in the message about a name that no credential has', async () => {
    const context = contextFor('dev', {
      secrets: new StackSecrets({
        ...secretsOf('dev'),
        'bank-tokn': planted.bank,
        'ops-read': { other: planted.privateKey },
      }),
    });
    const error: unknown = await makeStack(context).catch((reason: unknown) => reason);

    expect((error as Error).message).toBe(
      'portolan: the stack "dev" is not valid (3 problems)\n' +
        '  Pulumi.dev.yaml: config.portolan:secrets.ops-read: needs a value for sshPrivateKey (contents: read on shop-ops); write it with: pulumi config set --secret --path portolan:secrets.ops-read --stack dev\n' +
        '  Pulumi.dev.yaml: config.portolan:secrets.ops-read.other: the credential has no such key; write one of: sshPrivateKey\n' +
        '  Pulumi.dev.yaml: config.portolan:secrets.bank-tokn: no credential of this stack has that name; remove it, or write one of: orders-db-password, ops-read, promotion-dev',
    );
  });

  test('is not shown by an object that holds it', () => {
    const secrets = withPassword('prod');

    expect(leaked(`${JSON.stringify(secrets)} ${inspect(secrets, { depth: 9, showHidden: true })}`)).toEqual([]);
  });
});
