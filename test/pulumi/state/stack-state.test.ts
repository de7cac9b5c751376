import { describe, expect, test } from '@jest/globals';
import { readExport, type StackState } from '../../../src/pulumi/state/stack-state.ts';

const urn = (types: string, name: string): string => `urn:pulumi:dev::shop::${types}::${name}`;

function stateOf(text: string): StackState {
  const state = readExport(text);
  if (state === undefined) throw new Error('no state');
  return state;
}

const exported = (resources: readonly unknown[]): string => JSON.stringify({ version: 3, deployment: { resources } });

describe('the state of a stack', () => {
  test('has what was made, by its own type and name, whatever it lies in', () => {
    const state = stateOf(
      exported([
        { urn: urn('pulumi:pulumi:Stack', 'shop-dev'), type: 'pulumi:pulumi:Stack' },
        {
          urn: urn('portolan:index:Environment$portolan:github:EnvironmentBranch$github:index/branch:Branch', 'a::b'),
          custom: true,
          id: 'shop-ops:env/dev',
        },
      ]),
    );

    expect(state.has('github:index/branch:Branch', 'a::b')).toBe(true);
    expect(state.has('github:index/branch:Branch', 'b')).toBe(false);
    expect(state.ofType('github:index/branch:Branch').map(({ id }) => id)).toEqual(['shop-ops:env/dev']);
    expect(state.resources).toHaveLength(2);
  });

  test('has the names of inputs, and none of their values', () => {
    const text = exported([
      { urn: urn('github:index/repository:Repository', 'shop'), inputs: { name: 'shop', description: 'planted' } },
    ]);

    expect(stateOf(text).inputsOf('github:index/repository:Repository', 'shop')).toEqual(['name', 'description']);
    expect(stateOf(text).inputsOf('github:index/repository:Repository', 'other')).toBeUndefined();
    expect(JSON.stringify(stateOf(text).resources)).not.toContain('planted');
  });

  test('tells what was made and failed after that', () => {
    const key = urn('github:index/repositoryDeployKey:RepositoryDeployKey', 'argocd-ops-read');
    const stateWith = (more: object) => stateOf(exported([{ urn: key, ...more }])).resources.map((it) => it.isHalfMade);

    expect(stateWith({ initErrors: ['403'] })).toEqual([true]);
    expect(stateWith({ initErrors: [] })).toEqual([undefined]);
    expect(stateWith({})).toEqual([undefined]);
  });

  test('has not what only waits for its deletion', () => {
    const state = stateOf(exported([{ urn: urn('github:index/branch:Branch', 'dev'), delete: true }]));

    expect(state.resources).toEqual([]);
  });

  test.each(['', 'no JSON', '[]', '3'])('is not read from what is no state: %j', (text) => {
    expect(readExport(text)).toBeUndefined();
  });

  test.each(['{"version":3}', '{"version":3,"deployment":null}', '{"version":3,"deployment":{"manifest":{}}}'])(
    'of a stack that was never updated is empty: %s',
    (text) => {
      expect(stateOf(text).resources).toEqual([]);
    },
  );
});
