import { expect, test } from '@jest/globals';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { builtByTekton } from '../support/built-by-tekton.ts';
import { contextFor, planted } from './support/stack-context.ts';
import { listed, runStack } from './support/run-stack.ts';
import '../support/patience.ts';

/** What the stack of the toolchain makes, with those values besides. */
const stackOf = (of: Delivery, more: Readonly<Record<string, unknown>> = {}) =>
  runStack(
    contextFor('tools', {
      delivery: withToolchains(of),
      secrets: new StackSecrets({ 'tekton-push': planted.registry, 'tekton-read': planted.deployKey, ...more }),
    }),
  );

test('GitHub is told to sign pushes with what the Secret of the listener has, which Pulumi made', async () => {
  const run = listed(await stackOf(builtByTekton()));
  const [webhook] = run.filter(([type]) => type.endsWith(':RepositoryWebhook'));

  expect(webhook?.[2]).toMatchObject({
    repository: 'shop',
    events: ['push'],
    active: true,
    configuration: { url: 'https://hooks.acme.example/orders', contentType: 'json', insecureSsl: false },
  });
  expect(run.some(([type, name]) => type.endsWith(':RandomPassword') && name === 'github-hook-secret')).toBe(true);
});

test('the webhook of a repository that somebody else manages is theirs', async () => {
  const delivery = builtByTekton();
  const repositories = delivery.repositories.map((it) =>
    it.name === 'shop' ? { ...it, management: 'external' as const } : it,
  );
  const run = listed(await stackOf({ ...delivery, repositories }));

  expect(run.filter(([type]) => type.endsWith(':RepositoryWebhook'))).toEqual([]);
});
