import { describe, expect, test } from '@jest/globals';
import { carriedOutProperties } from '../../../../src/model/rules/carried-out/carried-out-properties.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

describe('properties that nothing reads', () => {
  test('passes where everything that is said is read', () => {
    expect(told(carriedOutProperties, validDelivery())).toEqual([]);
  });

  test('fails for further fields of a stage', () => {
    const wrong = withStage(validDelivery(), 'dev', (stage) => ({
      ...stage,
      engine: { ...stage.engine, paths: ['manifests'] },
      write: { ...stage.write, further: [{ kind: 'tree' }] },
    }));

    expect(told(carriedOutProperties, wrong)).toEqual([
      'stages.dev.engine.paths: is not carried out yet; leave it out: the engine reads what Portolan renders, got ["manifests"]',
      'stages.dev.write.further: is not carried out yet; leave it out: a tree is every field, got [{"kind":"tree"}]',
    ]);
  });
});
