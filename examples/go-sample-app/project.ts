/**
 * What is delivered: go-sample-app, a web server in Go, in dev and prod.
 *
 * Tekton builds it in the cluster, of what is merged and nothing else; a workflow looks for what it built. Everything below is typed data; contexts come
 * from `Pulumi.<stack>.yaml` as `settings`.
 */
import {
  k3sDns,
  type Application,
  type CheckException,
  type Credential,
  type Delivery,
  type Engine,
  type Environment,
  type Gate,
  type Probe,
  type Release,
  type Service,
  type Settings,
  type Stage,
  type TektonBuilder,
  type Toolchain,
} from '@portolan-delivery/portolan';

const name = 'go-sample-app';
const repository = `docker.io/acme/${name}`;

/** The environments, in the order in which a release passes them. */
const places: readonly string[] = ['dev', 'prod'];

/** Where Tekton builds, and the namespace of it. */
const build = 'build';
const builds = `${name}-${build}`;

/** What GitHub signs pushes with. */
const hook = 'github-hook';

const probe = (periodSeconds: number): Probe => ({
  action: { kind: 'http', path: '/', port: 'http' },
  initialDelaySeconds: 4,
  periodSeconds,
  timeoutSeconds: 2,
});

/** As it runs today: the names, and what its pods are found by. Dev has the probes and limits of prod, so that what dev verified is what prod gets. */
const server = (place: string): Service => ({
  name,
  names: { service: name },
  replicas: 1,
  selector: place === 'prod' ? { app: name, env: 'prod' } : { app: name },
  containers: [
    {
      name,
      image: { artifact: name },
      env: place === 'prod' ? { environment: 'production' } : {},
      ports: [{ name: 'http', port: 8080 }],
      liveness: { ...probe(10), failureThreshold: 6 },
      readiness: probe(10),
      preStop: { kind: 'sleep', seconds: 5 },
      resources: { requests: { cpu: '50m', memory: '256Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    },
  ],
  ports: [{ name: '8080-8080', port: 8080 }],
});

const application = (place: string): Application => ({ name, services: [server(place)] });

/** What Argo CD reads the branches of a place with. */
const reading = (place: string, generation = 1): Credential => ({
  name: 'ops-read',
  purpose: 'gitRead',
  holder: 'Argo CD',
  store: { kind: 'kubernetes', namespace: 'argocd', secretName: `${name}-${place}-ops`, keys: ['sshPrivateKey'] },
  scope: `contents: read on ${name}-ops`,
  generation,
});

const cluster: Environment['cluster'] = {
  name: 'samples',
  kubernetes: { oldest: '1.30', newest: '1.36' },
  capacity: { cpu: '4', memory: '8Gi' },
};

const environment = (place: string, generations: Readonly<Record<string, number>>): Environment => ({
  name: place,
  cluster,
  namespace: place,
  namePrefix: `${place}-`,
  dns: k3sDns,
  credentials: [reading(place, generations['ops-read'])],
  applications: [application(place)],
});

const engine: Engine = { kind: 'argocd', source: 'plain', prune: true, selfHeal: true };

/** What reaches everybody is read by somebody first. */
const reviewed: Gate = { kind: 'pullRequest', approvals: 1, approvers: ['maintainers'], checks: ['verify'] };

const write = (place: string): Stage['write'] => ({
  repository: `${name}-ops`,
  branch: `env/${place}`,
  locator: { kind: 'tree' },
  message: `${name} {version} to {environment}`,
  author: { name: 'portolan', email: 'portolan@users.noreply.github.com' },
  credential: `publish-${place}`,
});

/** What the registry has enters dev by itself; prod takes what dev verified, when a person asks and another one approves. */
const stages: readonly Stage[] = [
  {
    name: 'dev',
    environment: 'dev',
    application: name,
    intake: { from: 'supply', supplies: [name] },
    triggers: [{ on: 'artifactPublished', artifact: name, by: 'poll' }],
    gate: { kind: 'none' },
    write: write('dev'),
    engine,
    // A build, and a look at the registry.
    waitMinutes: 40,
  },
  {
    name: 'prod',
    environment: 'prod',
    application: name,
    intake: { from: 'stages', stages: ['dev'] },
    triggers: [{ on: 'manual' }],
    gate: reviewed,
    write: write('prod'),
    engine,
  },
];

/** Where Tekton's own objects lie. Who writes them says what is in an image, so they are read as prod is. */
const toolchain: Toolchain = {
  name: build,
  cluster,
  namespace: builds,
  podSecurity: { level: 'baseline', reason: 'Kaniko unpacks base images as root' },
  credentials: [reading(build)],
  gate: reviewed,
  write: { ...write(build), message: 'What builds in {environment}' },
  engine,
};

/**
 * Images that the pipeline runs, each by the digest that somebody tried: `crane digest golang:1.25` says today's. Those that stand here stand for them,
 * and name no image: `standIns` below says so to the checks.
 */
const pinned = (image: string, digit: string): string => `${image}@sha256:${digit.repeat(64)}`;

const builder: TektonBuilder = {
  kind: 'tekton',
  tasks: [
    { name: 'lint', image: pinned('golangci/golangci-lint', 'a'), script: 'golangci-lint run ./...' },
    { name: 'test', image: pinned('golang', 'b'), script: 'go test ./...' },
  ],
  images: [{ artifact: name, context: '.' }],
  tools: {
    git: pinned('cgr.dev/chainguard/git', 'c'),
    kaniko: pinned('ghcr.io/osscontainertools/kaniko', 'd'),
    crane: pinned('cgr.dev/chainguard/crane', 'e'),
    kubectl: pinned('alpine/k8s', 'f'),
  },
  listener: { address: `https://hooks.acme.example/${name}` },
  pushesWith: 'tekton-push',
  workspace: { size: '2Gi' },
};

/** Take this away, and `npm run check` names each digest that is not yours yet; it refuses this as soon as all are. */
const standIns: readonly CheckException[] = [
  ...['fetch', 'check-lint', 'check-test', `image-${name}`].map((task) => `Task/${name}-${task}`),
  `CronJob/${name}-prune`,
].map((object) => ({
  check: 'image-versions',
  object,
  environment: build,
  reason: 'the digests of this example stand for those of images that somebody tries',
}));

/** Keys that the workflows of a repository use, each in the GitHub environment of the job that needs it. */
const inActions = (
  credential: string,
  { purpose, holder, keys }: Pick<Credential, 'purpose' | 'holder'> & { readonly keys: readonly string[] },
  of: string,
  inEnvironment: string,
  scope: string,
): Credential => ({
  name: credential,
  purpose,
  holder,
  store: { kind: 'githubActions', repository: of, environment: inEnvironment, keys },
  scope,
});

const app = (holder: string, prefix: string) => ({ holder, keys: [`${prefix}_APP_ID`, `${prefix}_PRIVATE_KEY`] });
const writer = { purpose: 'gitPush', ...app('portolan-promoter', 'PROMOTER') } as const;
const reader = { purpose: 'gitRead', ...app('portolan-reader', 'READER') } as const;

/** The commit that somebody had Tekton build first: its tag. */
const release: Release = {
  images: { [name]: { repository, tag: '5d0c2f1e8a9b4c7d6e3f2a1b0c9d8e7f6a5b4c3d' } },
};

/** The whole delivery, for the settings of the stack files. */
export default function project(settings: Settings): Delivery {
  const { opsRepository, github } = settings.platform;
  const onGitHub = (of: string): string => `https://github.com/${github.owner}/${of}.git`;
  const written = `contents and pull requests: write on ${name}-ops`;
  return {
    name,
    repositories: [
      {
        name,
        holds: ['source'],
        url: onGitHub(name),
        defaultBranch: 'master',
        visibility: 'public',
        management: 'adopt',
        // What is on the branch is built and gets into dev: nobody gets anything onto it alone.
        protection: { approvals: 1, checks: [] },
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
    artifacts: [{ name, kind: 'image', repository, scheme: { kind: 'gitSha' } }],
    supplies: [
      {
        name,
        artifacts: [name],
        source: name,
        toolchain: build,
        builder,
        checks: [],
        triggers: [{ on: 'push', repository: name, branches: ['master'], by: 'webhook', authentication: hook }],
        discovery: { kind: 'registryPoll', intervalMinutes: 5 },
      },
    ],
    environments: places.map((place) => environment(place, settings.environments[place]?.generations ?? {})),
    stages,
    toolchains: [toolchain],
    credentials: [
      {
        name: builder.pushesWith,
        purpose: 'registryPush',
        holder: 'Tekton',
        store: {
          kind: 'kubernetes',
          namespace: builds,
          secretName: builder.pushesWith,
          keys: ['.dockerconfigjson'],
        },
        scope: `push to ${repository}`,
      },
      {
        name: hook,
        purpose: 'webhook',
        holder: 'GitHub, and the listener',
        store: { kind: 'kubernetes', namespace: builds, secretName: hook, keys: ['secret'] },
        scope: `signs the pushes of ${name}`,
        origin: 'generated',
      },
      inActions('promote-dev', writer, name, 'dev', written),
      ...[...places, build].map((place) => inActions(`publish-${place}`, writer, `${name}-delivery`, place, written)),
      inActions('review-program', reader, `${name}-delivery`, 'review', `contents: read on ${name}-ops`),
      inActions('verify-ops', reader, `${name}-ops`, 'review', `contents: read on ${name}-delivery`),
    ],
    initialReleases: Object.fromEntries(places.map((place) => [place, release])),
    exceptions: standIns,
  };
}
