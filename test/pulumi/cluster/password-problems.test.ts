import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../../src/model/environment.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { generationAnnotation } from '../../../src/pulumi/cluster/environment-secrets.ts';
import { passwordType } from '../../../src/pulumi/cluster/generated-password.ts';
import { passwordProblems } from '../../../src/pulumi/cluster/password-problems.ts';
import { StackState } from '../../../src/pulumi/state/stack-state.ts';
import { StackSecrets } from '../../../src/pulumi/stack-secrets.ts';
import { guardedDelivery } from '../support/guarded-delivery.ts';

const secretName = 'Secret dev/dev-orders-db-secret';
const claim = 'PersistentVolumeClaim dev/orders-db-disk-dev-orders-db-0';

const environment = (generation?: number): Environment => {
  const dev = guardedDelivery().environments[0]!;
  return {
    ...dev,
    credentials: dev.credentials.map((credential) => ({
      ...credential,
      ...(generation === undefined ? {} : { generation }),
    })),
  };
};

interface Situation {
  /** Whether the database's claim is there. */
  readonly disk?: boolean;
  /** Generation that the Secret carries; `unmarked` for one that this program did not make. */
  readonly live?: string;
  readonly given?: string;
  readonly adopt?: boolean;
  readonly generation?: number;
  /** What the state of the stack has. */
  readonly owned?: 'password' | 'password and Secret';
}

const stateWith = (owned: Situation['owned']): StackState => {
  const password = { type: passwordType, name: 'orders-db-password-POSTGRES_PASSWORD', urn: 'urn:1' };
  const secret = { type: 'kubernetes:core/v1:Secret', name: 'orders-db-password', urn: 'urn:2' };
  if (owned === undefined) return new StackState([]);
  return new StackState(owned === 'password' ? [password] : [password, secret]);
};

const problemsIn = ({ disk = false, live, given, adopt = false, generation, owned }: Situation): readonly string[] =>
  passwordProblems({
    environment: environment(generation),
    secrets: new StackSecrets(given === undefined ? {} : { 'orders-db-password': given }),
    facts: {
      existing: new Set([...(disk ? [claim] : []), ...(live === undefined ? [] : [secretName])]),
      secrets: new Map(
        live === undefined
          ? []
          : [
              [
                secretName,
                {
                  annotations: live === 'unmarked' ? {} : { [generationAnnotation]: live },
                  values: new Map([['POSTGRES_PASSWORD', 'in use']]),
                },
              ],
            ],
      ),
    },
    state: stateWith(owned),
    adopt,
    context: 'kind-shop',
  }).map(describeProblem);

const path = 'environments.dev.credentials.orders-db-password';
const give = 'pulumi config set --secret --path portolan:secrets.orders-db-password --stack dev';
const copy = `kubectl --context kind-shop -n dev get secret dev-orders-db-secret -o jsonpath='{.data.POSTGRES_PASSWORD}' | base64 -d | ${give}`;

describe('a generated password', () => {
  test.each<[string, Situation]>([
    ['for a database that was never there', {}],
    ['that this program made before', { disk: true, live: '1', owned: 'password and Secret' }],
    ['whose Secret was deleted, while the state has the password', { disk: true, owned: 'password' }],
    ['in place of which one was given', { disk: true, given: 'whatever' }],
    ['whose rotation was given', { disk: true, live: '1', given: 'the next one', generation: 2 }],
    ['of a generation that starts with the database', { generation: 3 }],
  ])('is fine %s', (_situation, situation) => {
    expect(problemsIn(situation)).toEqual([]);
  });

  test('fails when the database’s disk is there and its Secret is not', () => {
    expect(problemsIn({ disk: true })).toEqual([
      `${path}: the claim dev/orders-db-disk-dev-orders-db-0 is there, so its database has a password, and a generated one would not open it; give the existing one with: ${give}`,
    ]);
  });

  test('fails when the Secret was made by somebody else', () => {
    expect(problemsIn({ disk: true, live: 'unmarked' })).toEqual([
      `${path}: the claim dev/orders-db-disk-dev-orders-db-0 is there, so its database has a password, and a generated one would not open it; keep the existing one with: ${copy}`,
    ]);
  });

  test.each<[string, Situation, string]>([
    [
      'after a destroy',
      { disk: true, live: '1' },
      'the claim dev/orders-db-disk-dev-orders-db-0 is there, so its database has a password',
    ],
    ['after a destroy, before a disk is there', { live: '1' }, 'Secret dev/dev-orders-db-secret is there'],
    [
      'when an update broke off before the state had the Secret',
      { live: '1', owned: 'password' },
      'Secret dev/dev-orders-db-secret is there',
    ],
  ])('fails %s, because the state does not own what is in use', (_situation, situation, because) => {
    expect(problemsIn(situation)).toEqual([
      `${path}: ${because}, and a generated one would not open it; keep the existing one with: ${copy}`,
    ]);
  });

  test('fails for a rotation that the database was not told of', () => {
    expect(problemsIn({ disk: true, live: '1', generation: 2, owned: 'password and Secret' })).toEqual([
      `${path}.generation: was 1: the database must be told of a new password first; give the new one with: ${give}; tell the database with ALTER ROLE; then run again, got 2`,
    ]);
  });
});

describe('a takeover', () => {
  test('keeps the password in use', () => {
    expect(problemsIn({ disk: true, live: 'unmarked', given: 'in use', adopt: true })).toEqual([]);
  });

  test('keeps a deploy key in use, with or without the line break at its end', () => {
    const problems = (inUse: string): number =>
      passwordProblems({
        environment: environment(),
        secrets: new StackSecrets({ 'ops-read': 'a key', 'orders-db-password': 'in use' }),
        facts: {
          existing: new Set(['Secret argocd/shop-ops-dev']),
          secrets: new Map([
            ['Secret argocd/shop-ops-dev', { annotations: {}, values: new Map([['sshPrivateKey', inUse]]) }],
          ]),
        },
        state: new StackState([]),
        adopt: true,
        context: 'kind-shop',
      }).length;

    expect(['a key', 'a key\n', 'a key\n\n', 'another key\n'].map(problems)).toEqual([0, 0, 1, 1]);
    expect(problemsIn({ disk: true, live: 'unmarked', given: 'in use ', adopt: true })).toHaveLength(1);
  });

  test('fails without the password in use, even before the disk is there', () => {
    expect(problemsIn({ live: 'unmarked', adopt: true })).toEqual([
      `${path}: Secret dev/dev-orders-db-secret is there, and a generated one would not open it; keep the existing one with: ${copy}`,
    ]);
    expect(problemsIn({ disk: true, live: '1', adopt: true })).toHaveLength(1);
  });

  test('fails with another password than the one in use', () => {
    expect(problemsIn({ disk: true, live: 'unmarked', given: 'another', adopt: true })).toEqual([
      `Pulumi.dev.yaml: config.portolan:secrets.orders-db-password: is not the value of POSTGRES_PASSWORD that is in use; a takeover keeps it, and rotation comes after; write it with: ${copy}`,
    ]);
  });
});
