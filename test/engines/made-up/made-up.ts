import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Environment } from '../../../src/model/environment.ts';
import type { EnginePlugin } from '../../../src/engines/engine.ts';
import type { OrderStep } from '../../../src/engines/order-step.ts';

const step = (when: OrderStep['when'], name: string): OrderStep => ({
  when,
  object: `Follow/${name}`,
  message: `Follow/${name} comes ${when}`,
});

const madeUpNamespace = ({ cluster }: Environment): string => cluster.engineNamespace ?? 'made-up';

/**
 * An engine that the tests make up: what a new folder has to hold, and nothing more. Its kind is a word of the model, as any has to be; where docs/add-an-engine.md is followed, it gets one of its own.
 */
export const madeUp: EnginePlugin = {
  kind: 'flux',
  title: 'Made Up',
  setUp: {
    rendered: (bootstrap) => {
      const follows = bootstrap.filter(({ kind }) => kind === 'Follow');
      const [first] = follows;
      if (first === undefined) return undefined;
      return {
        namespace: first.metadata.namespace ?? '',
        environmentNamespace: '',
        applications: follows.map(({ metadata }) => metadata.name),
        limits: '',
        repository: (first['spec'] as { repository: string }).repository,
      };
    },
    serves: { apiVersion: 'made.up/v1', kinds: ['Follow'] },
    lacking: (namespace, kubectl) => `has no Made Up in ${namespace}; ${kubectl} apply -f made-up.yaml`,
    asksInUse: ({ namespace, limits: name }) => ({
      limits: [{ apiVersion: 'made.up/v1', kind: 'Limit', name, namespace }],
      watched: { apiVersion: 'made.up/v1', kind: 'Follow' },
    }),
    kindsInUse: () => [],
    keepInUse: (objects, _limits, inUse) => ({ objects, kinds: inUse.map(({ kind }) => kind) }),
    keeping: (_rendered, kinds) => `keeps ${kinds.join(', ')}`,
    writes: { Follow: ['status'] },
    writtenKeys: ['repository'],
    keyProblem: () => undefined,
    page: (address, _rendered, application) => `${address}/${application}`,
  },
  repositoryAddress: (_environment, opsRepository) => opsRepository,
  sshKey: 'key',
  usual: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 },
  marks: {
    kept: { 'made.up/keep': 'true' },
    beforeRelease: { 'made.up/before': 'true' },
    beforeJobs: { 'made.up/ground': 'true' },
    ownTime: ['made.up/before', 'made.up/ground'],
    healthIgnored: {},
  },
  bootstrap: ({ environment, opsRepository }, followed) =>
    followed.map(({ application }) => ({
      id: application.name,
      order: 20,
      object: {
        apiVersion: 'made.up/v1',
        kind: 'Follow',
        metadata: { name: `${environment.name}-${application.name}`, namespace: madeUpNamespace(environment) },
        spec: { repository: opsRepository },
      },
    })),
  watches: ({ environment }, application) => ({
    apiVersion: 'made.up/v1',
    kind: 'Follow',
    name: `${environment.name}-${application.name}`,
    namespace: madeUpNamespace(environment),
  }),
  beside: () => [],
  elsewhere: ({ opsRepository }, _application, { spec }) => {
    const { repository } = spec as { repository: string };
    return repository === opsRepository ? undefined : `follows ${repository}`;
  },
  judge: ({ environment }, application, live, mend) => {
    const name = `${environment.name}-${application.name}`;
    return live === undefined
      ? { name, sync: 'Missing', health: 'Missing', message: mend, ailments: [] }
      : { name, sync: 'Synced', health: 'Healthy', ailments: [] };
  },
  ownKinds: 'Follow',
  owns: ({ apiVersion }) => apiVersion === 'made.up/v1',
  namespaceOf: madeUpNamespace,
  needs: (environment) => [
    {
      what: 'the controller of Made Up',
      needs: [
        {
          subject: 'made-up-controller',
          anyOf: [
            {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'made-up-controller',
              namespace: madeUpNamespace(environment),
            },
          ],
          lack: (live, kubectl) =>
            live === undefined ? { message: 'is not there', next: `${kubectl} apply -f made-up.yaml` } : undefined,
        },
      ],
    },
  ],
  wholeLists: [],
  markOf: ({ metadata }) => metadata.labels?.['made.up/by'],
  looksAfter: () => [],
  letGo: ({ name, namespace = '' }, kubectl) => [`${kubectl} -n ${namespace} delete follow ${name} --cascade=orphan`],
  suspension: ({ name, namespace = '' }, kubectl) => ({
    suspend: `${kubectl} -n ${namespace} annotate follow ${name} made.up/suspended=true`,
    resume: `${kubectl} -n ${namespace} annotate follow ${name} made.up/suspended-`,
  }),
  repositorySecret: ({ environment, opsRepository }, { purpose, store }) =>
    purpose === 'gitRead' && store.kind === 'kubernetes' && store.namespace === madeUpNamespace(environment)
      ? {
          labels: { 'made.up/reads': 'true' },
          fields: { repository: opsRepository },
          limits: {},
          unfound: ({ metadata }) =>
            metadata.labels?.['made.up/reads'] === 'true'
              ? []
              : [{ message: 'has no label', line: `label secret ${metadata.name} made.up/reads=true` }],
        }
      : undefined,
  shownKeys: ({ metadata }) => (metadata.labels?.['made.up/reads'] === 'true' ? ['repository'] : []),
  applies: ({ name }, path) => path.startsWith(`deploy/${name}/`),
  keeps: ({ metadata }) => metadata.annotations?.['made.up/keep'] === 'true',
  remakes: ({ metadata }) => metadata.annotations?.['made.up/before'] !== undefined,
  againstCopies: () => undefined,
  parameters: {},
  references: [],
  annotationReferences: [],
  exposures: () => [],
  order: (before, after) => {
    const namesIn = (objects: readonly KubernetesObject[]): readonly string[] =>
      objects.filter(({ kind }) => kind === 'Follow').map(({ metadata }) => metadata.name);
    const [was, is] = [namesIn(before), namesIn(after)];
    return [
      ...is.filter((name) => !was.includes(name)).map((name) => step('before', name)),
      ...was.filter((name) => !is.includes(name)).map((name) => step('after', name)),
    ];
  },
  words: {},
  checks: [],
};
