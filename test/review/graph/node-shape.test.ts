import { describe, expect, test } from '@jest/globals';
import type { GraphNode } from '../../../src/review/graph/graph.ts';
import { nodeShape } from '../../../src/review/graph/node-shape.ts';

const linesOf = (node: Omit<GraphNode, 'id' | 'kind'>, kind: GraphNode['kind'] = 'foreign'): readonly string[] =>
  nodeShape({ id: 'a', kind, ...node }).lines.map(({ text }) => text);

describe('the box of a node', () => {
  test('breaks long lines where nothing else makes it wide', () => {
    expect(linesOf({ title: 'mailer', details: ['1 replica', 'smtp made in the cluster'] })).toEqual([
      'mailer',
      '1 replica',
      'smtp made in',
      'the cluster',
    ]);
  });

  test('keeps lines whole, and its title, that fit beside a word that is longer than them', () => {
    const image = 'registry.example/acme/mailer:1.4.0@sha256:5ea4c0000000';

    expect(linesOf({ title: 'catalogue-migration-of-the-shop', details: [image, 'smtp made in the cluster'] })).toEqual(
      ['catalogue-migration-of-the-shop', image, 'smtp made in the cluster'],
    );
  });

  test('is as wide as the hosts above what belongs to them', () => {
    expect(
      linesOf({ title: 'shop.example, www.shop.example', details: ['TLS with shop-certificate'] }, 'outside'),
    ).toEqual(['shop.example, www.shop.example', 'TLS with shop-certificate']);
  });
});
