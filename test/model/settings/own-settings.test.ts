import { describe, expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { declareSettings, ownSettingsOf, type OwnSettings } from '../../../src/model/settings/own-settings.ts';
import { portolanSettings } from '../../../src/model/settings/setting-keys.ts';
import { parseSettings } from '../../../src/model/settings/settings.ts';
import fc from '../../support/properties.ts';
import exampleProject, { ownSettings } from './extending-example.ts';

const own = declareSettings({
  platform: {
    region: z
      .string({ error: 'must be a region, e.g. eu-west-1' })
      .check(z.regex(/^[a-z]+-[a-z]+-\d$/, { error: 'must be a region, e.g. eu-west-1' }))
      .register(z.globalRegistry, { examples: ['eu-west-1'] }),
  },
  environment: {
    shards: z._default(z.int({ error: 'must be a whole number' }), 1),
    verbose: z.optional(z.boolean({ error: 'must be true or false' })),
    limits: z.optional(z.strictObject({ cpu: z.string({ error: 'must be a quantity' }) }, { error: 'must hold cpu' })),
  },
});

const platform = {
  config: { 'portolan:opsRepository': 'https://github.com/acme/shop-ops.git', 'portolan:region': 'eu-west-1' },
};

const withDev = (config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  platform,
  dev: { config },
});

/** The problems of files that must be refused. */
function refusal(files: Readonly<Record<string, unknown>>, declared: OwnSettings = own): readonly string[] {
  try {
    parseSettings(files, declared);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1);
  }
  throw new Error('the settings were accepted');
}

describe('settings that a project declares', () => {
  test('lie beside those of Portolan, with the types that they were declared with', () => {
    const settings = parseSettings(
      withDev({ 'portolan:shards': 3, 'portolan:verbose': true, 'portolan:host': 'shop.example.com' }),
      own,
    );

    const region: string = settings.platform.region;
    const { shards, verbose, limits, host } = settings.environments['dev']!;
    const numbers: readonly [number, boolean | undefined] = [shards, verbose];
    expect([region, ...numbers, limits, host]).toEqual(['eu-west-1', 3, true, undefined, 'shop.example.com']);
  });

  test('have the defaults of their types, and nothing for what may be left out', () => {
    expect(parseSettings(withDev({}), own).environments['dev']).toEqual({
      shards: 1,
      replicas: {},
      generations: {},
      adopt: false,
      secrets: [],
    });
  });

  test('understand numbers and switches that pulumi config set wrote as text, where the type asks for them', () => {
    const settings = parseSettings(
      withDev({ 'portolan:shards': '3', 'portolan:verbose': 'false', 'portolan:limits': { cpu: '2' } }),
      own,
    );

    expect(settings.environments['dev']).toMatchObject({ shards: 3, verbose: false, limits: { cpu: '2' } });
  });

  test('fail in the words of Portolan’s own settings, all at once, with the line that mends each', () => {
    expect(
      refusal({
        platform: {
          config: { 'portolan:opsRepository': 'https://github.com/acme/shop-ops.git', 'portolan:shards': 2 },
        },
        dev: {
          config: {
            'portolan:region': 'eu-west-1',
            'portolan:shards': 'many',
            'portolan:verbos': true,
            'shop:verbose': true,
            'portolan:limits': { cpu: 2, memory: '1Gi' },
          },
        },
        prod: { config: { 'portolan:limits': '2' } },
      }),
    ).toEqual([
      '  Pulumi.platform.yaml: config.portolan:region: is missing; write it with: pulumi config set portolan:region eu-west-1 --stack platform',
      '  Pulumi.platform.yaml: config.portolan:shards: belongs to one environment; move it to its Pulumi.<environment>.yaml',
      '  Pulumi.dev.yaml: config.portolan:shards: must be a whole number; write it with: pulumi config set portolan:shards VALUE --stack dev, got "many"',
      '  Pulumi.dev.yaml: config.portolan:limits.cpu: must be a quantity; write it with: pulumi config set --path portolan:limits.cpu VALUE --stack dev, got 2',
      '  Pulumi.dev.yaml: config.portolan:limits.memory: there is no such setting; remove it',
      '  Pulumi.dev.yaml: config.portolan:region: is shared by all environments; move it to Pulumi.platform.yaml',
      '  Pulumi.dev.yaml: config.portolan:verbos: there is no such setting; write "portolan:verbose"',
      '  Pulumi.dev.yaml: config.shop:verbose: there is no such setting; write "portolan:verbose"',
      '  Pulumi.prod.yaml: config.portolan:limits: must hold cpu; write it with: pulumi config set portolan:limits VALUE --stack prod, got "2"',
    ]);
  });

  test('fail when they are encrypted, wherever that stands, and the value is in no message', () => {
    const secure = { secure: 'v1:hush' };
    const anything: OwnSettings = { environment: { data: z.unknown() } };

    expect([
      ...refusal(withDev({ 'portolan:verbose': secure })),
      ...refusal({ platform: { config: { ...platform.config, 'portolan:region': secure } } }),
      ...refusal(
        { ...withDev({ 'portolan:data': { a: [secure] } }), platform: { config: { ...platform.config } } },
        {
          ...anything,
          platform: own.platform,
        },
      ),
    ]).toEqual([
      '  Pulumi.dev.yaml: config.portolan:verbose: must not be encrypted, because the rendering cannot decrypt it; write it with: pulumi config set portolan:verbose VALUE --stack dev',
      '  Pulumi.platform.yaml: config.portolan:region: must not be encrypted, because the rendering cannot decrypt it; write it with: pulumi config set portolan:region eu-west-1 --stack platform',
      '  Pulumi.dev.yaml: config.portolan:data.a.0: must not be encrypted, because the rendering cannot decrypt it; write it with: pulumi config set --path portolan:data.a.0 VALUE --stack dev',
    ]);
  });

  test('fail with the words of Zod where the type has none, and for a type that waits for somebody', () => {
    const types: OwnSettings = {
      environment: { zone: z.string(), later: z.string().check(z.refine(async () => Promise.resolve(true))) },
    };
    const files = {
      platform: { config: { 'portolan:opsRepository': 'https://github.com/acme/shop-ops.git' } },
      dev: { config: { 'portolan:zone': 7, 'portolan:later': 'x' } },
    };

    expect(refusal(files, types)).toEqual([
      '  Pulumi.dev.yaml: config.portolan:zone: must fit its type in project.ts: Invalid input; write it with: pulumi config set portolan:zone VALUE --stack dev, got 7',
      '  Pulumi.dev.yaml: config.portolan:later: must have a type in project.ts that asks nobody: no async check and no async transform; write it with: pulumi config set portolan:later VALUE --stack dev, got "x"',
    ]);
  });

  test('are read as they are written for any text, and never touch a setting of Portolan’s', () => {
    const text: OwnSettings = { environment: { note: z.string() } };
    fc.assert(
      fc.property(fc.string(), (note) => {
        const files = {
          platform: { config: { 'portolan:opsRepository': 'https://github.com/acme/shop-ops.git' } },
          dev: { config: { 'portolan:note': note, 'portolan:replicas': { orders: 2 } } },
        };

        expect(parseSettings(files, text).environments['dev']).toEqual({
          note,
          replicas: { orders: 2 },
          generations: {},
          adopt: false,
          secrets: [],
        });
      }),
    );
  });
});

