import { describe, expect, test } from '@jest/globals';
import { withToolchains } from '../../../../src/model/derived/places/toolchains.ts';
import { typeOf, type PlaceAtGitHub, type Wanted } from '../../../../src/pulumi/github/existing/wanted.ts';
import { wantedByEnvironment } from '../../../../src/pulumi/github/existing/wanted-by-environment.ts';
import { wantedByPlatform } from '../../../../src/pulumi/github/existing/wanted-by-platform.ts';
import { StackSecrets } from '../../../../src/pulumi/stack-secrets.ts';
import { builtByTekton } from '../../../support/built-by-tekton.ts';
import { runStack, type Registered } from '../../support/run-stack.ts';
import { contextFor, planted } from '../../support/stack-context.ts';

/** Kinds of which GitHub has one of a name, by the provider's word for them; every other kind of the provider is written over. */
const onceOnly = [
  'Repository',
  'RepositoryRuleset',
  'Branch',
  'RepositoryDeployKey',
  'RepositoryWebhook',
  'RepositoryEnvironment',
  'RepositoryEnvironmentDeploymentPolicy',
  'ActionsEnvironmentVariable',
  'ActionsVariable',
];
const writtenOver = ['ActionsEnvironmentSecret', 'ActionsSecret', 'RepositoryFile', 'RepositoryVulnerabilityAlerts'];

const kindOf = ({ type }: Registered): string => type.split(':').at(-1) ?? '';

/** What the engine was asked for, in the words of what is looked for. */
function placeOf(resource: Registered): PlaceAtGitHub {
  const { inputs } = resource;
  const text = (key: string): string => String(inputs[key]);
  const environment = text('environment');
  switch (kindOf(resource)) {
    case 'Repository':
      return { kind: 'repository' };
    case 'RepositoryRuleset':
      return { kind: 'ruleset', title: text('name') };
    case 'Branch':
      return { kind: 'branch', branch: text('branch') };
    case 'RepositoryDeployKey':
      return { kind: 'deployKey', title: text('title'), key: text('key') };
    case 'RepositoryWebhook':
      return { kind: 'webhook', address: String((inputs['configuration'] as Registered['inputs'])['url']) };
    case 'RepositoryEnvironment':
      return { kind: 'environment', environment };
    case 'RepositoryEnvironmentDeploymentPolicy':
      return inputs['tagPattern'] === undefined
        ? { kind: 'policy', environment, ref: 'branch', pattern: text('branchPattern') }
        : { kind: 'policy', environment, ref: 'tag', pattern: text('tagPattern') };
    case 'ActionsEnvironmentVariable':
      return { kind: 'variable', environment, variable: text('variableName') };
    default:
      return { kind: 'variable', variable: text('variableName') };
  }
}

const sorted = (lines: readonly string[]): readonly string[] => [...lines].sort();

const ofWanted = (wanted: Wanted): string =>
  JSON.stringify([typeOf(wanted), wanted.name, wanted.repository, wanted.place]);

/** In mocks, a repository that the stack makes is known by its name. */
const ofRegistered = (resource: Registered): string =>
  JSON.stringify([
    resource.type,
    resource.name,
    kindOf(resource) === 'Repository' ? resource.inputs['name'] : resource.inputs['repository'],
    placeOf(resource),
  ]);

describe('what is looked for at GitHub before a stack is made', () => {
  test.each(['platform', 'dev', 'prod'])(
    'is all that %s makes and GitHub makes once only, and no more',
    async (stack) => {
      const context = contextFor(stack);
      const { delivery, settings, secrets, defaultBranchFiles } = context;
      const wanted =
        stack === 'platform'
          ? wantedByPlatform({
              delivery,
              github: settings.platform.github,
              isWritten: (ops) => defaultBranchFiles(ops).size > 0,
            })
          : wantedByEnvironment(delivery, stack, secrets);
      const { resources } = await runStack(context);
      const made = resources.filter(({ type }) => type.startsWith('github:'));

      expect(sorted(wanted.map(ofWanted))).toEqual(
        sorted(made.filter((one) => onceOnly.includes(kindOf(one))).map(ofRegistered)),
      );
      expect(made.map(kindOf).filter((kind) => ![...onceOnly, ...writtenOver].includes(kind))).toEqual([]);
      expect(wanted.length).toBeGreaterThan(5);
    },
  );

  test('is the webhook too that tells the listener of a toolchain', async () => {
    const delivery = withToolchains(builtByTekton());
    const secrets = new StackSecrets({ 'tekton-push': planted.registry, 'tekton-read': planted.deployKey });
    const { resources } = await runStack(contextFor('tools', { delivery, secrets }));
    const isWebhook = (line: string): boolean => line.includes(':RepositoryWebhook');
    const wanted = wantedByEnvironment(delivery, 'tools', secrets).map(ofWanted).filter(isWebhook);

    expect(wanted).toHaveLength(1);
    expect(wanted).toEqual(resources.filter(({ type }) => isWebhook(type)).map(ofRegistered));
  });

  test('is less where nothing is written to the default branch of the ops repository', async () => {
    const context = contextFor('platform', { defaultBranchFiles: () => new Map() });
    const { delivery, settings } = context;
    const wanted = wantedByPlatform({ delivery, github: settings.platform.github, isWritten: () => false });
    const { resources } = await runStack(context);

    expect(sorted(wanted.map(ofWanted))).toEqual(
      sorted(
        resources.filter((one) => one.type.startsWith('github:') && onceOnly.includes(kindOf(one))).map(ofRegistered),
      ),
    );
  });
});
