import { expect, test } from '@jest/globals';
import { autoPromotion } from '../../../../src/review/checks/promotion/auto-promotion.ts';
import { findings, object } from '../small-objects.ts';

const config = (policy: object) =>
  object('kargo.akuity.io/v1alpha1', 'ProjectConfig', 'shop', { spec: { promotionPolicies: [policy] } });

test('accepts a stage that is named, and a policy that promotes nothing by itself', () => {
  expect(
    findings(autoPromotion, [
      config({ autoPromotionEnabled: true, stageSelector: { name: 'dev' } }),
      config({ autoPromotionEnabled: false, stageSelector: { matchLabels: { auto: 'true' } } }),
    ]),
  ).toEqual([]);
});

test('fails on stages that are chosen by a label or a pattern', () => {
  const message =
    'ProjectConfig/shop spec.promotionPolicies[0].stageSelector: whoever may edit a stage can let it be promoted without a person; name the stage';

  expect(
    findings(autoPromotion, [
      config({ autoPromotionEnabled: true, stageSelector: { matchLabels: { autopromote: 'true' } } }),
    ]),
  ).toEqual([message]);
  expect(findings(autoPromotion, [config({ autoPromotionEnabled: true, stageSelector: { name: 'glob:*' } })])).toEqual([
    message,
  ]);
});
