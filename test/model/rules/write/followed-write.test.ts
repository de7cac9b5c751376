import { describe, expect, test } from '@jest/globals';
import { followedWrite } from '../../../../src/model/rules/write/followed-write.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('the engine follows what the stage writes', () => {
  test('passes where the engine reads all that is written', () => {
    const delivery = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      write: { ...stage.write, locator: { kind: 'marker', file: 'manifests/shop/orders.yaml', marker: 'orders' } },
    }));

    expect(told(followedWrite, validDelivery())).toEqual([]);
    expect(told(followedWrite, delivery)).toEqual([]);
  });

  test('passes where paths are patterns, or everything', () => {
    for (const paths of [['manifests/**'], ['.'], []]) {
      const delivery = withStage(validDelivery(), 'dev', (stage) => ({
        ...stage,
        write: { ...stage.write, locator: { kind: 'marker', file: 'manifests/shop/orders.yaml', marker: 'orders' } },
        engine: { ...stage.engine, paths },
      }));

      expect(told(followedWrite, delivery)).toEqual([]);
    }
  });

  test('fails where the written file is not among the followed paths', () => {
    const delivery = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      write: { ...stage.write, locator: { kind: 'marker', file: 'shop/orders.yaml', marker: 'orders' } },
      engine: { ...stage.engine, paths: ['manifests/shop'] },
    }));

    expect(told(followedWrite, delivery)).toEqual([
      'stages.dev.engine.paths: must hold shop/orders.yaml, which the stage writes, got ["manifests/shop"]',
    ]);
  });
});
