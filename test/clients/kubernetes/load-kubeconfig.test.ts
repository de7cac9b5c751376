import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { loadKubeconfig } from '../../../src/clients/kubernetes/load-kubeconfig.ts';
import { temporaryFolder } from '../../support/git.ts';

const config = (name: string): string =>
  JSON.stringify({
    clusters: [{ name, cluster: { server: `https://${name}.example` } }],
    users: [{ name, user: {} }],
    contexts: [
      { name, context: { cluster: name, user: name } },
      { name: 'shared', context: { cluster: name, user: name } },
    ],
  });

const written = (name: string, text: string): string => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
};

describe('a kubeconfig', () => {
  test('of several files has what all have, the first of each name, and leaves out files that are not there', () => {
    const files = [
      join(temporaryFolder(), 'missing'),
      written('one', config('one')),
      written('two', config('two')),
    ].join(delimiter);

    const { contexts, clusters } = loadKubeconfig(files);

    expect(contexts.map(({ name, cluster }) => `${name}: ${cluster}`)).toEqual(['one: one', 'shared: one', 'two: two']);
    expect(clusters.map(({ server }) => server)).toEqual(['https://one.example', 'https://two.example']);
  });

  test('has the current context of the first file that says one, also where it is the only file', () => {
    const current = (name: string) =>
      written(name, JSON.stringify({ ...(JSON.parse(config(name)) as object), 'current-context': name }));

    expect(loadKubeconfig(current('one')).getCurrentContext()).toBe('one');
    expect(
      loadKubeconfig(
        [written('none', config('none')), current('two'), current('one')].join(delimiter),
      ).getCurrentContext(),
    ).toBe('two');
    expect(loadKubeconfig(written('none', config('none'))).getCurrentContext()).toBe('');
  });

  test('fails when no file is there', () => {
    const file = join(temporaryFolder(), 'missing');

    expect(() => loadKubeconfig(file)).toThrow(
      `portolan: the kubeconfig cannot be read (ENOENT: no such file or directory, open '${file}'); point KUBECONFIG to the right file, or write: unset KUBECONFIG`,
    );
  });

  test('fails for a mistake in it, and shows none of its lines', () => {
    const file = written(
      'broken',
      'users:\n  - name: me\n    user: {token: planted-cluster-token, x: }\n  name: you\n',
    );

    expect(() => loadKubeconfig(file)).toThrow(
      /^portolan: the kubeconfig cannot be read \([^\n]*\); point KUBECONFIG to the right file, or write: unset KUBECONFIG$/,
    );
    expect(() => loadKubeconfig(file)).not.toThrow('planted-cluster-token');
  });
});
