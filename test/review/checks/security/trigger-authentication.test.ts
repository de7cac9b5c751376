import { expect, test } from '@jest/globals';
import { triggerAuthentication } from '../../../../src/review/checks/security/trigger-authentication.ts';
import { findings, object } from '../small-objects.ts';

const listener = (...interceptors: readonly object[]) =>
  object('triggers.tekton.dev/v1beta1', 'EventListener', 'build', { spec: { triggers: [{ interceptors }] } });
const filtered = (value: string) => listener({ ref: { name: 'cel' }, params: [{ name: 'filter', value }] });
const flux = (kind: string, spec: object) => object('notification.toolkit.fluxcd.io/v1', kind, 'shop', { spec });

test('accepts triggers that check a signature', () => {
  const found = findings(triggerAuthentication, [
    listener({
      ref: { name: 'github' },
      params: [{ name: 'secretRef', value: { secretName: 'hook', secretKey: 'token' } }],
    }),
    listener({ ref: { name: 'cel' } }, { github: { secretRef: { secretName: 'hook' } } }),
    filtered('requestURL.parseURL().query["token"].compareSecret("secret", "hook")'),
    filtered('body.tag != "latest" && header.canonical("X-Token").compareSecret("secret", "hook")'),
    flux('Receiver', { secretRef: { name: 'hook' } }),
    flux('Provider', { type: 'generic-hmac' }),
  ]);

  expect(found).toEqual([]);
});

test('fails on triggers that anybody can pull', () => {
  const found = findings(triggerAuthentication, [
    listener({ ref: { name: 'cel' } }, { ref: { name: 'github' } }),
    flux('Receiver', {}),
    flux('Provider', { type: 'generic' }),
  ]);

  expect(found).toEqual([
    'EventListener/build spec.triggers[0].interceptors: anybody who reaches the listener can start the pipeline; add an interceptor that checks a signature with a declared credential',
    'Receiver/shop spec.secretRef: anybody who reaches the receiver can start a reconciliation; name the Secret of a declared credential',
    'Provider/shop spec.type: the receiver cannot tell who sent the event; write "generic-hmac" and name the Secret of a declared credential, got "generic"',
  ]);
});

test('fails on an expression that lets through who does not have what a Secret holds', () => {
  const open = [
    'body.tag == "latest"',
    '!header.canonical("X-Token").compareSecret("secret", "hook")',
    'header.canonical("X-Token").compareSecret("secret", "hook") || body.tag == "latest"',
    'body.mine ? true : header.canonical("X-Token").compareSecret("secret", "hook")',
    'header.canonical("X-Token").compareSecret("secret", "hook") == false',
  ];

  for (const expression of open) expect(findings(triggerAuthentication, [filtered(expression)])).toHaveLength(1);
});
