/**
 * What is delivered: podinfo, on five clusters.
 *
 * Each push, to any branch, is a snapshot, which dev runs. A merge is one version: of an image, and of the Helm chart that runs it, which moves from dev-test on. Flux
 * renders it in each cluster, and says at GitHub when it is healthy there; that opens the pull request of the next stage. Everything below is typed data; hosts and contexts come from `Pulumi.<stack>.yaml`.
 */
import {
  environmentBranch,
  k3sDns,
  type Actor,
  type Application,
  type Artifact,
  type Credential,
  type Delivery,
  type Engine,
  type Environment,
  type EnvironmentSettings,
  type Gate,
  type HelmChart,
  type Ingress,
  type KubernetesObject,
  type Probe,
  type Service,
  type Settings,
  type Stage,
  type Trigger,
} from '@portolan-delivery/portolan';

const name = 'podinfo';
const namespace = 'app-podinfo';

/** The stages of the chart, in the order in which a version passes them, and what each greets with. */
const greetings = {
  'dev-test': 'Greetings from dev-test',
  uat: 'Greetings from uat',
  stg: 'Hello, greetings from podinfo on stage',
  prod: 'Hello, greetings from podinfo',
} as const;
type ChartStage = keyof typeof greetings;
const chartStages: readonly ChartStage[] = ['dev-test', 'uat', 'stg', 'prod'];
const places = ['dev', ...chartStages] as const;

/** What each push builds, to any branch. Its tag says when: a counter would begin anew where its workflow is renamed. */
const snapshot: Artifact = {
  name: 'podinfo-snapshot',
  kind: 'image',
  repository: 'ghcr.io/acme/podinfo-snapshots',
  scheme: { kind: 'numeric', pattern: '^[0-9a-f]{40}-(?<time>\\d{14})$', by: ['time'] },
};
const image: Artifact = {
  name: 'podinfo',
  kind: 'image',
  repository: 'ghcr.io/acme/podinfo',
  scheme: { kind: 'semver', range: '>=1.0.0' },
};
const chart: Artifact = {
  name: 'podinfo-chart',
  kind: 'chart',
  repository: 'ghcr.io/acme/charts/podinfo',
  scheme: { kind: 'semver', range: '>=1.0.0' },
  pins: image.name,
};

/** Where people come in: all of a host, which each stage has of its own. podinfo answers at `/` and below, and an Ingress rewrites nothing. */
const path = '/';
const nginx: Ingress = {
  kind: 'kubernetes',
  className: 'nginx',
  controller: { namespace: 'ingress-nginx', podLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
};

const asks = (page: string): Probe => ({
  action: { kind: 'exec', command: ['podcli', 'check', 'http', `localhost:9898/${page}`] },
  initialDelaySeconds: 5,
  timeoutSeconds: 5,
});

/** What dev runs: objects of the model, from the snapshot of the last push. */
const service: Service = {
  name,
  names: { service: name },
  autoscaling: { min: 2, max: 4, cpuPercent: 99 },
  containers: [
    {
      name: 'podinfod',
      image: { artifact: snapshot.name },
      ports: [
        { name: 'http', port: 9898 },
        { name: 'http-metrics', port: 9797 },
        { name: 'grpc', port: 9999 },
      ],
      readiness: asks('readyz'),
      liveness: { ...asks('healthz'), failureThreshold: 6 },
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '512Mi' } },
    },
  ],
  ports: [
    { name: 'http', port: 9898, targetPort: 'http' },
    { name: 'grpc', port: 9999, targetPort: 'grpc' },
  ],
  routes: [{ path, port: 'http' }],
};

/** What the other stages run: the chart, with the values of each. They are at the top, where the chart reads them. */
const chartOf = (stage: ChartStage, host: string): HelmChart => ({
  name,
  artifact: chart.name,
  values: {
    replicaCount: 3,
    ui: { message: greetings[stage] },
    ingress: {
      enabled: true,
      className: nginx.className,
      hosts: [{ host, paths: [{ path, pathType: 'Prefix' }] }],
    },
  },
  renderedBy: {
    kind: 'engine',
    kinds: ['Deployment.apps', 'Service', 'Ingress.networking.k8s.io'],
    test: true,
    retries: 2,
  },
});

/** The pods of the chart hear nginx, and the tests of the chart, and ask nobody. */
const traffic: KubernetesObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'podinfo-chart', namespace },
  spec: {
    podSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': nginx.controller.namespace } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
          },
          { podSelector: {} },
        ],
        ports: [{ port: 9898, protocol: 'TCP' }],
      },
    ],
    egress: [],
  },
};

