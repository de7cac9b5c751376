import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { describeProblem } from '../../../../src/model/problem.ts';
import { problemsOf } from '../../../../src/model/validation/validate.ts';
import { tools, withTools } from '../../../support/with-toolchain.ts';

const said = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);
describe('toolchains are named, and are there', () => {
  test('passes where a stage names one', () => {
    expect(said(withTools())).toEqual([]);
  });

  test.each<[string, Delivery, readonly string[]]>([
    [
      'a name that no toolchain has, and a toolchain that nothing names',
      {
        ...withTools(),
        stages: withTools().stages.map((it) => (it.toolchain === undefined ? it : { ...it, toolchain: 'tool' })),
      },
      ['stages.prod.toolchain: there is no toolchain of this name; write "tools", got "tool"'],
    ],
    [
      'an object of it that runs an artifact',
      withTools({
        objects: [
          {
            apiVersion: 'batch/v1',
            kind: 'Job',
            metadata: { name: 'sweep', namespace: 'shop-tools' },
            spec: { template: { spec: { containers: [{ name: 'sweep', image: { artifact: 'orders' } }] } } },
          },
        ],
      }),
      [
        'toolchains.tools.objects: must not run orders: no release brings versions to a toolchain; write the image with its tag or digest',
      ],
    ],
    [
      'a release of one',
      {
        ...withTools(),
        initialReleases: { ...withTools().initialReleases, tools: withTools().initialReleases['prod']! },
      },
      ['toolchains.tools: has no release; remove initialReleases.tools'],
    ],
    [
      'a toolchain that nothing names',
      { ...withTools(), stages: withTools().stages.map(({ toolchain: _, ...it }) => it) },
      [
        'toolchains.tools: serves nothing: no supply and no stage names it; write toolchain: "tools" there, or remove it',
      ],
    ],
  ])('fails for %s', (_what, delivery, problems) => {
    expect(said(delivery)).toEqual(problems);
  });

  test('fails for the name of an environment or a stage, or twice', () => {
    const { stages, ...rest } = withTools();
    const [dev] = stages;
    const twice = { ...withTools(), toolchains: [tools(), tools({ namespace: 'other', namespaces: [] })] };

    expect(said(withTools({ name: 'dev' }))).toContain(
      'toolchains.dev.name: is the name of another toolchain, environment or stage; give each its own, got "dev"',
    );
    expect(said({ ...rest, stages: [...stages, { ...dev!, name: 'tools' }] })).toContain(
      'toolchains.tools.name: is the name of another toolchain, environment or stage; give each its own, got "tools"',
    );
    expect(said(twice)).toContain(
      'toolchains.tools.name: is the name of another toolchain, environment or stage; give each its own, got "tools"',
    );
    expect(said(twice).filter((line) => /(?:stages|environments)\.tools/.test(line))).toEqual([]);
  });
});
