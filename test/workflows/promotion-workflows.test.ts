import { describe, expect, test } from '@jest/globals';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { lackingCredentials } from '../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { movedByKargo } from '../support/moved-by-kargo.ts';
import { toldByFlux } from '../support/told-by-flux.ts';
import { validDelivery, withStage } from '../support/valid-delivery.ts';
import { readWorkflow } from './support/run-step.ts';

const inProd = (purpose: Credential['purpose'], keys: readonly string[]): Credential => ({
  name: `${purpose}-prod`.toLowerCase(),
  purpose,
  holder: purpose,
  store: { kind: 'githubActions', repository: 'shop', environment: 'prod', keys },
  scope: purpose,
});
const pusher = inProd('gitPush', ['APP_ID', 'PRIVATE_KEY']);
const looker = inProd('clusterRead', ['KUBECONFIG']);

/** Prod takes by itself what is healthy in dev. */
function byHealth(credentials: readonly Credential[] = [pusher, looker]): Delivery {
  const delivery = validDelivery();
  return withStage(
    { ...delivery, credentials: [...delivery.credentials, ...credentials] },
    'prod',
    ({ versions: _, ...stage }) => ({
      ...stage,
      triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'poll' }],
    }),
  );
}

/** What the delivery lacks besides: what other workflows of it need is none of this test's. */
const complete = (delivery: Delivery): Delivery => ({
  ...delivery,
  credentials: [
    ...delivery.credentials,
    { ...pusher, name: 'push-dev', store: { ...pusher.store, environment: 'dev' } as Credential['store'] },
    ...['shop', 'shop-ops'].map((repository): Credential => ({
      ...pusher,
      name: `read-${repository}`,
      purpose: 'gitRead',
      store: { kind: 'githubActions', repository, environment: 'review', keys: ['APP_ID', 'PRIVATE_KEY'] },
    })),
  ],
});
const textIn = (delivery: Delivery): string =>
  repositoryWorkflows(complete(delivery))['shop']?.get('.github/workflows/portolan-promote-prod.yaml') ?? '';

describe('the workflow that looks', () => {
  test('runs at times and by hand, one at a time, from the checkout that is the source too', () => {
    const workflow = readWorkflow(textIn(byHealth()));
    const { look } = workflow.jobs;

    expect(workflow.on).toEqual({ schedule: [{ cron: '11,26,41,56 * * * *' }], workflow_dispatch: {} });
    expect(textIn(byHealth())).toContain('concurrency:\n  group: portolan-promote-prod\n  cancel-in-progress: false\n');
    expect([look?.environment, look?.permissions]).toEqual(['prod', { contents: 'read' }]);
    expect(look?.steps.at(-1)?.run).toBe(
      'npx --no-install portolan promote prod --ops "$OPS_REPOSITORY" \\\n  --source shop=. \\\n  --from dev --when-healthy',
    );
    expect(look?.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toHaveLength(1);
  });

  test('has the kubeconfig after what it installs, and in no other step', () => {
    const steps = readWorkflow(textIn(byHealth())).jobs['look']?.steps ?? [];

    expect(steps.map(({ env = {} }) => Object.values(env).includes('${{ secrets.KUBECONFIG }}'))).toEqual(
      steps.map(({ name }) => name === 'Write the kubeconfig where no other job reads it'),
    );
    expect(steps.map(({ name }) => name).indexOf('Install the program')).toBeLessThan(steps.length - 2);
  });

  test('reads a source that somebody else manages without a token of ours', () => {
    const delivery = byHealth();
    const [source] = delivery.repositories;
    const apart: Delivery = {
      ...delivery,
      repositories: [
        ...delivery.repositories.map((it) => (it === source ? { ...it, holds: ['program' as const] } : it)),
        { name: 'theirs', holds: ['source'], url: 'https://github.com/them/theirs.git', management: 'external' },
      ],
      supplies: delivery.supplies.map((it) => ({ ...it, source: 'theirs', builder: { kind: 'external', by: 'them' } })),
    };
    const steps = readWorkflow(textIn(apart)).jobs['look']?.steps ?? [];
    const checkout = steps.find(({ name }) => name === 'Check out theirs with its history');

    expect(checkout?.with).toEqual({
      path: 'sources/theirs',
      repository: 'them/theirs',
      'fetch-depth': 0,
      'persist-credentials': false,
    });
    expect(steps.filter(({ uses }) => uses?.startsWith('actions/create-github-app-token@'))).toHaveLength(1);
    expect(steps.at(-1)?.run).toContain('--source theirs=../sources/theirs');
  });

  test('fails to be made without a kubeconfig, and says what to declare', () => {
    expect(lackingCredentials(complete(byHealth([pusher]))).map(({ message }) => message)).toContain(
      `the workflows of shop need one with purpose "clusterRead" in the GitHub environment "prod"; add { purpose: 'clusterRead', store: { kind: 'githubActions', repository: 'shop', environment: 'prod', … } }`,
    );
    expect(lackingCredentials(complete(byHealth()))).not.toContainEqual(
      expect.objectContaining({ message: expect.stringContaining('clusterRead') }),
    );
  });

  test('starts at once when Flux says so, and asks no cluster where Flux says on the commit how it ended', () => {
    const told = toldByFlux();
    const workflow = readWorkflow(textIn({ ...told, credentials: [...told.credentials, pusher] }));
    const steps = workflow.jobs['look']?.steps ?? [];

    expect(workflow.on).toEqual({
      repository_dispatch: { types: ['Kustomization/shop-dev.flux-system'] },
      schedule: [{ cron: '11,26,41,56 * * * *' }],
      workflow_dispatch: {},
    });
    expect(steps.map(({ name }) => name)).not.toContain('Write the kubeconfig where no other job reads it');
    expect(steps[0]?.with).toMatchObject({ 'permission-statuses': 'read', 'permission-contents': 'write' });
    expect(steps.at(-1)?.run).toContain('--from dev --when-healthy');
  });

  test('is there for no stage that people, tags or Kargo start', () => {
    expect(textIn(withStage(byHealth(), 'prod', (stage) => ({ ...stage, triggers: [{ on: 'manual' }] })))).toBe('');
    const kargo = movedByKargo({ prod: { triggers: [{ on: 'upstreamHealthy', stages: ['dev'], by: 'poll' }] } });
    expect(textIn({ ...kargo, credentials: [...kargo.credentials, pusher, looker] })).toBe('');
  });
});