const isChartStage = (place: string): place is ChartStage => place in greetings;

const application = (place: string, host: string): Application =>
  isChartStage(place)
    ? { name, services: [], helmCharts: [chartOf(place, host)], objects: [traffic] }
    : { name, services: [service] };

/** Keys of a GitHub App in a Secret, as Flux reads them. */
const appKeys = ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'];

/** What Flux reads the branch of a place with, in the cluster of the place. */
const reading = (place: string, generation = 1): Credential => ({
  name: 'ops-read',
  purpose: 'gitRead',
  holder: 'Flux',
  store: { kind: 'kubernetes', namespace: 'flux-system', secretName: `${name}-${place}-ops`, keys: ['identity'] },
  scope: `contents: read on ${name}-ops`,
  generation,
});

/** What Flux of a stage says on each commit of its branch how it ended with: an app of that stage alone, whose word is believed of no other. */
const reporting = (place: string): Credential => ({
  name: 'report',
  purpose: 'notification',
  holder: `${name}-flux-${place}`,
  store: { kind: 'kubernetes', namespace: 'flux-system', secretName: `${name}-${place}-report`, keys: appKeys },
  scope: `commit statuses: write on ${name}-ops`,
});

/** What Flux of a stage has the workflow of the next one look with. It may write the program's branches, and none that anything is published from. */
const telling = (place: string): Credential => ({
  name: 'tell',
  purpose: 'triggerAuthentication',
  holder: `${name}-flux-tells`,
  store: { kind: 'kubernetes', namespace: 'flux-system', secretName: `${name}-${place}-tell`, keys: appKeys },
  scope: `contents: write on ${name}-delivery`,
});

/** Whether another stage takes from a place: of the others nobody has to know at GitHub. */
const isUpstream = (place: string): boolean => isChartStage(place) && place !== 'prod';

const environment = (place: string, { host = `${place}.example`, generations }: EnvironmentSettings): Environment => ({
  name: place,
  cluster: { name: `app-promo-${place}`, kubernetes: { oldest: '1.33', newest: '1.36' } },
  namespace,
  namePrefix: '',
  host,
  ingress: nginx,
  dns: k3sDns,
  credentials: [
    reading(place, generations['ops-read']),
    ...(isUpstream(place) ? [reporting(place), telling(place)] : []),
  ],
  applications: [application(place, host)],
});

const engineOf = (place: string): Engine => ({
  kind: 'flux',
  source: 'kustomization',
  prune: true,
  pollMinutes: 2,
  ...(isUpstream(place) ? { reportsWith: 'report' } : {}),
});

/** A version of the chart is proposed by itself, and goes on when somebody of the platform team merges the pull request. */
const gateOf = (place: string): Gate =>
  place === 'dev' || place === 'dev-test'
    ? { kind: 'none' }
    : { kind: 'pullRequest', approvals: 1, approvers: ['platform-team'], checks: ['verify'] };

/** Files of which one must have changed so that anything is built. */
const program = ['cmd/**', 'pkg/**', 'Dockerfile'];

/** What builds a snapshot: any push that changes the program. */
const pushed: Trigger = { on: 'push', repository: name, branches: ['**'], paths: program };

/** What builds a version, and brings its chart to dev-test: a merge that changes the program or the chart. */
const merged: Trigger = { on: 'push', repository: name, branches: ['main'], paths: [...program, 'charts/**'] };

/** What nobody has to have merged, and nobody to have approved: whatever was pushed last. */
const follows: Pick<Stage, 'intake' | 'triggers' | 'acceptsUnmerged'> = {
  intake: { from: 'supply', supplies: ['snapshots'] },
  triggers: [{ on: 'artifactPublished', artifact: snapshot.name, by: 'poll' }],
  acceptsUnmerged: 'developers try their branches in dev',
};

const stage = (place: string): Stage => {
  const before = isChartStage(place) ? chartStages[chartStages.indexOf(place) - 1] : undefined;
  return {
    name: place,
    environment: place,
    application: name,
    ...(place === 'dev'
      ? follows
      : before === undefined
        ? {
            intake: { from: 'supply', supplies: ['releases'] },
            triggers: [merged],
          }
        : {
            intake: { from: 'stages', stages: [before] },
            triggers: [{ on: 'upstreamHealthy', stages: [before], by: 'event', authentication: 'tell' }],
          }),
    gate: gateOf(place),
    write: {
      repository: `${name}-ops`,
      branch: environmentBranch(place),
      locator: { kind: 'tree' },
      message: `podinfo {version} to ${place}`,
      author: { name: 'portolan', email: 'portolan@users.noreply.github.com' },
      credential: before === undefined ? `promote-${place}` : `publish-${place}`,
    },
    engine: engineOf(place),
  };
};

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

