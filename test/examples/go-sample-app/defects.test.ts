import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { TektonBuilder } from '../../../src/model/builders/tekton-builder.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import type { ImageVersion } from '../../../src/model/release.ts';
import type { Engine } from '../../../src/model/stage.ts';
import type { Supply } from '../../../src/model/supply.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { resolveDigests } from '../../../src/ops/promote/resolve-digests.ts';
import { RegistryError, type RegistryFault } from '../../../src/ops/registry/registry-error.ts';
import { findings } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';
import { sample } from './example.ts';

const problems = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);

const onSupply = (change: (supply: Supply) => Partial<Supply>): Delivery => ({
  ...sample(),
  supplies: sample().supplies.map((supply) => ({ ...supply, ...change(supply) })),
});

const onBuilder = (change: (builder: TektonBuilder) => Partial<TektonBuilder>): Delivery =>
  onSupply(({ builder }) => (builder.kind === 'tekton' ? { builder: { ...builder, ...change(builder) } } : {}));

/** What checks find in dev where objects of the workshop stand beside its own. */
const beside = (...objects: readonly KubernetesObject[]): readonly string[] =>
  findings(
    withToolchains({
      ...sample(),
      environments: sample().environments.map((it) =>
        it.name === 'dev' ? { ...it, applications: it.applications.map((one) => ({ ...one, objects })) } : it,
      ),
    }),
  );

const triggers = 'triggers.tekton.dev/v1beta1';

const listener: KubernetesObject = {
  apiVersion: triggers,
  kind: 'EventListener',
  metadata: { name: 'build', namespace: 'dev' },
  spec: {
    serviceAccountName: 'build-bot',
    triggers: [{ name: 'push', bindings: [{ ref: 'build' }], template: { ref: 'build' } }],
  },
};

const template = (workspace: object): KubernetesObject => ({
  apiVersion: triggers,
  kind: 'TriggerTemplate',
  metadata: { name: 'build', namespace: 'dev' },
  spec: {
    params: [{ name: 'REVISION' }],
    resourcetemplates: [
      {
        apiVersion: 'tekton.dev/v1',
        kind: 'PipelineRun',
        metadata: { generateName: 'build-' },
        spec: { pipelineRef: { name: 'build' }, workspaces: [{ name: 'source', ...workspace }] },
      },
    ],
  },
});

const binding: KubernetesObject = {
  apiVersion: triggers,
  kind: 'TriggerBinding',
  metadata: { name: 'build', namespace: 'dev' },
  spec: { params: [{ name: 'BRANCH_NAME', value: '$(body.pull_request.head.sha)' }] },
};

/** What is said of each defect of the original that is refused, by its number. */
const refused: Readonly<Record<number, () => readonly string[] | Promise<readonly string[]>>> = {
  1: () => beside(listener, template({ emptyDir: {} }), binding),
  2: () =>
    problems({
      ...sample(),
      artifacts: sample().artifacts.map((it) => ({
        ...it,
        scheme: { kind: 'numeric', pattern: '^(?<day>\\d{8})-(?<time>\\d{6})$', by: ['day', 'time'] },
      })),
    }),
  3: () =>
    problems(
      onSupply(() => ({
        triggers: [{ on: 'pullRequest', repository: 'go-sample-app', by: 'webhook', authentication: 'github-hook' }],
        buildsUnmerged: true,
      })),
    ),
  4: () => [
    ...problems(
      onSupply(() => ({
        triggers: [{ on: 'push', repository: 'go-sample-app', branches: ['master'], by: 'webhook' }],
      })),
    ),
    ...problems(
      onBuilder(({ tasks }) => ({ tasks: tasks.map((it) => ({ ...it, script: 'echo "newTag: $(params.TAG)"' })) })),
    ),
  ],
  5: () =>
    problems({
      ...sample(),
      repositories: sample().repositories.map((it) =>
        it.name === 'go-sample-app-ops'
          ? { ...it, url: 'https://build-bot:ghp_word@github.com/acme/go-sample-app-ops.git' }
          : it,
      ),
    }),
  6: () => beside(listener, template({ emptyDir: {} })).filter((line) => line.includes('account')),
  7: () => beside(template({ persistentVolumeClaim: { claimName: 'workspace-pvc' } })),
  8: () => [
    ...beside(template({ persistentvolumeclaim: { claimName: 'workspace-pvc' } })),
    ...problems(onBuilder(({ tools }) => ({ tools: { ...tools, git: 'cgr.dev/chainguard/git:latest' } }))),
  ],
  11: async () => [
    ...problems({
      ...sample(),
      environments: sample().environments.map((it) => ({
        ...it,
        applications: it.applications.map((one) => ({
          ...one,
          services: one.services.map((service) => ({
            ...service,
            containers: service.containers.map(({ readiness: _, ...container }) => container),
          })),
        })),
      })),
    }),
    ...problems({
      ...sample(),
      initialReleases: {
        ...sample().initialReleases,
        dev: { images: { [name]: { ...image, digest: 'sha256:1a2b3' } } },
      },
    }),
    ...(await promotedByTag()),
    ...(await promotedByTag('notFound')),
  ],
  14: () =>
    problems({
      ...sample(),
      stages: sample().stages.map((it) => {
        const { prune: _, ...engine } = it.engine;
        return { ...it, engine: engine as Engine };
      }),
    }),
};

