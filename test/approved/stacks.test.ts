import { describe, expect, test } from '@jest/globals';
import {
  actionsEnvironmentsOf,
  repositorySecrets,
  sharedActionsEnvironments,
} from '../../src/model/derived/actions-environments.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Repository } from '../../src/model/repository.ts';
import type { EnvironmentSettings, PlatformSettings } from '../../src/model/settings/settings.ts';
import { clusterCredentials } from '../../src/pulumi/cluster/environment-secrets.ts';
import { resourceOf } from '../../src/pulumi/github/existing/wanted.ts';
import { givenKeys } from '../../src/pulumi/credential-keys.ts';
import type { StackContext } from '../../src/pulumi/stack-context.ts';
import { StackSecrets } from '../../src/pulumi/stack-secrets.ts';
import { guardedDelivery } from '../pulumi/support/guarded-delivery.ts';
import { runStack, type Registered } from '../pulumi/support/run-stack.ts';
import { contextFor, planted, settingsFor } from '../pulumi/support/stack-context.ts';
import { severalApplications } from '../support/several-applications.ts';
import { rendered } from '../systems/rendered-system.ts';
import { expectApproved } from './approved.ts';
import { everyDelivery } from './every-delivery.ts';
import '../support/patience.ts';

/** The credentials whose values a stack puts in place. */
function credentialsOf(delivery: Delivery, stack: string): readonly Credential[] {
  const environment = delivery.environments.find(({ name }) => name === stack);
  const plans =
    environment === undefined ? sharedActionsEnvironments(delivery) : actionsEnvironmentsOf(delivery, stack);
  return [
    ...plans.flatMap((plan) => plan.credentials),
    ...(environment === undefined
      ? repositorySecrets(delivery).map(({ credential }) => credential)
      : clusterCredentials(environment)),
  ];
}

/** A value for each key that a person gives for a stack. */
const secretsFor = (delivery: Delivery, stack: string): StackSecrets =>
  new StackSecrets(
    Object.fromEntries(
      credentialsOf(delivery, stack).map((credential) => [
        credential.name,
        Object.fromEntries(
          givenKeys(credential).map((key) => [
            key,
            /ssh|identity/i.test(key) ? planted.deployKey : `${credential.name} ${key}`,
          ]),
        ),
      ]),
    ),
  );

const bootstrapOf =
  (delivery: Delivery): StackContext['bootstrap'] =>
  ({ name }) =>
    Promise.resolve(
      rendered(delivery, name, delivery.initialReleases[name] ?? { images: {} })
        .objects.filter(({ path }) => path.startsWith('bootstrap/'))
        .map(({ object }) => object),
    );

