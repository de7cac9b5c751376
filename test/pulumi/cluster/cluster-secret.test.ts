import { beforeAll, describe, expect, test } from '@jest/globals';
import * as pulumi from '@pulumi/pulumi';
import { Provider } from '@pulumi/kubernetes/provider.js';
import { ClusterSecret } from '../../../src/pulumi/cluster/cluster-secret.ts';
import { clusterCredentials, type ClusterCredential } from '../../../src/pulumi/cluster/environment-secrets.ts';
import { StackSecrets } from '../../../src/pulumi/stack-secrets.ts';
import { guardedDelivery } from '../support/guarded-delivery.ts';

const environment = guardedDelivery().environments.find(({ name }) => name === 'prod')!;
const credential = (name: string): ClusterCredential =>
  clusterCredentials(environment).find((one) => one.name === name)!;
let made: string[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ name, type, inputs }) => {
      made.push(`${type} ${name}`);
      return { id: name, state: { ...(inputs as object), result: 'made-up' } };
    },
  });
});

/** Makes the Secret of a credential, and gives back what was made for it. */
async function secretOf(one: ClusterCredential, secrets: StackSecrets): Promise<readonly string[]> {
  made = [];
  const provider = new Provider('cluster', {});
  const args = { environment, credential: one, secrets, repositorySecret: undefined, adopted: false, provider };
  new ClusterSecret(one.name, { ...args, generated: new Set(), after: [] }, {});
  await pulumi.runtime.disconnect();
  return made.filter((what) => /Secret|Password/.test(what)).sort();
}

describe('the Secret of a credential', () => {
  test('has a password that is made where nobody gives one, and the credential says so', async () => {
    expect(await secretOf(credential('orders-db-password'), new StackSecrets({}))).toEqual([
      'kubernetes:core/v1:Secret orders-db-password',
      'portolan:cluster:Secret orders-db-password',
      'random:index/randomPassword:RandomPassword orders-db-password-POSTGRES_PASSWORD',
    ]);
  });

  test('fails without a value that somebody must give, rather than make one up', async () => {
    await expect(secretOf(credential('bank-token'), new StackSecrets({}))).rejects.toThrow(
      'portolan: credentials.bank-token: has no value for token',
    );
    expect(made.filter((what) => what.includes('Password'))).toEqual([]);
  });
});
