/**
 * What is delivered: first, in dev and prod.
 *
 * This is the file that you edit. It is typed data: "npx portolan check" says what is wrong with it, and what to write.
 * What an operator changes without touching code comes from `Pulumi.<stack>.yaml` as `settings`.
 */
import {
  environmentBranch,
  k3sDns,
  k3sTraefik,
  secret,
  type Application,
  type Credential,
  type Delivery,
  type Engine,
  type Environment,
  type EnvironmentSettings,
  type Gate,
  type Release,
  type Service,
  type Settings,
  type Stage,
} from '@portolan-delivery/portolan';

const name = 'first';
const registry = 'ghcr.io/acme';

/** The environments, in the order in which a release passes them: the first follows every commit, the last follows tags. */
const places: readonly string[] = ['dev', 'prod'];
const [first = ''] = places;
const last = places.at(-1);

/** What is built for every commit of the source, each in the folder of its name. */
const images: readonly string[] = ['web'];

/** Who makes the cluster equal to the branch of each environment. */
const engine: Engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true };

/** A service: what runs, how it is reached, and what it may talk to (here: nothing). */
const web: Service = {
  name: 'web',
  containers: [
    {
      name: 'web',
      // The release says which version; a promotion moves it.
      image: { artifact: 'web' },
      env: {
        // Of the credential "session" below. No value is ever written here, nor rendered.
        SESSION_KEY: secret('session', 'SESSION_KEY'),
      },
      ports: [{ name: 'http', port: 8080 }],
      readiness: { action: { kind: 'http', path: '/healthz', port: 'http' } },
      liveness: { action: { kind: 'http', path: '/healthz', port: 'http' }, failureThreshold: 6 },
      resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    },
  ],
  ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  // The way in from outside, below the environment's host.
  routes: [{ path: '/', port: 'http' }],
};

const application = (settings: EnvironmentSettings): Application => ({
  name,
  services: [web].map((service) => ({ ...service, replicas: settings.replicas[service.name] ?? 1 })),
});

/** What must exist in the cluster beside what is rendered. `pulumi up` makes it; a person may, too. */
const credentials = (place: string, generations: Readonly<Record<string, number>>): readonly Credential[] => [
  {
    name: 'session',
    purpose: 'webhook',
    holder: 'web',
    store: { kind: 'kubernetes', secretName: 'web-session', keys: ['SESSION_KEY'] },
    scope: 'signs the cookies of web',
    origin: 'generated',
    generation: generations['session'] ?? 1,
  },
  {
    name: 'ops-read',
    purpose: 'gitRead',
    holder: 'Argo CD',
    store: { kind: 'kubernetes', namespace: 'argocd', secretName: `${name}-${place}-ops`, keys: ['sshPrivateKey'] },
    scope: `contents: read on ${name}-ops`,
    generation: generations['ops-read'] ?? 1,
  },
];

const environment = (place: string, settings: EnvironmentSettings): Environment => ({
  name: place,
  cluster: { name: 'cluster', kubernetes: { oldest: '1.30', newest: '1.36' } },
  namespace: `${name}-${place}`,
  namePrefix: '',
  ...(settings.host === undefined ? {} : { host: settings.host }),
  ingress: { entryPoints: ['web'], controller: k3sTraefik },
  dns: k3sDns,
  credentials: credentials(place, settings.generations),
  applications: [application(settings)],
});

const reviewed: Gate = { kind: 'pullRequest', approvals: 1, approvers: ['maintainers'], checks: ['verify'] };

/** How a release comes into an environment: from the build into the first, from the one before it into each other. */
const stage = (place: string, before: string | undefined): Stage => ({
  name: place,
  environment: place,
  application: name,
  ...(before === undefined
    ? {
        intake: { from: 'supply', supplies: ['images'] },
        triggers: [{ on: 'push', repository: name, branches: ['main'] }],
        gate: place === last ? reviewed : { kind: 'none' },
      }
    : {
        intake: { from: 'stages', stages: [before] },
        triggers: place === last ? [{ on: 'gitTag', repository: name, pattern: 'v*' }] : [{ on: 'manual' }],
        gate: reviewed,
        ...(place === last ? { versions: { kind: 'semver', prefix: 'v' } } : {}),
      }),
  write: {
    repository: `${name}-ops`,
    branch: environmentBranch(place),
    locator: { kind: 'tree' },
    message: `${name} {version} to ${place}`,
    author: { name: 'portolan', email: 'portolan@users.noreply.github.com' },
    credential: `promote-${place}`,
  },
  engine,
});

