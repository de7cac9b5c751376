import { unitOf } from '../../src/model/derived/units.ts';
import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { ProblemsError } from '../../src/model/problem.ts';
import { branchWorkflows, lackingCredentials, withEveryCredential } from '../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { settings } from '../support/settings.ts';

const delivery = project(settings);
const forActions = delivery.credentials.filter(({ store }) => store.kind === 'githubActions');
const without = (...names: readonly string[]): Delivery => ({
  ...delivery,
  credentials: delivery.credentials.filter(({ name }) => !names.includes(name)),
});

/** Of those that workflows need, whatever their purpose. */
const needed = forActions.filter(({ name }) => lackingCredentials(without(name)).length > 0);

describe('the credentials that workflows lack', () => {
  test('are none of the todo system, and each one that it needs is told when it is gone', () => {
    expect(lackingCredentials(delivery)).toEqual([]);
    expect(needed.length).toBeGreaterThan(3);
    for (const { name } of needed) expect(lackingCredentials(without(name))).toHaveLength(1);
  });

  test('are told all at once, each once', () => {
    const problems = lackingCredentials(without(...needed.map(({ name }) => name)));

    expect(new Set(problems.map(({ message }) => message)).size).toBe(problems.length);
    expect(problems).toHaveLength(needed.length);
  });

  test('are told too where one is declared without the keys that are read', () => {
    const keyless: Delivery = {
      ...delivery,
      credentials: delivery.credentials.map((credential) =>
        credential.name === 'verify-ops' && credential.store.kind === 'githubActions'
          ? { ...credential, store: { ...credential.store, keys: ['TOKEN'] } }
          : credential,
      ),
    };

    expect(lackingCredentials(keyless)).toEqual([
      { path: 'credentials.verify-ops.store.keys', message: 'needs a key that ends with APP_ID' },
      { path: 'credentials.verify-ops.store.keys', message: 'needs a key that ends with PRIVATE_KEY' },
    ]);
  });

  test('leave a local branch without its workflow, and fail a branch elsewhere with all of them', () => {
    const lacking = without('verify-ops', 'review-program');
    const staging = unitOf(delivery, { environment: 'staging' });

    expect([...branchWorkflows(delivery, staging, true).keys()]).toEqual(['.github/workflows/portolan-verify.yaml']);
    expect(branchWorkflows(lacking, staging, true).size).toBe(0);
    expect(() => branchWorkflows(lacking, staging, false)).toThrow(
      new ProblemsError('the delivery', lackingCredentials(lacking)),
    );
    expect(() => withEveryCredential(lacking, () => repositoryWorkflows(lacking))).toThrow(
      'portolan: the delivery is not valid (2 problems)',
    );
  });
});
