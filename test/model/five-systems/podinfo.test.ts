import { describe, expect, test } from '@jest/globals';
import { defects, refusals } from '../../support/told.ts';
import { asItIs, corrected } from './podinfo.ts';

const neverRun =
  'cannot be asked of a write that starts no workflow, because they would never run; push with an app or a key instead of GITHUB_TOKEN, got ["build-test","weave-policy-check"]';
const anybody = 'anybody could send this event; write the credential that it proves itself with as authentication';
const uncovered =
  'branch main of application-promotion-podinfo is not covered by the gate: it asks for fewer approvals (0) than the gate (1); raise repositories.application-promotion-podinfo.protection.approvals, or follow a branch of its own';

const gated = ['uat', 'stg', 'prod'] as const;

describe('podinfo: Flux on five clusters, and chart versions promoted by pull requests', () => {
  test('can be said without its defects', () => {
    expect(defects(corrected)).toEqual([]);
  });

  test('fails where nothing carries it out yet', () => {
    expect(refusals(corrected)).toEqual([
      'artifacts.chart.pins: release',
      'artifacts.chart.repository: https://weavegitops.github.io/application-promotion-podinfo/',
      'stages.dev.toolchain',
      'repositories.application-promotion-podinfo.holds[1]: config',
      'repositories.application-promotion-podinfo.holds[2]: charts',
      'supplies.charts.builder.kind: chartReleaser',
      'supplies.charts.discovery.kind: helmRepositoryPoll',
      'stages.dev.write.locator.kind: marker',
      'stages.dev-test.write.locator.kind: yamlPath',
      'stages.dev-test.engine.source: helmRelease',
      ...gated.flatMap((stage) => [
        `stages.${stage}.write.locator.kind: yamlPath`,
        `stages.${stage}.engine.source: helmRelease`,
      ]),
      'stages.dev.engine.paths',
      'stages.dev-test.triggers[0].on: artifactPublished',
      ...gated.map((stage) => `stages.${stage}.triggers[0].on: upstreamHealthy`),
      'credentials.flux-push.store.kind: kubernetes',
    ]);
  });

  test('fails as it is, for its defects', () => {
    expect(defects(asItIs)).toEqual([
      // The pattern of the run number is not anchored.
      'artifacts.snapshot.scheme.pattern: must begin with ^ and end with $, else it finds versions inside others, got "[a-f0-9]+-(?<run>[0-9]+)"',
      // The autoscaler of dev overrules its replicas.
      'environments.dev.applications.podinfo.services.podinfo.replicas: is overruled by autoscaling; write one of the two, got 1',
      // The image of a release is pushed, and overwritten, by the pull request.
      'stages.dev-test.intake: deploys anything that supplies.releases publishes, unmerged code too; build merged code alone, or write the reason as acceptsUnmerged',
      // Anybody who may dispatch promotes.
      ...gated.map((stage) => `stages.${stage}.triggers[0]: ${anybody}`),
      // Approvers are named nowhere, and no check runs on a pull request of GITHUB_TOKEN.
      ...gated.flatMap((stage) => [
        `stages.${stage}.gate.approvals: must be a whole number from 1 to 6, got 0`,
        `stages.${stage}.gate.approvers: must name who may approve, got []`,
        `stages.${stage}.gate.checks: ${neverRun}`,
      ]),
      // Nothing keeps people, or the bot of dev, from pushing straight to main.
      ...gated.map((stage) => `stages.${stage}.write: ${uncovered}`),
      // Images are tagged by a counter, which begins anew.
      'supplies.snapshots.builder.kind: tags each image with its commit, in which Flux finds no such numbers; write the scheme { kind: "semver" }, or { kind: "external", by: "…" } for a build that writes the time into the tag, got "githubActions"',
      `artifacts.snapshot.scheme.by[0]: must always have as many digits, as a time has: a counter begins anew where its workflow is renamed, and Flux would keep the image of before; write e.g. { kind: "numeric", pattern: "^[0-9a-f]+-(?<time>\\\\d{14})$", by: ["time"] }, got "(?<run>[0-9]+)"`,
    ]);
  });
});
