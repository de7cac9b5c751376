import { describe, expect, test } from '@jest/globals';
import { deliveredEnvironments } from '../../../../src/model/rules/reference/delivered-environments.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withEnvironment } from '../../../support/valid-delivery.ts';

describe('every environment is delivered to', () => {
  test('passes when each application of each has a stage', () => {
    expect(told(deliveredEnvironments, validDelivery())).toEqual([]);
  });

  test('fails for an environment that no stage delivers to', () => {
    const delivery = validDelivery();

    expect(
      told(deliveredEnvironments, { ...delivery, stages: delivery.stages.filter(({ name }) => name !== 'prod') }),
    ).toEqual([
      'environments.prod: no stage delivers to it, so that no release reaches it; add { name: "prod", environment: "prod", … } to stages, or remove it',
    ]);
  });

  test('fails for a second application that no stage delivers', () => {
    const delivery = withEnvironment(validDelivery(), 'prod', (prod) => ({
      ...prod,
      applications: [...prod.applications, { name: 'tools', services: [] }],
    }));

    expect(told(deliveredEnvironments, delivery)).toEqual([
      'environments.prod.applications.tools: no stage delivers it to prod; add a stage with environment: "prod" and application: "tools"',
    ]);
  });
});
