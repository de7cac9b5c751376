import { describe, expect, test } from '@jest/globals';
import { noLoop } from '../../../src/model/rules/promotion/no-loop.ts';
import { defects, refusals, told } from '../../support/told.ts';
import { asItIs, corrected, inOneRepository, push, withKpack } from './go-sample-app.ts';

const anybody = 'anybody could send this webhook; write the credential that it proves itself with as authentication';
const scheme =
  '^(?<year>\\d{4})\\.(?<month>\\d{2})\\.(?<day>\\d{2})-(?<hour>\\d{2})\\.(?<minute>\\d{2})\\.(?<second>\\d{2})$';

/** What the rule says of a stage's write that builds again. */
const loop = (stage: string): string =>
  `stages.${stage}.write: starts supplies.tekton again by a push to branch master of go-sample-app that changes ops/overlays/${stage}/kustomization.yaml, which no token prevents; write to another repository or branch, or leave what is written out of the paths that trigger`;

describe('go-sample-app: Tekton, and webhooks that promote into a repository of its own', () => {
  test('can be said without its defects', () => {
    expect(defects(corrected)).toEqual([]);
  });

  test('fails where nothing carries it out yet', () => {
    expect(refusals(corrected)).toEqual([
      'stages.dev.toolchain',
      'artifacts.go-sample-app.scheme.kind: numeric',
      'supplies.tekton.toolchain',
      'repositories.go-sample-app-ops.holds[0]: config',
      'stages.dev.write.locator.kind: kustomizeImage',
      'stages.dev.engine.source: kustomize',
      'stages.prod.write.locator.kind: kustomizeImage',
      'stages.prod.engine.source: kustomize',
      'supplies.tekton.discovery.kind: registryWebhook',
      'stages.dev.triggers[0].on: artifactPublished',
      'credentials.github-token.store.kind: kubernetes',
      'credentials.regcred.store.kind: kubernetes',
      'credentials.github-hook.store.kind: kubernetes',
      'credentials.registry-hook.store.kind: kubernetes',
    ]);
  });

  test('fails as it is, for its defects', () => {
    expect(defects(asItIs)).toEqual([
      // The first tag was written by hand and never again.
      `initialReleases.dev.images.go-sample-app.tag: must be a version that matches ${scheme}, got "1.0.1"`,
      `initialReleases.prod.images.go-sample-app.tag: must be a version that matches ${scheme}, got "1.0.1"`,
      // Every pull request is built, and every pushed tag is promoted.
      'stages.dev.intake: deploys anything that supplies.tekton publishes, unmerged code too; build merged code alone, or write the reason as acceptsUnmerged',
      // The event listeners ask nobody for a proof.
      `supplies.tekton.triggers[0]: ${anybody}`,
      `stages.dev.triggers[0]: ${anybody}`,
      `supplies.tekton.discovery: ${anybody}`,
      // What builds is what a tag names on that day, and it builds what nobody merged.
      ...['tools.git', 'tools.kaniko', 'tools.crane', 'tools.kubectl', 'tasks.lint.image', 'tasks.test.image'].map(
        (place): unknown =>
          expect.stringContaining(`supplies.tekton.builder.${place}: must name an image by its digest`),
      ),
      'supplies.tekton.triggers: must be one push to one branch, whatever changes: a run builds no commit that is not on the branch that is built, got []',
      // The dev overlay has no probes.
      'environments.dev.applications.go-sample-app.services.go-sample-app.containers.go-sample-app.readiness: is needed where traffic arrives, because stages.dev calls a release verified when it is healthy',
    ]);
  });

  test('loops for ever in one repository where a push builds, whatever the token', () => {
    expect(told(noLoop, inOneRepository(push))).toEqual([loop('dev'), loop('prod')]);
  });

  test('loops for ever in one repository where kpack looks at the branch', () => {
    expect(told(noLoop, withKpack)).toEqual([loop('dev'), loop('prod')]);
  });

  test('loops for ever in one repository where pull requests build and the promotion is one', () => {
    const looping = inOneRepository({
      on: 'pullRequest',
      repository: 'go-sample-app',
      by: 'webhook',
      authentication: 'hook',
    });
    const promoting = looping.stages
      .map((stage) => ({ ...stage, write: { ...stage.write, mode: 'pullRequest' as const } }))
      .slice(0, 1);

    expect(told(noLoop, looping)).toEqual([]);
    expect(told(noLoop, { ...looping, stages: promoting })).toEqual([
      loop('dev').replace('a push to', 'a pull request to'),
    ]);
  });

  test('is free of the loop by each of the ways the document names', () => {
    const bySeparateRepository = asItIs;
    const byPaths = inOneRepository({ ...push, paths: ['**.go', 'Dockerfile', 'cmd/**'] });
    const byChangedFiles = inOneRepository({ ...push, paths: ['**', '!ops/**'] });

    expect([bySeparateRepository, byPaths, byChangedFiles].flatMap((delivery) => told(noLoop, delivery))).toEqual([]);
  });
});
