import { describe, expect, test } from '@jest/globals';
import { passwordType } from '../../../src/pulumi/cluster/generated-password.ts';
import { StackSecrets } from '../../../src/pulumi/stack-secrets.ts';
import { StackState } from '../../../src/pulumi/state/stack-state.ts';
import { runStack, type Registered } from '../support/run-stack.ts';
import { contextFor, planted, secretsOf } from '../support/stack-context.ts';

const name = 'orders-db-password-POSTGRES_PASSWORD';

/** The passwords that the stack registers when one is given, or is not, and its state has these. */
async function passwords(had: readonly string[], isGiven: boolean): Promise<readonly Registered[]> {
  const state = new StackState(had.map((one) => ({ type: passwordType, name: one, urn: `urn::${one}` })));
  const given = isGiven ? { 'orders-db-password': planted.password } : {};
  const { resources } = await runStack(
    contextFor('dev', {
      state: () => Promise.resolve(state),
      secrets: new StackSecrets({ ...secretsOf('dev'), ...given }),
    }),
  );
  return resources.filter(({ type }) => type === passwordType);
}

describe('a password that was generated', () => {
  test.each([[name], [`${name}-former`]])(
    'stays in the stack under another name when one is given in its place, so that no preview tells of a deletion: %s',
    async (had) => {
      expect(await passwords([had], true)).toMatchObject([
        { name: `${name}-former`, aliases: 1, ignoreChanges: ['keepers'], retainOnDelete: true },
      ]);
    },
  );

  test('is not made where one was given from the beginning', async () => {
    expect(await passwords([], true)).toEqual([]);
  });

  test('is generated under its own name again only, never taken from what it was before', async () => {
    expect(await passwords([], false)).toMatchObject([{ name, aliases: 0 }]);
  });
});
