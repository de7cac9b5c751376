import { describe, expect, test } from '@jest/globals';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { shapeProblems } from '../../../src/model/shape/shape-problems.ts';
import { rules } from '../../../src/model/validation/rules.ts';
import { asWritten } from '../../../src/model/validation/toolchain-paths.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { variationsOf } from '../../support/variations.ts';
import { tools, withTools } from '../../support/with-toolchain.ts';

const said = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);
describe('a toolchain', () => {
  test('is a place as an environment is, without a release', () => {
    const whole = withToolchains(withTools());

    expect(said(withTools())).toEqual([]);
    expect(whole.environments.map(({ name }) => name)).toEqual(['dev', 'prod', 'tools']);
    expect(whole.initialReleases['tools']).toEqual({ images: {} });
    expect(withToolchains(whole)).toBe(whole);
  });

  test.each<[string, Delivery, readonly string[]]>([
    [
      'names that Kubernetes refuses, and one twice',
      withTools({ namespaces: ['Builds', 'shop-tools'] }),
      [
        'toolchains.tools.namespaces[1]: makes the same object as toolchains.tools.namespace; give one another name, got "Namespace/shop-tools"',
        'toolchains.tools.namespaces[0]: the name of a Namespace must be lower-case letters, digits and dashes, got "Builds"',
      ],
    ],
    [
      'a namespace of another place',
      withTools({ namespaces: ['prod'] }),
      [
        'toolchains.tools.namespaces[0]: is that of prod too, on the same cluster; give each environment its own, got "prod"',
      ],
    ],
    [
      'what an environment may not say either, at its own place',
      withTools({ write: { ...tools().write, branch: 'env/other', credential: 'nobody' } }),
      [
        'toolchains.tools.write.credential: there is no credential of the delivery of this name; write "promotion" or "registry", got "nobody"',
        'toolchains.tools.write.branch: is not carried out yet for another branch than the environment\'s; write "env/tools", got "env/other"',
      ],
    ],
  ])('fails for %s', (_what, delivery, problems) => {
    expect(said(delivery)).toEqual(problems);
  });

  test('fails for no name at its own place, and nowhere else', () => {
    expect(
      said(withTools({ name: '' })).filter((line) => !/^(?:toolchains\.|stages\.prod\.toolchain:)/.test(line)),
    ).toEqual([]);
  });

  test('is told everything that is wrong with what it says, and nothing else is kept back', () => {
    const kept = [...variationsOf(withTools())].flatMap(({ place, data }) => {
      const delivery = data as Delivery;
      if (!/^toolchains\[\]\.[^.]*(?:\.[^.]*)?$/.test(place) || shapeProblems(delivery).length > 0) return [];
      const whole = withToolchains(delivery);
      const all = Object.values(rules).flatMap((rule) => rule(whole));
      return all.filter((problem) => asWritten(delivery, [problem]).length === 0).map(({ path }) => path);
    });

    // The environment that it stands as is none that a stage may name, and its application is called as it is.
    expect(
      [...new Set(kept)].filter((path) => !/^(?:stages\..*\.environment|environments\.\.applications\.)$/.test(path)),
    ).toEqual([]);
  });
});

describe('a credential of the delivery that a cluster keeps', () => {
  const withHook = (namespace: string): Delivery => ({
    ...withTools(),
    credentials: [
      ...withTools().credentials,
      {
        name: 'hook',
        purpose: 'triggerAuthentication',
        holder: 'the promoter',
        store: { kind: 'kubernetes', secretName: 'hook', keys: ['token'], namespace },
        scope: 'one webhook',
      },
    ],
  });

  test('is made by the stack of the toolchain whose namespace it names', () => {
    const delivery = withHook('shop-builds');

    expect(said(delivery)).toEqual([]);
    expect(withToolchains(delivery).environments[2]?.credentials.map(({ name }) => name)).toEqual(['hook']);
  });

  test('fails in a namespace of none', () => {
    expect(said(withHook('elsewhere'))).toEqual([
      'credentials.hook.store.kind: is not carried out yet for a credential of the delivery; declare it under the environment whose cluster keeps it, or name a namespace of a toolchain in store.namespace, got "kubernetes"',
    ]);
  });
});
