import { describe, expect, test } from '@jest/globals';
import { applyPatches } from '../../../src/render/patches/apply-patches.ts';
import { everyCheck } from '../../../src/review/checks/every-check.ts';
import { catService } from './known-defects/cat-service.ts';
import { craftista } from './known-defects/craftista.ts';
import { goSampleApp } from './known-defects/go-sample-app.ts';
import type { KnownDefect } from './known-defects/known-defect.ts';
import { podinfo } from './known-defects/podinfo.ts';
import { todoSystem } from './known-defects/todo-system.ts';
import { deployment, findings } from './small-objects.ts';

/** What a check says of a defect. */
function said({ objects, surroundings }: KnownDefect, name: string): readonly string[] {
  const check = everyCheck.find((each) => each.name === name);
  if (check === undefined) throw new Error(`there is no check "${name}"`);
  return findings(check, objects, surroundings);
}

describe.each([
  ['the todo system, where kustomize exits with 0', todoSystem],
  ['cat-service', catService],
  ['go-sample-app', goSampleApp],
  ['podinfo', podinfo],
  ['Craftista', craftista],
])('a defect of %s', (_, defects) => {
  test.each(defects.map((defect) => [defect.defect, defect] as const))('fails: %s', (__, defect) => {
    for (const [check, line] of defect.found) expect(said(defect, check)).toContain(line);
  });
});

test('fails: a patch of an object that is not rendered', () => {
  const patch = { kind: 'Deployment', name: 'dev-ordres', merge: {}, reason: 'a test' };

  expect(() =>
    applyPatches([{ object: deployment('dev-orders') }], [patch], 'environments.dev.applications.shop.patches'),
  ).toThrow(
    'portolan: the delivery is not valid (1 problem)\n  environments.dev.applications.shop.patches[0]: must name an object that is rendered, prefix included: "dev-orders", got "Deployment/dev-ordres"',
  );
});
