import { describe, expect, test } from '@jest/globals';
import { describeProblem } from '../../../src/model/problem.ts';
import { missingStackFiles, problemsOfSettings } from '../../../src/model/settings/settings-fit.ts';
import { parseSettings, type Settings } from '../../../src/model/settings/settings.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

/** Settings of a project with a stack file for each of these environments. */
const filesFor = (...names: readonly string[]): Settings =>
  parseSettings({
    platform: {
      config: { 'portolan:opsRepository': 'https://github.com/acme/shop-ops.git' },
    },
    ...Object.fromEntries(names.map((name) => [name, {}])),
  });

describe('a stack file of each environment', () => {
  test('passes where each has one, and where none has: then nothing around them is made by Pulumi', () => {
    expect(missingStackFiles(validDelivery(), filesFor('dev', 'prod'))).toEqual([]);
    expect(missingStackFiles(validDelivery(), filesFor())).toEqual([]);
  });

  test('fails where others have one', () => {
    expect(missingStackFiles(validDelivery(), filesFor('dev')).map(describeProblem)).toEqual([
      'Pulumi.prod.yaml: is missing, so that the environment prod has no stack and no settings; write it with: pulumi stack init prod, or by hand with the one line "config: {}"',
    ]);
    expect(missingStackFiles(validDelivery(), filesFor('prod')).map(({ path }) => path)).toEqual(['Pulumi.dev.yaml']);
  });

  test('fails for a mistyped name once, where the mistake is', () => {
    const mistyped = filesFor('dev', 'prd');

    expect(missingStackFiles(validDelivery(), mistyped)).toEqual([]);
    expect(problemsOfSettings(validDelivery(), mistyped).map(describeProblem)).toEqual([
      'Pulumi.prd.yaml: is for an environment that project.ts does not declare; there is no environment of this name; write "prod"',
    ]);
  });

  test('fails for an environment that was taken out before its stack, with where to read how it goes', () => {
    const problems = problemsOfSettings(validDelivery(), filesFor('dev', 'prod', 'acceptance')).map(describeProblem);

    expect(problems).toEqual([
      'Pulumi.acceptance.yaml: is for an environment that project.ts does not declare; there is no environment of this name; write "dev" or "prod"; ' +
        'where it is to go, write it back and go by docs/pulumi.md, "An environment goes"',
    ]);
  });

  test('fails for a file of quite another environment beside the one that is missing', () => {
    expect(missingStackFiles(validDelivery(), filesFor('dev', 'testing')).map(({ path }) => path)).toEqual([
      'Pulumi.prod.yaml',
    ]);
  });
});

describe('the ops repository of the settings', () => {
  const withOps = (address: string): Settings => {
    const settings = filesFor('dev', 'prod');
    return { ...settings, platform: { ...settings.platform, opsRepository: address } };
  };

  test('passes where the delivery declares it, under whichever of its addresses', () => {
    expect(
      [
        'https://github.com/acme/shop-ops.git',
        'https://github.com/acme/shop-ops',
        'https://github.com/Acme/Shop-Ops.git',
      ].map((address) => problemsOfSettings(validDelivery(), withOps(address))),
    ).toEqual([[], [], []]);
  });

  test('fails where the delivery declares another: nothing would follow the setting', () => {
    expect(
      problemsOfSettings(validDelivery(), withOps('https://github.com/acme/other-ops.git')).map(describeProblem),
    ).toEqual([
      'Pulumi.platform.yaml: config.portolan:opsRepository: is not the ops repository that project.ts declares, so nothing follows it; write "url: settings.platform.opsRepository" there, or set what it declares with: pulumi config set portolan:opsRepository https://github.com/acme/shop-ops.git --stack platform, got "https://github.com/acme/other-ops.git"',
    ]);
  });

  test('fails where the delivery declares none', () => {
    const delivery = validDelivery();
    const none = {
      ...delivery,
      repositories: delivery.repositories.filter(({ holds }) => !holds.includes('ops')),
      stages: [],
    };

    expect(problemsOfSettings(none, filesFor('dev', 'prod')).map(describeProblem)).toEqual([
      'repositories: none holds "ops", where the branches of the environments lie; write one with holds: ["ops"] and url: settings.platform.opsRepository',
    ]);
  });
});
