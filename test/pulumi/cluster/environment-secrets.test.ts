import { expect, test } from '@jest/globals';
import type { Credential } from '../../../src/model/credential.ts';
import { clusterCredentials } from '../../../src/pulumi/cluster/environment-secrets.ts';
import { secretProblems, StackSecrets } from '../../../src/pulumi/stack-secrets.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const [dev] = validDelivery().environments;
const withOrigin = (origin: NonNullable<Credential['origin']>) => ({
  ...dev!,
  credentials: dev!.credentials.map((credential): Credential =>
    credential.purpose === 'database' ? { ...credential, origin } : credential,
  ),
});

test('a stack makes no Secret that something in the cluster makes, and asks nobody for its value', () => {
  const [given, external] = (['given', 'external'] as const).map((origin) => clusterCredentials(withOrigin(origin)));

  expect(given!.map(({ name }) => name)).toContain('orders-db-password');
  expect(external!.map(({ name }) => name)).not.toContain('orders-db-password');
  expect(secretProblems('dev', given!, new StackSecrets({})).map(({ path }) => path)).toContain(
    'Pulumi.dev.yaml: config.portolan:secrets.orders-db-password',
  );
  expect(secretProblems('dev', external!, new StackSecrets({})).map(({ path }) => path)).not.toContain(
    'Pulumi.dev.yaml: config.portolan:secrets.orders-db-password',
  );
});
