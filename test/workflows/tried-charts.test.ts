import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { unitOf } from '../../src/model/derived/units.ts';
import { describeProblem } from '../../src/model/problem.ts';
import { lackingCredentials } from '../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows, unitWorkflows } from '../../src/workflows/workflows-of.ts';
import { podinfo } from '../examples/podinfo/example.ts';
import { charted, withChart } from '../model/charted.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import { readWorkflow } from './support/run-step.ts';

const review = (delivery: Delivery): string => {
  const program = delivery.repositories.find(({ holds }) => holds.includes('program'))?.name ?? '';
  return repositoryWorkflows(delivery)[program]?.get('.github/workflows/portolan-review-program.yaml') ?? '';
};
const verify = (delivery: Delivery, environment: string): string =>
  unitWorkflows(delivery, unitOf(delivery, { environment })).get('.github/workflows/portolan-verify.yaml') ?? '';

const inActions = (
  purpose: Credential['purpose'],
  repository: string,
  environment: string,
  keys: readonly string[],
): Credential => ({
  name: `${purpose}-${repository}-${environment}`,
  purpose,
  holder: `${purpose} of ${repository}`,
  store: { kind: 'githubActions', repository, environment, keys },
  scope: 'a test',
});
const app = ['APP_ID', 'PRIVATE_KEY'];
const account = ['CHARTS_USERNAME', 'CHARTS_TOKEN'];

/** A delivery with what every workflow of it logs in with, and nothing for charts. */
const complete = (delivery: Delivery): Delivery => ({
  ...delivery,
  credentials: [
    ...delivery.credentials,
    ...['dev', 'prod'].map((place) => inActions('gitPush', 'shop', place, app)),
    ...['build', 'prod'].map((place) => inActions('registryPush', 'shop', place, ['USERNAME', 'TOKEN'])),
    ...['shop', 'shop-ops'].map((repository) => inActions('gitRead', repository, 'review', app)),
  ],
});

/** The delivery whose chart asks for a login, with what reads it in both repositories. */
const withLogins = (keys = account): Delivery => {
  const delivery = complete(charted());
  const reading = ['shop', 'shop-ops'].map((repository) => inActions('registryRead', repository, 'review', keys));
  return { ...delivery, credentials: [...delivery.credentials, ...reading] };
};

const lacking = (delivery: Delivery): readonly string[] => lackingCredentials(delivery).map(describeProblem);

describe('workflows that look at pull requests have Helm try the charts that engines render', () => {
  test('in the review of the program, and in the branch of each environment that has some', () => {
    expect(review(podinfo())).toContain('portolan check --charts --ops "$OPS_REPOSITORY"');
    for (const place of ['dev-test', 'uat', 'stg', 'prod'])
      expect(verify(podinfo(), place)).toContain(`portolan verify ${place} --charts --ops ../ops.git`);
    expect(verify(podinfo(), 'dev')).toContain('portolan verify dev --ops ../ops.git');
    expect(review(complete(validDelivery()))).toContain('portolan check --ops "$OPS_REPOSITORY"');
  });

  test('log in before that where the registry asks for it, with what reads and nothing else', () => {
    const delivery = withLogins();
    expect(lacking(delivery)).toEqual([]);
    for (const workflow of [review(delivery), verify(delivery, 'dev')]) {
      const [job] = Object.values(readWorkflow(workflow).jobs);
      const names = job?.steps.map(({ name }) => name) ?? [];

      expect(names.indexOf('Log in to ghcr.io')).toBeGreaterThan(-1);
      expect(names.findIndex((name) => name.includes('Helm'))).toBeGreaterThan(names.indexOf('Log in to ghcr.io'));
      expect(workflow).toContain('password: ${{ secrets.CHARTS_TOKEN }}');
      expect(workflow).not.toContain('packages:');
    }
    const byRun = withLogins(['GITHUB_TOKEN']);
    expect(review(byRun)).toContain('packages: read');
    expect(review(byRun)).not.toContain('packages: write');
  });

  test('fail to be generated where nothing is declared for it, and say what to add', () => {
    const message = (repository: string): string =>
      `credentials: the workflows of ${repository} have Helm try charts of ghcr.io and log in there with nothing; add { purpose: 'registryRead', registry: 'ghcr.io', store: { kind: 'githubActions', repository: '${repository}', environment: 'review', … } }`;

    expect(lacking(complete(charted()))).toEqual([message('shop'), message('shop-ops')]);
  });

  test('leave a site of charts that asks for a login to people', () => {
    const site = withChart(withLogins(), (chart) => ({
      ...chart,
      renderedBy: { ...chart.renderedBy, helmRepository: 'https://charts.example/stable' } as NonNullable<
        typeof chart.renderedBy
      >,
    }));

    expect(review(site)).toContain('portolan check --ops "$OPS_REPOSITORY"');
    expect(verify(site, 'dev')).toContain('portolan verify dev --ops ../ops.git');
  });
});
