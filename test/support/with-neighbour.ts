import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Stage } from '../../src/model/stage.ts';

const inActions = (
  name: string,
  purpose: Credential['purpose'],
  place: `${string}/${string}`,
  keys: readonly string[],
): Credential => {
  const [repository = '', environment = ''] = place.split('/');
  return {
    name,
    purpose,
    holder: `whoever needs ${name}`,
    store: { kind: 'githubActions', repository, environment, keys },
    scope: 'what the neighbour does',
  };
};

const environment: Environment = {
  name: 'annex',
  cluster: {
    name: 'far',
    server: 'https://far.example.com:6443',
    kubernetes: { oldest: '1.33', newest: '1.34' },
    capacity: { cpu: '64', memory: '256Gi' },
  },
  namespace: 'annex-space',
  namePrefix: 'x-',
  pathPrefix: '/annex',
  host: 'annex.example.com',
  ingress: {
    entryPoints: ['websecure'],
    controller: { namespace: 'edge', podLabels: { app: 'edge' } },
  },
  dns: { namespace: 'names', podLabels: { app: 'names' } },
  labels: { colour: 'green' },
  credentials: [
    {
      name: 'annex-ops-read',
      purpose: 'gitRead',
      holder: 'Argo CD of the annex',
      store: { kind: 'kubernetes', secretName: 'annex-ops', keys: ['sshPrivateKey'], namespace: 'argocd' },
      scope: 'contents: read on shop-ops',
      generation: 4,
    },
  ],
  applications: [
    {
      name: 'depot',
      services: [
        {
          name: 'depot',
          replicas: 7,
          containers: [
            {
              name: 'depot',
              image: { artifact: 'depot' },
              ports: [{ name: 'web', port: 9090 }],
              readiness: { action: { kind: 'tcp', port: 'web' } },
              liveness: { action: { kind: 'tcp', port: 'web' } },
              resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
            },
          ],
          ports: [{ name: 'web', port: 81, targetPort: 9090 }],
          routes: [{ port: 'web' }],
        },
      ],
      databases: [],
      claims: [],
    },
  ],
};

const stage: Stage = {
  name: 'annex',
  environment: 'annex',
  application: 'depot',
  intake: { from: 'supply', supplies: ['depot'] },
  triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }],
  gate: { kind: 'none', accepted: 'nothing depends on the annex' },
  write: {
    repository: 'shop-ops',
    branch: 'env/annex',
    locator: { kind: 'tree' },
    message: 'Depot {version} to {environment}',
    author: { name: 'depot-promoter', email: 'depot@example.com' },
    credential: 'annex-promotion',
  },
  engine: {
    kind: 'argocd',
    source: 'plain',
    prune: false,
    selfHeal: false,
  },
};

/**
 * The delivery with another environment, stage, application, artifact, supply, actor and credential before those that it has. Each
 * differs from the others in every field: whoever takes the first of a list, instead of the one that is meant, gets another answer.
 */
export const withNeighbour = (delivery: Delivery): Delivery => ({
  ...delivery,
  actors: [
    { name: 'annex-promoter', kind: 'app' },
    { name: 'annex-team', kind: 'team' },
    { name: 'bob', kind: 'user' },
    ...delivery.actors,
  ],
  artifacts: [
    { name: 'depot', kind: 'image', repository: 'annex/depot', scheme: { kind: 'gitSha' } },
    ...delivery.artifacts,
  ],
  supplies: [
    {
      name: 'depot',
      artifacts: ['depot'],
      source: 'shop',
      builder: { kind: 'githubActions', images: [{ artifact: 'depot', context: 'depot' }] },
      checks: [],
      triggers: [{ on: 'push', repository: 'shop', branches: ['main'] }],
      discovery: { kind: 'sameJob' },
    },
    ...delivery.supplies,
  ],
  environments: [environment, ...delivery.environments],
  stages: [stage, ...delivery.stages],
  credentials: [
    inActions('annex-promotion', 'gitPush', 'shop/annex', ['ANNEX_APP_ID', 'ANNEX_PRIVATE_KEY']),
    inActions('annex-reader', 'gitRead', 'shop-ops/annex', ['ANNEX_READER_APP_ID', 'ANNEX_READER_PRIVATE_KEY']),
    inActions('annex-review', 'gitRead', 'shop/review', ['ANNEX_REVIEW_APP_ID', 'ANNEX_REVIEW_PRIVATE_KEY']),
    ...delivery.credentials,
  ],
  initialReleases: {
    annex: { images: { depot: { repository: 'annex/depot', tag: '0123456789abcdef0123456789abcdef01234567' } } },
    ...delivery.initialReleases,
  },
});
