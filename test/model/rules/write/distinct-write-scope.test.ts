import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { distinctWriteScope } from '../../../../src/model/rules/write/distinct-write-scope.ts';
import type { Locator } from '../../../../src/model/stage.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

/** Both stages write to branch main of shop-ops. */
const onOneBranch = (dev: Locator, prod: Locator, ...further: readonly Locator[]): Delivery =>
  withStage(
    withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      write: { ...stage.write, branch: 'main', locator: dev },
    })),
    'prod',
    (stage) => ({ ...stage, write: { ...stage.write, branch: 'main', locator: prod, further } }),
  );

const image = (file: string, name = 'acme/orders'): Locator => ({ kind: 'kustomizeImage', file, image: name });

describe('two stages never write one field', () => {
  test('passes where each stage has a branch of its own', () => {
    expect(told(distinctWriteScope, validDelivery())).toEqual([]);
  });

  test('passes where each stage has a file or a field of its own', () => {
    expect(told(distinctWriteScope, onOneBranch(image('dev.yaml'), image('prod.yaml')))).toEqual([]);
    expect(told(distinctWriteScope, onOneBranch(image('base.yaml'), image('base.yaml', 'acme/payments')))).toEqual([]);
    expect(
      told(
        distinctWriteScope,
        onOneBranch(
          { kind: 'helmValue', file: 'values.yaml', key: 'dev.tag' },
          { kind: 'yamlPath', file: 'values.yaml', path: 'prod.tag' },
        ),
      ),
    ).toEqual([]);
  });

  test('fails where both write one image', () => {
    expect(told(distinctWriteScope, onOneBranch(image('base.yaml'), image('base.yaml')))).toEqual([
      'stages.prod.write: changes image acme/orders in base.yaml on branch main of shop-ops, and stages.dev changes image acme/orders in base.yaml; give each stage a branch, file or field of its own',
    ]);
  });

  test('fails where a further field is one that another stage writes', () => {
    const marker: Locator = { kind: 'marker', file: 'dev.yaml', marker: 'orders' };

    expect(told(distinctWriteScope, onOneBranch(marker, image('prod.yaml'), marker))).toEqual([
      'stages.prod.write: changes marker orders in dev.yaml on branch main of shop-ops, and stages.dev changes marker orders in dev.yaml; give each stage a branch, file or field of its own',
    ]);
  });

  test('fails where one of two stages writes the whole tree', () => {
    expect(told(distinctWriteScope, onOneBranch({ kind: 'tree' }, image('prod.yaml')))).toEqual([
      'stages.prod.write: changes image acme/orders in prod.yaml on branch main of shop-ops, and stages.dev changes the whole tree; give each stage a branch, file or field of its own',
    ]);
    expect(told(distinctWriteScope, onOneBranch(image('dev.yaml'), { kind: 'tree' }))).toEqual([
      'stages.prod.write: changes the whole tree on branch main of shop-ops, and stages.dev changes image acme/orders in dev.yaml; give each stage a branch, file or field of its own',
    ]);
  });
});