const writer = {
  purpose: 'gitPush',
  holder: 'portolan-promoter',
  keys: ['PROMOTER_APP_ID', 'PROMOTER_PRIVATE_KEY'],
} as const;
const reader = {
  purpose: 'gitRead',
  holder: 'portolan-reader',
  keys: ['READER_APP_ID', 'READER_PRIVATE_KEY'],
} as const;
const registry = { purpose: 'registryPush', holder: 'the build', keys: ['GHCR_USERNAME', 'GHCR_TOKEN'] } as const;

/** The version that runs everywhere today, and the snapshot of it. */
const version = '1.1.4';
const built = '9c1d7be03586a1c94e20d5b7f8036e9a12cd4f2a-20260921093000';
const release = {
  images: {
    [chart.name]: {
      repository: chart.repository,
      tag: version,
      digest: 'sha256:9f2a6c1be03d5847a1c94e20d5b7f8036e9a12cd4f2a9c1d7be03586a1c94e20',
    },
  },
};

/** The whole delivery, for the settings of the stack files. */
export default function project(settings: Settings): Delivery {
  const { opsRepository, github } = settings.platform;
  const onGitHub = (repository: string): string => `https://github.com/${github.owner}/${repository}.git`;
  const written = `contents and pull requests: write on ${name}-ops`;
  return {
    name,
    repositories: [
      {
        name,
        holds: ['source'],
        url: onGitHub(name),
        management: 'adopt',
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
      { name: 'platform-team', kind: 'team' },
      { name: 'portolan-promoter', kind: 'app' },
      ...places.filter(isUpstream).map((place): Actor => ({ name: `${name}-flux-${place}`, kind: 'app' })),
    ],
    artifacts: [snapshot, image, chart],
    supplies: [
      {
        name: 'snapshots',
        artifacts: [snapshot.name],
        source: name,
        // It runs what nobody merged, and so has no key: it pushes with the token of its run, and asks for a look.
        builder: { kind: 'external', by: 'the workflow snapshot of podinfo' },
        checks: [],
        triggers: [pushed],
        discovery: { kind: 'registryPoll', intervalMinutes: 5 },
        buildsUnmerged: true,
      },
      {
        name: 'releases',
        artifacts: [image.name, chart.name],
        source: name,
        builder: {
          kind: 'githubActions',
          images: [{ artifact: image.name, context: '.' }],
          charts: [{ artifact: chart.name, chart: 'charts/podinfo' }],
        },
        // Workflows of podinfo: its tests, an install of the chart into a throw-away cluster, and the policies of the platform team.
        checks: ['test', 'chart-install', 'chart-policy'],
        triggers: [merged, { on: 'pullRequest', repository: name, branches: ['main'] }],
        discovery: { kind: 'sameJob' },
      },
    ],
    environments: places.map((place) =>
      environment(place, settings.environments[place] ?? { replicas: {}, generations: {}, adopt: false }),
    ),
    stages: places.map(stage),
    credentials: [
      ...['dev', 'dev-test'].map((place) => inActions(`promote-${place}`, writer, name, place, written)),
      ...places.map((place) => inActions(`publish-${place}`, writer, `${name}-delivery`, place, written)),
      inActions('review-program', reader, `${name}-delivery`, 'review', `contents: read on ${name}-ops`),
      inActions('verify-ops', reader, `${name}-ops`, 'review', `contents: read on ${name}-delivery`),
      inActions('registry', registry, name, 'build', `push to ${image.repository} and ${chart.repository}`),
    ],
    exceptions: [
      {
        check: 'selectors',
        object: 'NetworkPolicy/podinfo-chart',
        field: 'spec.podSelector',
        reason: 'the chart makes the pods, in the cluster, where no check sees them',
      },
    ],
    initialReleases: {
      dev: {
        images: { [snapshot.name]: { repository: snapshot.repository, tag: built } },
      },
      ...Object.fromEntries(chartStages.map((place) => [place, release])),
    },
  };
}
