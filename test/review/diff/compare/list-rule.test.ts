import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../../src/model/application.ts';
import { compareObjects } from '../../../../src/review/diff/compare/compare-objects.ts';
import type { ListKeyLookup } from '../../../../src/review/diff/compare/list-rule.ts';
import { listKeys } from '../../../../src/review/schema/list-keys.ts';
import { SchemaCatalog } from '../../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../../src/review/schema/schema-files.ts';
import { describePath } from '../../../../src/objects/change/path.ts';

const thing = (spec: unknown): KubernetesObject => ({
  apiVersion: 'example.com/v1',
  kind: 'Thing',
  metadata: { name: 'a' },
  spec,
});

/** The places that differ, and the lists that only moved. */
function places(
  before: unknown,
  after: unknown,
  lookup?: ListKeyLookup,
): { readonly changes: readonly string[]; readonly reordered: readonly string[] } {
  const { changes, reordered } = compareObjects(thing(before), thing(after), lookup);
  return { changes: changes.map(({ path }) => describePath(path)), reordered: reordered.map(describePath) };
}

describe('the entries of a list', () => {
  test('are told apart by the merge keys of the schema', () => {
    const lookup: ListKeyLookup = (_, path) => (path.join('.') === 'spec.peers' ? ['host', 'port'] : 'atomic');
    const before = {
      peers: [
        { host: 'a', port: 1, weight: 1 },
        { host: 'a', port: 2, weight: 1 },
      ],
    };
    const after = {
      peers: [
        { host: 'a', port: 2, weight: 5 },
        { host: 'a', port: 1, weight: 1 },
      ],
    };

    expect(places(before, after, lookup)).toEqual({ changes: ['spec.peers[a/2].weight'], reordered: ['spec.peers'] });
    expect(places(before, after)).toEqual({
      changes: ['spec.peers[0].port', 'spec.peers[0].weight', 'spec.peers[1].port'],
      reordered: [],
    });
  });

  test('are members of a set where the schema says so', () => {
    expect(places({ tags: ['a', 'b'] }, { tags: ['b', 'c'] }, () => 'set')).toEqual({
      changes: ['spec.tags[a]', 'spec.tags[c]'],
      reordered: [],
    });
    expect(places({ tags: ['a', 'b'] }, { tags: ['b', 'a'] }, () => 'set')).toEqual({
      changes: [],
      reordered: ['spec.tags'],
    });
  });

  test('are told apart by name where nothing is known, and then their order means something', () => {
    expect(places({ steps: [{ name: 'a' }, { name: 'b' }] }, { steps: [{ name: 'b' }, { name: 'a' }] })).toEqual({
      changes: ['spec.steps'],
      reordered: [],
    });
    expect(places({ steps: [{ name: 'a', run: '1' }] }, { steps: [{ name: 'a', run: '2' }] })).toEqual({
      changes: ['spec.steps[a].run'],
      reordered: [],
    });
  });

  test('are told apart by position where they have no name', () => {
    expect(places({ args: ['a', 'b'] }, { args: ['a', 'c'] })).toEqual({ changes: ['spec.args[1]'], reordered: [] });
    expect(places({ args: ['a', 'b'] }, { args: ['a'] })).toEqual({ changes: ['spec.args'], reordered: [] });
  });

  test('of ports are told apart by number where a port has no name', () => {
    expect(
      places(
        { ports: [{ port: 80 }, { port: 81, protocol: 'UDP' }] },
        {
          ports: [
            { port: 81, protocol: 'UDP' },
            { port: 80, protocol: 'TCP' },
          ],
        },
      ).changes,
    ).toEqual(['spec.ports[80/TCP].protocol']);
  });

  test('that two entries share a name of are compared as they are', () => {
    expect(
      places(
        {
          env: [
            { name: 'A', value: '1' },
            { name: 'A', value: '2' },
          ],
        },
        {
          env: [
            { name: 'A', value: '2' },
            { name: 'A', value: '1' },
          ],
        },
      ),
    ).toEqual({ changes: [], reordered: ['spec.env'] });
  });

  test('that are the same under another name were renamed', () => {
    const { changes } = compareObjects(
      thing({ ports: [{ name: 'web', port: 80 }] }),
      thing({ ports: [{ name: 'http', port: 80 }] }),
    );

    expect(changes).toEqual([{ path: ['spec', 'ports', { entry: 'web' }, 'name'], before: 'web', after: 'http' }]);
  });
});

describe('the schemas', () => {
  const catalog = new SchemaCatalog(schemaReader('.'));
  const lookup: ListKeyLookup = (object, path) => listKeys(catalog, object, path);

  test('say how lists of built-in kinds are told apart that the table does not name', () => {
    const slice = (...addresses: readonly string[]): KubernetesObject => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: { loadBalancerSourceRanges: addresses, externalIPs: addresses },
    });
    const conditions = (...types: readonly string[]): KubernetesObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: {
        template: {
          spec: { containers: [], resourceClaims: types.map((name) => ({ name, resourceClaimName: `claim-${name}` })) },
        },
      },
    });

    expect(compareObjects(conditions('a', 'b'), conditions('b', 'a'), lookup).changes).toEqual([]);
    expect(compareObjects(slice('1', '2'), slice('2', '1'), lookup).changes.length).toBeGreaterThan(0);
  });
});

describe('a path', () => {
  test('is written so that nobody mistakes where it leads', () => {
    expect(describePath(['data', 'init.sql'])).toBe('data["init.sql"]');
    expect(describePath(['spec', 'routes', { entry: 'Path(`/a b`)' }, 'services', 0])).toBe(
      'spec.routes["Path(`/a b`)"].services[0]',
    );
    expect(describePath(['spec', 'ports', { entry: '80/TCP' }])).toBe('spec.ports[80/TCP]');
  });
});