/** Keys that the workflows of a repository use, each in the GitHub environment of the job that needs it. */
const inActions = (
  credential: string,
  { purpose, holder, keys }: Pick<Credential, 'purpose' | 'holder'> & { readonly keys: readonly string[] },
  repository: string,
  environment: string,
  scope: string,
): Credential => ({
  name: credential,
  purpose,
  holder,
  store: { kind: 'githubActions', repository, environment, keys },
  scope,
});

/** A GitHub App that may write the ops repository, one that can only read, and the login to the registry. */
const writer = {
  purpose: 'gitPush',
  holder: 'portolan-promoter',
  keys: ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'],
} as const;
const reader = { purpose: 'gitRead', holder: 'portolan-reader', keys: ['READER_APP_ID', 'READER_PRIVATE_KEY'] } as const;
const registryLogin = { purpose: 'registryPush', holder: 'the build', keys: ['GITHUB_TOKEN'] } as const;

/** What runs before anything was promoted. Write the commit or the tag of an image that is in the registry. */
const firstCommit = '0000000000000000000000000000000000000001';
const release = (tag: string, origin: Omit<Release, 'images'>): Release => ({
  images: Object.fromEntries(images.map((image) => [image, { repository: `${registry}/${image}`, tag }])),
  ...origin,
});

/** The whole delivery, for the settings of the stack files. */
export default function project(settings: Settings): Delivery {
  const { opsRepository, github } = settings.platform;
  const onGitHub = (repository: string): string => `https://github.com/${github.owner}/${repository}.git`;
  const written = 'contents and pull requests: write on the ops repository';
  return {
    name,
    repositories: [
      {
        name,
        holds: ['source'],
        url: onGitHub(name),
        management: 'adopt',
        protection: { approvals: 1, checks: [] },
        tags: { pattern: 'v*', creators: ['maintainers'] },
      },
      {
        name: `${name}-delivery`,
        holds: ['program'],
        url: onGitHub(`${name}-delivery`),
        protection: { approvals: 1, checks: ['check'] },
      },
      { name: `${name}-ops`, holds: ['ops'], url: opsRepository },
    ],
    actors: [
      { name: 'maintainers', kind: 'team' },
      { name: 'portolan-promoter', kind: 'app' },
    ],
    artifacts: images.map((image) => ({
      name: image,
      kind: 'image',
      repository: `${registry}/${image}`,
      scheme: { kind: 'gitSha' },
      allowTagOnly: true,
    })),
    supplies: [
      {
        name: 'images',
        artifacts: images,
        source: name,
        builder: { kind: 'githubActions', images: images.map((image) => ({ artifact: image, context: image })) },
        checks: [],
        triggers: [{ on: 'push', repository: name, branches: ['main'] }],
        discovery: { kind: 'sameJob' },
      },
    ],
    environments: places.map((place) =>
      environment(place, settings.environments[place] ?? { replicas: {}, generations: {}, adopt: false }),
    ),
    stages: places.map((place, i) => stage(place, places[i - 1])),
    credentials: [
      ...places.flatMap((place) => [
        inActions(`promote-${place}`, writer, name, place, written),
        inActions(`publish-${place}`, writer, `${name}-delivery`, place, written),
      ]),
      inActions('review-program', reader, `${name}-delivery`, 'review', `contents: read on ${name}-ops`),
      inActions('verify-ops', reader, `${name}-ops`, 'review', `contents: read on ${name}-delivery`),
      ...[...new Set(['build', last ?? first])].map((place) =>
        inActions(`registry-${place}`, registryLogin, name, place, `push to ${registry}`),
      ),
    ],
    initialReleases: Object.fromEntries(
      places.map((place, i) => [
        place,
        i > 0 && place === last
          ? release('v0.1.0', { gitTag: 'v0.1.0' })
          : release(firstCommit, { source: { repository: name, commit: firstCommit } }),
      ]),
    ),
  };
}
