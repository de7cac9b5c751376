import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../../src/model/delivery.ts';
import { makeStack } from '../../../src/pulumi/make-stack.ts';
import type { StackContext } from '../../../src/pulumi/stack-context.ts';
import { StackSecrets } from '../../../src/pulumi/stack-secrets.ts';
import { StackState, type RecordedResource } from '../../../src/pulumi/state/stack-state.ts';
import { withEnvironment } from '../../support/valid-delivery.ts';
import { guardedDelivery, withAnotherEnvironment } from '../support/guarded-delivery.ts';
import { runStack } from '../support/run-stack.ts';
import { bootstrapOf, contextFor, secretsOf, settingsFor } from '../support/stack-context.ts';

/** The state after a stack was made, with the ids that the provider gives what lies in a repository. */
async function stateAfter(stack: string, changes: Partial<StackContext> = {}): Promise<StackState> {
  const { resources } = await runStack(contextFor(stack, changes));
  return new StackState(
    resources.map(({ type, name, inputs }): RecordedResource => {
      const repository = String(inputs['repository'] ?? inputs['name']);
      return { type, name, id: `${repository}:${name}`, urn: `urn:pulumi:${stack}::shop::${type}::${name}` };
    }),
  );
}

/** What is refused when a stack with a state is made from something else. */
async function refused(stack: string, state: StackState, changes: Partial<StackContext>): Promise<readonly string[]> {
  const error: unknown = await makeStack(contextFor(stack, { ...changes, state: () => Promise.resolve(state) })).catch(
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? error.message.split('\n').slice(1) : [];
}

const withSources = (
  delivery: Delivery,
  change: (repository: Delivery['repositories'][number]) => Delivery['repositories'],
): Delivery => ({
  ...delivery,
  repositories: delivery.repositories.flatMap(change),
});

const forget = (stack: string, type: string, name: string): string =>
  `pulumi state delete --target-dependents 'urn:pulumi:${stack}::shop::${type}::${name}' --stack ${stack}`;

describe('a change of shape', () => {
  test('fails for an environment that is renamed, because what runs under the old name would go', async () => {
    const delivery = withAnotherEnvironment(guardedDelivery(), 'qa');
    const secrets = new StackSecrets(secretsOf('qa'));

    expect(await refused('qa', await stateAfter('dev'), { delivery, secrets })).toEqual([
      '  environments.qa: this stack holds the environment dev: an environment is not renamed, because what runs under the old name, and its database, would go; ' +
        'write the old name back, with: pulumi stack rename dev --stack qa; for a new one beside it: pulumi stack init qa, and then docs/pulumi.md, "An environment goes"',
    ]);
  });

  test('fails for a deploy key that GitHub made and did not show, because the provider updates none', async () => {
    const type = 'github:index/repositoryDeployKey:RepositoryDeployKey';
    const half = (state: StackState): StackState =>
      new StackState(state.resources.map((it) => (it.type === type ? { ...it, isHalfMade: true } : it)));
    const [key] = (await stateAfter('dev')).ofType(type);

    expect(key).toBeDefined();
    expect(await refused('dev', half(await stateAfter('dev')), {})).toEqual([
      `  deploy keys.${key?.name}: GitHub made it, and failed when it was asked for it; read it anew with: pulumi refresh --yes --target '${key?.urn}' --stack dev`,
    ]);
  });

  test('fails for another namespace, in which the database would start empty', async () => {
    const delivery = withEnvironment(guardedDelivery(), 'dev', (environment) => ({
      ...environment,
      namespace: 'dev2',
    }));
    const bootstrap: StackContext['bootstrap'] = (environment) =>
      Promise.resolve(
        bootstrapOf(environment).map((object) =>
          object.kind === 'Namespace' ? { ...object, metadata: { ...object.metadata, name: 'dev2' } } : object,
        ),
      );

    expect(await refused('dev', await stateAfter('dev'), { delivery, bootstrap })).toEqual([
      '  environments.dev.namespace: this stack made the namespace dev, and disks do not move to another: the database would start empty; write "dev" back; ' +
        `or, once its data is restored elsewhere (docs/restore.md): ${forget('dev', 'kubernetes:core/v1:Namespace', 'dev')}, got "dev2"`,
    ]);
  });

  test('fails for an Application that the stack has and the program does not', async () => {
    const bootstrap: StackContext['bootstrap'] = (environment) =>
      Promise.resolve(
        bootstrapOf(environment).map((object) =>
          object.kind === 'Application' ? { ...object, metadata: { ...object.metadata, name: 'web-dev' } } : object,
        ),
      );

    expect(await refused('dev', await stateAfter('dev'), { bootstrap })).toEqual([
      '  environments.dev: Application shop-dev is of this stack and no longer in the program: deleting it deletes what it applied; write its name back; ' +
        `or leave it in the cluster with: ${forget('dev', 'kubernetes:argoproj.io/v1alpha1:Application', 'shop-dev')}`,
    ]);
  });

  test.each(['platform', 'dev'])('fails in %s for a repository that has another name at GitHub', async (stack) => {
    const delivery = withSources(guardedDelivery(), (one) => [
      one.name === 'shop' ? { ...one, url: 'https://github.com/acme/store.git' } : one,
    ]);

    expect(await refused(stack, await stateAfter(stack), { delivery })).toEqual([
      '  repositories.store: this stack has it as shop, and what lies in it would be made a second time and then deleted; write "shop" back, or let the stack take it over under its new name: ' +
        `pulumi state delete --all --force --stack ${stack}; pulumi config set portolan:adopt true --stack ${stack}; then run again`,
    ]);
  });

  test('fails for a repository that the platform would delete', async () => {
    const delivery = withSources(guardedDelivery(), (one) =>
      one.name === 'shop' ? [{ ...one, management: 'external' }] : [one],
    );
    const platform = 'pulumi config set portolan:protect false --stack platform; pulumi up --stack platform';
    const secrets = new StackSecrets({});

    expect(await refused('platform', await stateAfter('platform'), { delivery, secrets })).toEqual([
      `  repositories.shop: is of this stack and no longer made by it, so it would be deleted with everything in it; write it back, leave it at GitHub with: ${forget('platform', 'github:index/repository:Repository', 'shop')}; or have it deleted after: ${platform}`,
    ]);
  });

  test('fails for rules of a repository that would go, unless protection is switched off', async () => {
    const delivery = withSources(guardedDelivery(), ({ tags: _tags, ...one }) => [one]);
    const settings = settingsFor(delivery);
    const open = { ...settings, platform: { ...settings.platform, protect: false } };
    const state = await stateAfter('platform');

    expect((await refused('platform', state, { delivery })).map((line) => line.split(':')[0])).toEqual([
      '  rulesets.shop-tag-creation',
      '  rulesets.shop-tag-history',
    ]);
    expect((await refused('platform', state, { delivery }))[0]).toBe(
      `  rulesets.shop-tag-creation: is of this stack, protects a repository, and would be deleted; write back what it is for, or leave it at GitHub with: ${forget('platform', 'github:index/repositoryRuleset:RepositoryRuleset', 'shop-tag-creation')}; or have it deleted after: pulumi config set portolan:protect false --stack platform; pulumi up --stack platform`,
    );
    const run = await runStack(
      contextFor('platform', { delivery, settings: open, state: () => Promise.resolve(state) }),
    );
    expect(run.resources.map(({ name }) => name)).not.toContain('shop-tag-creation');
  });

  test.each(['platform', 'dev', 'prod'])(
    'fails in %s for a move to an Enterprise server while a repository has its old address: the engine would be told that one',
    async (stack) => {
      const delivery = { ...guardedDelivery(), gitHubHost: 'git.acme.example' };
      const settings = settingsFor(delivery);
      const github = { ...settings.platform.github, baseUrl: 'https://git.acme.example/' };
      const moved = { ...settings, platform: { ...settings.platform, github } };

      expect(await refused(stack, new StackState([]), { delivery, settings: moved })).toContain(
        "  repositories.shop-ops.url: must be on git.acme.example, where the provider would make it; correct it, name a GitHub Enterprise server by github:baseUrl, or write management: 'external', " +
          'got "https://github.com/acme/shop-ops.git"',
      );
    },
  );

  test.each(['platform', 'dev', 'prod'])('is none of %s as it was made', async (stack) => {
    const state = await stateAfter(stack);
    const again = await runStack(contextFor(stack, { state: () => Promise.resolve(state) }));

    expect(again.resources.map(({ type, name }) => `${type} ${name}`)).toEqual(
      state.resources.map(({ type, name }) => `${type} ${name}`),
    );
  });
});
