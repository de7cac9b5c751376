import { describe, expect, test } from '@jest/globals';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { findingsIn, rendered } from '../../systems/rendered-system.ts';
import { withKargo } from '../../support/moved-by-kargo.ts';
import '../../support/patience.ts';

const delivery: Delivery = withKargo();

/** What checks find in the toolchain where an object of it is written otherwise. */
function found(kind: string, name: string, change: (text: string) => string): readonly string[] {
  const rendering = rendered(delivery, environmentOf(delivery, 'tools').name, { images: {} });
  const objects = rendering.objects.map((it) =>
    it.object.kind === kind && it.object.metadata.name === name
      ? { ...it, object: JSON.parse(change(JSON.stringify(it.object))) as KubernetesObject }
      : it,
  );
  return findingsIn(delivery, { ...rendering, objects }).map((line) => line.replace(/^\S+ /, ''));
}

describe('the configuration of a step, which Kargo reads when it is promoted', () => {
  test('passes as it is rendered', () => {
    expect(found('Stage', 'prod', (text) => text)).toEqual([]);
  });

  test.each([
    ['"message":"Shop', '"mesage":"Shop', /config\.mesage: .*message/],
    ['"uses":"git-push"', '"uses":"git-psuh"', /no schema for git-psuh .*write git-push/],
    ['"provider":"github"', '"provider":"git-hub"', /provider: .*github/],
    ['"path":"./branch/release.yaml"', '"path":7', /path: /],
    ['"prNumber":"${{ outputs.open.pr.id }}"', '"prNumber":"one"', /prNumber: /],
    [
      '"generateTargetBranch":true',
      '"generateTargetBranch":true,"targetBranch":"main"',
      /targetBranch: .*no meaning with generateTargetBranch true/,
    ],
    ['"branch":"env/prod"', '"branch":"env/prod","tag":"v1"', /branch and tag, which exclude each other/],
    ['"name":"shop-prod","namespace"', '"namespace"', /apps\[0\]: .*write one of name, selector/],
  ])('fails for %s written as %s', (was, written, said) => {
    expect(found('Stage', 'prod', (text) => text.replace(was, written))).toContainEqual(expect.stringMatching(said));
  });
});

describe('a subscription, whose fields the API server does not know', () => {
  test.each([
    ['"constraint"', '"semverConstraint"', /semverConstraint/],
    ['"discoveryLimit":5', '"discoveryLimit":500', /discoveryLimit/],
  ])('fails for %s written as %s', (was, written, said) => {
    expect(found('Warehouse', 'images', (text) => text.replace(was, written))).toContainEqual(
      expect.stringMatching(said),
    );
  });
});