const places = ['dev', 'prod'];

const name = 'go-sample-app';
const image: ImageVersion = { repository: `docker.io/acme/${name}`, tag: 'f'.repeat(40) };

/**
 * What becomes of a promotion that names a tag: the digest that enters in its place, or why nothing does.
 *
 * @param fault - of the registry that is asked for the digest. @default - it says one
 */
async function promotedByTag(fault?: RegistryFault): Promise<readonly string[]> {
  const { images, refusals } = await resolveDigests(sample(), { [name]: image }, (reference) =>
    fault === undefined
      ? Promise.resolve(`sha256:${'1a2b3'.padEnd(64, '0')}`)
      : Promise.reject(new RegistryError(fault, `${reference} is not there`)),
  );
  return [images[name]?.digest ?? 'no digest', ...refusals.map(({ what }) => what)];
}

/** What stands among what is said then. */
const said: Readonly<Record<number, readonly string[]>> = {
  1: ['EventListener/build spec.triggers[0].bindings (trigger-parameters)'],
  2: [
    'artifacts.go-sample-app.scheme.kind: is not carried out yet where Tekton builds, which tags each image with its commit; write "gitSha", got "numeric"',
  ],
  3: [
    'stages.dev.intake: deploys anything that supplies.go-sample-app publishes, unmerged code too; build merged code alone, or write the reason as acceptsUnmerged',
    'supplies.go-sample-app.triggers[0].on: is not carried out yet where Tekton builds, next to what publishes; let a workflow of the source test what nobody merged, and leave it out, got "pullRequest"',
  ],
  4: [
    'supplies.go-sample-app.triggers[0]: anybody could send this webhook; write the credential that it proves itself with as authentication',
    'supplies.go-sample-app.builder.tasks.lint.script: must not hold $(params.…, which Tekton would replace by text that a shell then runs; read a variable of env, got "$(params."',
  ],
  5: [
    'repositories.go-sample-app-ops.url: must be an https address without a name or password in it, e.g. "https://github.com/acme/shop.git"',
  ],
  6: ['EventListener/build spec.serviceAccountName (listener-accounts)'],
  7: [
    'TriggerTemplate/build spec.resourcetemplates[0].spec.workspaces[0].persistentVolumeClaim.claimName (run-workspaces)',
  ],
  8: [
    'TriggerTemplate/build spec.resourcetemplates[0].spec.workspaces[0].persistentvolumeclaim (schema)',
    'supplies.go-sample-app.builder.tools.git: must name an image by its digest, e.g. "golang@sha256:…": a tag is another image tomorrow, got "cgr.dev/chainguard/git:latest"',
  ],
  11: [
    ...places.map(
      (place) =>
        `environments.${place}.applications.go-sample-app.services.go-sample-app.containers.go-sample-app.readiness: is needed where traffic arrives, because stages.${place} calls a release verified when it is healthy`,
    ),
    'initialReleases.dev.images.go-sample-app.digest: must be sha256: and 64 hexadecimal digits, got "sha256:1a2b3"',
    `sha256:${'1a2b3'.padEnd(64, '0')}`,
    `the digest of docker.io/acme/go-sample-app:${'f'.repeat(40)} cannot be had: docker.io/acme/go-sample-app:${'f'.repeat(40)} is not there`,
  ],
  14: places.map((place) => `stages.${place}.engine.prune: is missing; write true or false`),
};

describe('a defect of the original', () => {
  const rows = readFileSync('examples/go-sample-app/DEFECTS.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, number, verdict = ''] = /^\| (\d+)\s+\| .*? \| \*\*(\w+)\*\*/.exec(line) ?? [];
      return number === undefined ? [] : [{ number: Number(number), verdict }];
    });

  test('stands in the table, each once, and is refused where a test refuses it', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(rows.filter(({ verdict }) => verdict === 'refused').map(({ number }) => String(number))).toEqual(
      Object.keys(refused),
    );
  });

  test.each(Object.entries(refused))('fails: number %s', async (number, find) => {
    const expected = said[Number(number)] ?? [];

    expect(expected).not.toEqual([]);
    expect(await find()).toEqual(expect.arrayContaining([...expected]));
  });
});
