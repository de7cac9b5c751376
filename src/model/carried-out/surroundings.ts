import type { Artifact, VersionScheme } from '../artifact.ts';
import type { ChartRenderer } from '../charts/helm-chart.ts';
import type { Credential } from '../credential.ts';
import type { Database } from '../database.ts';
import type { Host } from '../formats/host.ts';
import type { IngressKind } from '../network/ingress.ts';
import type { Repository } from '../repository.ts';
import type { Engine } from '../stage.ts';
import type { Table } from './carrier.ts';

/** Who makes the cluster equal to Git. */
export const engines = {
  argocd: { by: 'an Application and an AppProject in `bootstrap/`' },
  flux: { by: 'a GitRepository, a Kustomization and the account that it applies with in `bootstrap/`' },
} satisfies Table<Engine['kind']>;

/** In which form an engine takes what it makes the cluster equal to. */
export const engineSources = {
  argocd: {
    plain: { by: 'the rendered objects on the branch, one file each' },
    kustomize: { instead: 'write "plain", so that the branch holds the objects themselves' },
    helm: { instead: 'write "plain", so that the branch holds the objects themselves' },
  },
  flux: {
    kustomization: { by: 'the rendered objects on the branch, one file each' },
    helmRelease: { instead: 'write "kustomization", so that the branch holds the objects themselves' },
  },
} satisfies { readonly [Kind in Engine['kind']]: Table<Extract<Engine, { readonly kind: Kind }>['source']> };

/** Who makes objects of a chart. */
export const chartRenderers = {
  program: { by: 'the program, which writes the objects that Helm makes of it onto the branch' },
  engine: {
    by: 'Flux, with a HelmRelease and an OCIRepository that fetches exactly the digest of the release, or a HelmRepository that it looks for the version in; or Argo CD, with a folder whose Chart.yaml has the chart as its dependency',
  },
} satisfies Table<ChartRenderer['kind']>;

/** What a published output is. */
export const artifactKinds = {
  image: { by: 'a release, which names its tag and digest, and the pods that run it' },
  chart: { by: 'a release, which names its version and digest, and who renders it' },
} satisfies Table<Artifact['kind']>;

/** How versions look, and which of two is newer. */
export const versionSchemes = {
  gitSha: { by: '`portolan promote`, which asks the source repository which commit came first' },
  semver: { by: '`portolan promote`, which compares as semantic versions do' },
  numeric: { by: '`portolan promote`, which compares the named groups as numbers' },
} satisfies Table<VersionScheme['kind']>;

/** What a repository holds. */
export const repositoryRoles = {
  source: { by: 'workflows that build and promote' },
  program: { by: 'workflows that review and publish the program' },
  ops: { by: 'one branch for each environment, and rulesets for each' },
  config: { instead: 'write "ops", and let Portolan render what the repository holds' },
  releaseCopy: { by: 'the workflow portolan-deliver-<supply>, which pushes each tested commit there' },
  charts: { instead: 'leave the role out, and deliver the images that the charts run' },
} satisfies Table<Repository['holds'][number]>;

/** What keeps a repository. */
export const hosts = {
  github: { by: 'workflows, rulesets, pull requests and secrets of github.com' },
  git: { by: 'Git alone: branches are read and pushed; workflows, rulesets and pull requests there are not made' },
} satisfies Table<Host>;

/** Where a credential is kept. */
export const credentialStores = {
  kubernetes: { by: "`pulumi up` of the environment that declares it, or the command in its branch's README" },
  githubActions: { by: '`pulumi up`, as secrets and variables of the repository or of its GitHub environment' },
} satisfies Table<Credential['store']['kind']>;

/** Which program keeps the data. */
export const databaseKinds = {
  postgresql: { by: 'a StatefulSet, its backups, and a proof that they restore' },
} satisfies Table<Database['kind']>;

/** Which program lets traffic in. */
export const ingresses = {
  traefik: { by: 'an IngressRoute and its Middlewares' },
  kubernetes: { by: 'an Ingress for each application' },
  gateway: { by: 'an HTTPRoute for each service and its hosts' },
} satisfies Table<IngressKind>;
