import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { carriedOutChecks } from '../../../../src/model/rules/carried-out/carried-out-checks.ts';
import type { Supply } from '../../../../src/model/supply.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withStage } from '../../../support/valid-delivery.ts';

const withSupply = (change: Partial<Supply>): Delivery => {
  const delivery = validDelivery();
  return { ...delivery, supplies: delivery.supplies.map((supply) => ({ ...supply, ...change })) };
};

describe('checks of a supply', () => {
  test('passes names of workflows, and none', () => {
    expect(told(carriedOutChecks, withSupply({ checks: [] }))).toEqual([]);
    expect(told(carriedOutChecks, withSupply({ checks: ['test', 'lint_all', 'e2e-tests'] }))).toEqual([]);
  });

  test('fails for what is no name of a workflow, and for names of Portolan', () => {
    expect(
      told(
        carriedOutChecks,
        withSupply({ checks: ['mvn verify', 'build', 'promote-dev', 'portolan-deliver-images', 'test', 'test'] }),
      ),
    ).toEqual([
      'supplies.images.checks[0]: must be the name of a workflow of the source without its ending, e.g. "test" for .github/workflows/test.yaml, got "mvn verify"',
      'supplies.images.checks[1]: is a job that Portolan writes itself; give the workflow another name, e.g. "test", got "build"',
      'supplies.images.checks[2]: is a job that Portolan writes itself; give the workflow another name, e.g. "test", got "promote-dev"',
      'supplies.images.checks[3]: is a workflow that Portolan writes; name one that checks the source, got "portolan-deliver-images"',
      'supplies.images.checks[5]: is there already; name each once, got "test"',
    ]);
  });

  test('fails where somebody else builds', () => {
    expect(
      told(carriedOutChecks, withSupply({ checks: ['test'], builder: { kind: 'external', by: 'Jenkins' } })),
    ).toEqual([
      'supplies.images.checks: is not carried out yet where no workflow builds; write [], and let the branch that builds ask for them: protection.checks of the source repository, which a merge waits for, got ["test"]',
    ]);
  });

  test('fails where a tag builds anew, because that build runs on the default branch', () => {
    const rebuilt = withStage(withSupply({ checks: ['test'] }), 'prod', (stage) => ({ ...stage, rebuild: true }));

    expect(told(carriedOutChecks, rebuilt)).toEqual([
      'supplies.images.checks: is not carried out yet for a supply that a tag builds anew, as stages.prod does; write [], and let the branch that is tagged ask for them: protection.checks of the source repository, got ["test"]',
    ]);
  });
});