/** What a stack makes of a delivery that has a value for every secret, with changes; or what stands in its way. */
async function toldOf(stack: string, changes: Partial<StackContext> & { delivery: Delivery }): Promise<string[]> {
  const { delivery } = changes;
  const context = contextFor(stack, {
    secrets: secretsFor(delivery, stack),
    lookUpGitHub: ({ actors }) =>
      Promise.resolve({
        numbers: new Map(actors.map((actor, i) => [actor.name, 31 + i])),
        missingRepositories: [],
        appInstalled: true,
      }),
    ...changes,
  });
  try {
    const { resources, outputs } = await runStack(context);
    return [
      ...resources.map(toldOfResource),
      `outputs: ${JSON.stringify(outputs)}`,
      ...context.warnings.map((warning) => `warning: ${warning}`),
    ];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Fields of a request that say something besides what every request says. */
function toldOfResource({ type, name, parent, secretInputs: _, inputs, dependsOn, ...rest }: Registered): string {
  // What is rendered has its own approved text.
  const told = type.startsWith('kubernetes:argoproj') ? Object.keys(inputs) : inputs;
  const options = Object.entries({ ...rest, dependsOn: dependsOn.toSorted() }).filter(
    ([, value]) => value !== '' && value !== false && value !== 0 && JSON.stringify(value) !== '[]',
  );
  return [
    `${type} ${name}${parent === undefined ? '' : ` in ${parent}`}`,
    ...(JSON.stringify(told) === '{}' ? [] : [`  ${JSON.stringify(told)}`]),
    ...options.map(([option, value]) => `  ${option}: ${JSON.stringify(value)}`),
  ].join('\n');
}

/** The first line, which names a resource. */
const nameIn = (told: string): string => told.split('\n')[0] ?? '';

const withRepositories = (delivery: Delivery, change: (repository: Repository) => Partial<Repository>): Delivery => ({
  ...delivery,
  repositories: delivery.repositories.map((repository) => ({ ...repository, ...change(repository) })),
});

const withGitHub = (delivery: Delivery, github: Partial<PlatformSettings['github']>, own: object = {}) => {
  const settings = settingsFor(delivery);
  return {
    ...settings,
    platform: { ...settings.platform, ...own, github: { ...settings.platform.github, ...github } },
  };
};

const withOwn = (delivery: Delivery, own: Partial<EnvironmentSettings>) => {
  const settings = settingsFor(delivery);
  const environments = Object.entries(settings.environments).map(([name, one]) => [name, { ...one, ...own }] as const);
  return { ...settings, environments: Object.fromEntries(environments) };
};

/** A GitHub that has everything that is looked for. */
const hasAll: StackContext['lookUpExisting'] = ({ wanted }) =>
  Promise.resolve(new Map(wanted.map((one) => [resourceOf(one), `id of ${one.name}`])));

const small = guardedDelivery();
const several = severalApplications(['shop', 'bank']);

/** What surrounds a stack, by what it tells: of each what differs from the usual is held. */
const surroundings: readonly (readonly [string, Partial<StackContext> & { delivery: Delivery }])[] = [
  ['nothing is protected', { delivery: small, settings: withGitHub(small, {}, { protect: false }) }],
  ['a free plan', { delivery: small, settings: withGitHub(small, { plan: 'free' }) }],
  [
    'a server of one’s own',
    { delivery: small, settings: withGitHub(small, { baseUrl: 'https://git.acme.example/api/v3' }) },
  ],
  ['no app', { delivery: small, settings: withGitHub(small, { appId: undefined } as object) }],
  ['everything is there', { delivery: small, lookUpExisting: hasAll }],
  [
    'everything is there and taken over',
    {
      delivery: small,
      lookUpExisting: hasAll,
      settings: { ...withOwn(small, { adopt: true }), platform: { ...withGitHub(small, {}).platform, adopt: true } },
    },
  ],
  ['an environment that is about to go', { delivery: small, settings: withOwn(small, { retired: true }) }],
  ['an address of the engine', { delivery: small, settings: withOwn(small, { engineUrl: 'https://cd.acme.example' }) }],
  ['repositories that are adopted', { delivery: withRepositories(small, () => ({ management: 'adopt' })) }],
  ['repositories of somebody else', { delivery: withRepositories(small, () => ({ management: 'external' })) }],
  ['public repositories', { delivery: withRepositories(small, () => ({ visibility: 'public' })) }],
  ['no secrets', { delivery: small, secrets: new StackSecrets({}) }],
  ['no guard', { delivery: small, defaultBranchFiles: () => new Map<string, string>() }],
  ['several applications', { delivery: several, bootstrap: bootstrapOf(several) }],
];

describe('every resource, with every field and every option, is asked for as it was approved', () => {
  test('whatever surrounds a stack', async () => {
    const lines: string[] = [];
    for (const stack of ['platform', 'dev', 'prod']) {
      const usual = new Set(await toldOf(stack, { delivery: small }));
      expect(usual.size).toBeGreaterThan(15);
      lines.push(`# ${stack}`, ...usual, '');
      for (const [what, context] of surroundings) {
        const told = await toldOf(stack, context);
        const named = new Set(told.map(nameIn));
        // Where something stands in the way, nothing is made.
        const gone = told.length === 1 ? [] : [...usual].map(nameIn).filter((name) => !named.has(name));
        lines.push(
          `# ${stack}: ${what}`,
          ...gone.map((name) => `without: ${name}`),
          ...told.filter((one) => !usual.has(one)),
          '',
        );
      }
    }

    expectApproved('stacks-in-every-surrounding.txt', lines);
  });

  test.each(everyDelivery)('for the stacks of %s', async (name, delivery) => {
    const lines: string[] = [];
    // Everything that a delivery can say is offered on this plan alone.
    const context = {
      delivery,
      bootstrap: bootstrapOf(delivery),
      settings: withGitHub(delivery, { plan: 'enterprise' }),
    };
    for (const stack of ['platform', ...delivery.environments.map((environment) => environment.name)])
      lines.push(`# ${stack}`, ...(await toldOf(stack, context)), '');

    expectApproved(`stacks-of-${name}.txt`, lines);
  });
});
