import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import project, { ownSettings } from '#project';
import { environmentKeys, platformKeys } from '../../src/model/settings/setting-keys.ts';
import { parseSettings } from '../../src/model/settings/settings.ts';
import { givenKeys, isGenerated } from '../../src/pulumi/credential-keys.ts';
import { actionsEnvironmentsOf, sharedActionsEnvironments } from '../../src/model/derived/actions-environments.ts';
import { readStackFiles } from '../../src/settings/read-stack-files.ts';
import { giveLine } from '../../src/pulumi/stack-secrets.ts';

const folder = join(import.meta.dirname, '..', '..');

const guide = (name: string): string => readFileSync(join(folder, 'docs', `${name}.md`), 'utf8');

/** A guide with every `for word in a b; do … $word … done` written out, and what its words for an environment stand for. */
function spelledOut(text: string): string {
  const looped = text.replace(
    /^for (\w+) in ([^;]+); do\n([\s\S]*?)^done$/gm,
    (_all, word: string, values: string, body: string) =>
      values
        .split(' ')
        .map((value) => body.replaceAll(`$${word}`, value))
        .join(''),
  );
  return looped.replaceAll('--stack ENV', '--stack staging');
}

const delivery = project(parseSettings(readStackFiles(folder), ownSettings));

/** The lines that give a stack its secrets, by stack. */
function givingLines(stack: string): readonly string[] {
  const own = delivery.environments.find(({ name }) => name === stack);
  const plans = own === undefined ? sharedActionsEnvironments(delivery) : actionsEnvironmentsOf(delivery, stack);
  const credentials = [...(own?.credentials ?? []), ...plans.flatMap((plan) => plan.credentials)];
  return credentials
    .filter((credential) => !isGenerated(credential))
    .flatMap((credential) => givenKeys(credential).map((key) => giveLine(stack, credential, key)));
}

/** What a line sets, without a value that stands in it or is piped into it. */
const settingOf = (line: string): string => /portolan:secrets\.[\w.-]+|$/.exec(line)?.[0] ?? '';

describe('the guides', () => {
  test.each(['platform', 'staging'])('say every secret of %s, and none that it has not', (stack) => {
    const said = spelledOut(guide('pulumi'))
      .split('\n')
      .filter((line) => /^ *pulumi config set (--secret )?--path portolan:secrets/.test(line));
    const rotated = 'portolan:secrets.postgres';

    expect(
      new Set(
        said
          .filter((line) => line.includes(`--stack ${stack}`))
          .map(settingOf)
          .filter((setting) => setting !== rotated),
      ),
    ).toEqual(new Set(givingLines(stack).map(settingOf)));
  });

  test('say what production has more than staging, whose other secrets have the same names', () => {
    const said = spelledOut(guide('pulumi'))
      .split('\n')
      .filter(
        (line) =>
          /^pulumi config set (--secret )?--path portolan:secrets/.test(line) && line.includes('--stack production'),
      );
    const others = givingLines('staging').map((line) => settingOf(line).replace('staging', 'production'));

    expect([...said.map(settingOf), ...others].sort()).toEqual(givingLines('production').map(settingOf).sort());
  });

  test.each(['pulumi', 'takeover', 'k3d'])('%s names settings that there are', (name) => {
    const own = [...Object.keys(ownSettings.platform), ...Object.keys(ownSettings.environment)];
    const known = new Set([
      ...Object.keys(platformKeys),
      ...Object.keys(environmentKeys),
      ...own.map((setting) => `portolan:${setting}`),
    ]);
    const named = [...guide(name).matchAll(/\b(?:portolan|github|kubernetes):[a-zA-Z]+/g)]
      .map(([setting]) => setting)
      .filter(
        (setting) =>
          ![
            'github:index',
            'kubernetes:core',
            'kubernetes:argoproj',
            'portolan:index',
            'portolan:github',
            'portolan:cluster',
          ].includes(setting),
      );

    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((setting) => !known.has(setting))).toEqual([]);
  });

  test('k3d makes the Secrets that staging asks for, with the keys that it asks for', () => {
    const lines = guide('k3d').replaceAll('\\\n', '').split('\n');
    const { credentials, namespace } = delivery.environments.find(({ name }) => name === 'staging')!;
    const made = credentials.map(({ store }) => {
      if (store.kind !== 'kubernetes') return undefined;
      const line =
        lines.find((one) =>
          one.startsWith(`kubectl -n ${store.namespace ?? namespace} create secret generic ${store.secretName} `),
        ) ?? '';
      return [
        store.secretName,
        ...store.keys.filter((key) => line.includes(`--from-literal=${key}=`) || line.includes(`--from-file=${key}=`)),
      ];
    });

    expect(made).toEqual([
      ['staging-postgres-db-secret', 'POSTGRES_PASSWORD'],
      ['the-project-staging-ops', 'sshPrivateKey'],
    ]);
  });
});
