import { describe, expect, test } from '@jest/globals';
import { defects, refusals } from '../../support/told.ts';
import { asItIs, corrected, onMain } from './cat-service.ts';

const shop = (environment: string): string => `environments.${environment}.applications.cat-service.services`;
const field = 'image registry.example.com/cat-service in manifests/base/app/kustomization.yaml';
const latest =
  'must not be latest, which is another image tomorrow; name a version, e.g. "nginx:1.29.3", got "bitnami/postgresql:latest"';
const built = 'supplies.kpack.builder';
const tagged =
  'must name an image by its digest, e.g. "paketobuildpacks/run-jammy-base@sha256:…": a tag is another image tomorrow';
const blind = (stage: string): string =>
  `is needed where traffic arrives, because stages.${stage} calls a release verified when it is healthy`;

describe('cat-service: kpack, and a loop in CI that writes the shared base', () => {
  test('can be said without its defects', () => {
    expect(defects(corrected)).toEqual([]);
  });

  test('fails where nothing carries it out yet', () => {
    expect(refusals(corrected)).toEqual([
      'repositories.cat-service-release-ops.holds[0]: config',
      'stages.dev.write.locator.kind: kustomizeImage',
      'stages.dev.engine.source: kustomize',
      'stages.prod.write.locator.kind: kustomizeImage',
      'stages.prod.engine.source: kustomize',
      'stages.prod.triggers[0].on: upstreamHealthy',
    ]);
  });

  test('fails as it is, for its defects', () => {
    expect(defects(asItIs)).toEqual([
      // Tags are sorted as strings: b9 beats b10.
      'artifacts.cat-service.scheme.by[0]: must be a group of digits alone, e.g. (?<tag>\\d+), because as text b9 would be newer than b10, got "(?<tag>b\\\\d+\\\\.\\\\d{8}\\\\.\\\\d{6})"',
      // Images without a version.
      `${shop('dev')}.cat-postgres.containers.postgres.image: ${latest}`,
      `${shop('prod')}.cat-postgres.containers.postgres.image: ${latest}`,
      'initialReleases.dev.images.cat-service.tag: must be a version that matches ^(?<tag>b\\d+\\.\\d{8}\\.\\d{6})$, got "latest"',
      'initialReleases.prod.images.cat-service.tag: must be a version that matches ^(?<tag>b\\d+\\.\\d{8}\\.\\d{6})$, got "latest"',
      // One namespace for both, in which dev's selectors match the pods of prod.
      'environments.prod.namespace: is that of dev too, on the same cluster; give each environment its own, got "session"',
      `${shop('dev')}.cat-service.selector: selects the pods of ${shop('prod')}.cat-service too; give them different labels, or namespaces, got "app=cat-service"`,
      `${shop('dev')}.cat-postgres.selector: selects the pods of ${shop('prod')}.cat-postgres too; give them different labels, or namespaces, got "app=cat-postgres"`,
      // One personal token for everything.
      'credentials.dispatch: is kept as Actions secret GIT_PASSWORD of cat-service, which serves credentials.release-push for another purpose, "gitPush"; make one credential for each, got "triggerAuthentication"',
      // One field for both environments, so that prod is promoted with dev.
      `stages.prod.write: changes ${field} on branch educates-workshop of cat-service-release-ops, and stages.dev changes ${field}; give each stage a branch, file or field of its own`,
      // A push by somebody without an address.
      'stages.dev.write.author.email: must be an e-mail address, got ""',
      'stages.prod.write.author.email: must be an e-mail address, got ""',
      // Nobody stands between a push and production.
      'stages.prod.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"',
      // Base images and buildpacks by tags, which are others tomorrow.
      `${built}.stack.build: ${tagged}, got "paketobuildpacks/build:base-cnb"`,
      `${built}.stack.run: ${tagged}, got "paketobuildpacks/run:base-cnb"`,
      `${built}.store[0]: ${tagged}, got "paketobuildpacks/builder:base"`,
      // The loop gives up before the builder has looked and built.
      'supplies.kpack.discovery.attempts: gives up after 20 minutes, and a build may take 35; write at least 35, got 20',
      // The database is asked by nobody.
      `${shop('dev')}.cat-postgres.containers.postgres.readiness: ${blind('dev')}`,
      `${shop('prod')}.cat-postgres.containers.postgres.readiness: ${blind('prod')}`,
    ]);
  });

  test('fails on its branch main for the ConfigMap that is never made', () => {
    const missing = 'there is no config of this service of this name, and none is declared, got "cat-service-config"';

    expect(defects(onMain).slice(0, 2)).toEqual([
      `${shop('dev')}.cat-service.volumes.config: ${missing}`,
      `${shop('prod')}.cat-service.volumes.config: ${missing}`,
    ]);
  });
});
