import { describe, expect, test } from '@jest/globals';
import { uncommittedRenderingSettings } from '../../src/pulumi/rendering-settings.ts';

describe('settings of the rendering', () => {
  test('are those that changed since the last commit, the project’s own among them, in alphabetical order', () => {
    const committed = { config: { 'portolan:replicas': { orders: 2 }, 'portolan:nodeName': 'node-1' } };
    const now = { config: { 'portolan:replicas': { orders: 3 }, 'portolan:host': 'shop.example.com' } };

    expect(uncommittedRenderingSettings(now, committed)).toEqual([
      'portolan:host',
      'portolan:nodeName',
      'portolan:replicas',
    ]);
  });

  test('are none when only the order of keys, or what is Pulumi’s own, changed', () => {
    const committed = {
      config: { 'portolan:replicas': { a: 1, b: [2] }, 'kubernetes:context': 'one' },
      encryptionsalt: 'v1',
    };
    const now = {
      encryptionsalt: 'v2',
      config: { 'kubernetes:context': 'two', 'portolan:replicas': { b: [2], a: 1 } },
    };

    expect(uncommittedRenderingSettings(now, committed)).toEqual([]);
  });

  test('are all of them when the file was never committed', () => {
    expect(uncommittedRenderingSettings({ config: { 'portolan:nodeFolder': '/data' } }, undefined)).toEqual([
      'portolan:nodeFolder',
    ]);
    expect(uncommittedRenderingSettings(undefined, undefined)).toEqual([]);
  });
});
