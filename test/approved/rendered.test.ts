import { describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/model/delivery.ts';
import { unitOf } from '../../src/model/derived/units.ts';
import { secretsTable } from '../../src/workflows/secrets-table.ts';
import { unitWorkflows, opsDefaultBranchWorkflows, repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { shop } from '../examples/shop/example.ts';
import { withWantedCredentials } from '../systems/wanted-credentials.ts';
import { rendered } from '../systems/rendered-system.ts';
import { expectApproved } from './approved.ts';
import { everyDelivery } from './every-delivery.ts';

/** The same delivery with another default branch in every repository, and with images in GitHub's own registry. */
const elsewhere = (delivery: Delivery): Delivery => ({
  ...delivery,
  repositories: delivery.repositories.map((repository) => ({ ...repository, defaultBranch: 'trunk' })),
  artifacts: delivery.artifacts.map((artifact) => ({ ...artifact, repository: `ghcr.io/${artifact.repository}` })),
  credentials: delivery.credentials.map((credential) =>
    credential.purpose === 'registryPush' ? { ...credential, registry: 'ghcr.io' } : credential,
  ),
});

describe.each(everyDelivery)('what is rendered of "%s" is what was approved', (name, delivery) => {
  test('for the clusters', () => {
    const lines = delivery.environments.flatMap((environment) => {
      const { files } = rendered(
        delivery,
        environment.name,
        delivery.initialReleases[environment.name] ?? { images: {} },
      );
      return [...files].flatMap(([path, text]) => [`== ${environment.name}/${path}`, ...text.trimEnd().split('\n')]);
    });

    expect(lines.length).toBeGreaterThan(100);
    expectApproved(`rendered-${name}.txt`, lines);
  });
});

test('the workflow that looks whether a stage may take what is healthy is the one that was approved', () => {
  const found = repositoryWorkflows(shop())['shop-delivery']?.get('.github/workflows/portolan-promote-qa.yaml') ?? '';

  expectApproved('workflow-promote-when-healthy.txt', found.trimEnd().split('\n'));
});

const withWorkflows = everyDelivery.filter(([name]) => ['every-word', 'small'].includes(name));

describe.each(withWorkflows)('every workflow of "%s" is the one that was approved', (name, delivery) => {
  test.each([
    ['as it is', delivery],
    ['elsewhere', elsewhere(delivery)],
  ])('%s', (where, it) => {
    const whole = withWantedCredentials(it);
    const ops = whole.repositories.filter(({ holds }) => holds.includes('ops'));
    const sets: readonly (readonly [string, ReadonlyMap<string, string>])[] = [
      ...Object.entries(repositoryWorkflows(whole)),
      ...whole.environments.map(
        (environment) =>
          [environment.name, unitWorkflows(whole, unitOf(whole, { environment: environment.name }))] as const,
      ),
      ...ops.map((repository) => [repository.name, opsDefaultBranchWorkflows(whole, repository)] as const),
    ];
    const lines = [
      ...sets.flatMap(([place, files]) =>
        [...files].flatMap(([path, text]) => [`== ${place} ${path}`, ...text.trimEnd().split('\n')]),
      ),
      ...secretsTable(whole).trimEnd().split('\n'),
    ];

    expectApproved(`workflows-${name}-${where.replaceAll(' ', '-')}.txt`, lines);
  });
});