test('the settings of docs/extending.md are what it says', () => {
  const settings = parseSettings(withDev({ 'portolan:shards': '3' }), ownSettings);

  expect(exampleProject(settings).name).toBe('shop-eu-west-1-3');
});

describe('what project.ts exports as its settings', () => {
  const problemsOf = (exported: unknown): readonly string[] => {
    try {
      ownSettingsOf(exported);
    } catch (error) {
      return (error as Error).message.split('\n');
    }
    return [];
  };

  test('may be nothing, and is what was declared', () => {
    expect(ownSettingsOf(undefined)).toEqual({});
    expect(ownSettingsOf(own)).toBe(own);
  });

  test('fails for anything else, all of it at once', () => {
    expect(problemsOf(['region'])).toEqual([
      'portolan: the program is not valid (1 problem)',
      '  project.ts: ownSettings: must be what declareSettings({ platform: { … }, environment: { … } }) returns',
    ]);
    expect(
      problemsOf({
        environments: {},
        platform: { 'node-name': z.string(), region: 'text' },
        environment: () => ({}),
      }),
    ).toEqual([
      'portolan: the program is not valid (4 problems)',
      '  project.ts: ownSettings.environments: there is no stack file of this name; write "environment"',
      '  project.ts: ownSettings.platform.node-name: must be called by letters and digits, e.g. nodeName',
      '  project.ts: ownSettings.platform.region: must be a type of Zod, e.g. z.string()',
      '  project.ts: ownSettings.environment: must hold a type of Zod by the name of each setting',
    ]);
  });

  test.each(portolanSettings)('fails where it takes the name %s, which is Portolan’s', (name) => {
    expect(problemsOf({ environment: { [name]: z.string() } })).toEqual([
      'portolan: the program is not valid (1 problem)',
      `  project.ts: ownSettings.environment.${name}: is a setting of Portolan; give yours another name`,
    ]);
  });
});
