import type { Artifact } from './artifact.ts';
import type { Credential } from './credential.ts';
import type { Environment, Toolchain } from './environment.ts';
import type { Release } from './release.ts';
import type { Actor, Repository } from './repository.ts';
import type { Stage } from './stage.ts';
import type { Supply } from './supply.ts';

/** How a product is delivered: the one root of the model. Plain readonly data. */
export interface Delivery {
  /** Project name; Argo CD Applications and AppProjects are `<name>-<environment>`. */
  readonly name: string;
  readonly repositories: readonly Repository[];
  readonly actors: readonly Actor[];
  readonly artifacts: readonly Artifact[];
  readonly supplies: readonly Supply[];
  readonly environments: readonly Environment[];
  readonly stages: readonly Stage[];
  /** Places for what builders and promoters need in a cluster. @default - none */
  readonly toolchains?: readonly Toolchain[];
  /** Credentials of the delivery itself; those of an environment are declared there. One that a cluster keeps is in a namespace of a toolchain. */
  readonly credentials: readonly Credential[];
  /** The release that a new environment branch starts from, by environment name. */
  readonly initialReleases: Readonly<Record<string, Release>>;
  /** Name of the GitHub Enterprise server that keeps the repositories, with its port. @default - the settings' `github:baseUrl`, else github.com */
  readonly gitHubHost?: string;
  /**
   * What the engine calls an application: Argo CD its Application, Flux its Kustomization. `{delivery}`, `{environment}` and `{application}` are
   * filled in. @default - `<delivery>-<environment>`, and behind it the application's name for all but the first of an environment
   */
  readonly followedAs?: string;
  /** Where the page of what runs where is kept, drawn anew whenever a branch moves. @default - nowhere: `portolan page` draws it for who asks */
  readonly page?: KeptPage;
  /** What holds for all that is delivered; the checks `resources` and `image-policies` hold it. @default - each policy's own default */
  readonly policies?: Policies;
  /** Exceptions from checks, each with its reason. @default - none */
  readonly exceptions?: readonly CheckException[];
}

/** Where the newest page of what runs where is kept; every move of a branch draws it anew. */
export interface KeptPage {
  /** With the run that drew it (`run`), or on GitHub Pages of the ops repository, which somebody has to switch on there (`gitHubPages`). */
  readonly keptIn: 'run' | 'gitHubPages';
  /**
   * Who may read it on GitHub Pages, where it must be said: GitHub shows pages to everyone, those of a private repository too; to who may
   * read the repository alone it keeps them on GitHub Enterprise Cloud, where somebody has to choose that. @default - with a run: who may
   * read the ops repository
   */
  readonly readers?: 'everyone' | 'repository';
}

/** What holds for every container and image of a delivery, whoever wrote the object. */
export interface Policies {
  /** Limits of CPU: every container has one, none has, or each as it likes; one of memory must be there anyway. @default 'required' */
  readonly cpuLimits?: 'required' | 'forbidden' | 'free';
  /** Digests of images: every image is named by one too, released ones and others, or each as it likes. @default 'free' */
  readonly imageDigests?: 'required' | 'free';
  /** Registries that images come from, or folders of them, e.g. `ghcr.io/acme` and `docker.io`. @default - any */
  readonly registries?: readonly string[];
  /**
   * Services whose pods may do more than Pod Security "restricted" lets them, by name; no others, and no object of an application.
   * @default - whoever says why
   */
  readonly privileged?: readonly string[];
}

/** One finding of one check that the owner accepts. */
export interface CheckException {
  /** Name of the check, e.g. `probes`. */
  readonly check: string;
  /** `Kind/name` of the object it is about, as the finding shows it: with `@namespace` where another object is called so in another namespace. */
  readonly object: string;
  /** Field of the object, as the finding shows it; the check `schema` needs one. @default - every field */
  readonly field?: string;
  /** Name of the environment. @default - every environment */
  readonly environment?: string;

  /** Why the owner accepts it. */
  readonly reason: string;
}

/** The environment of that name. @throws when the delivery has none */
export function environmentOf(delivery: Delivery, name: string): Environment {
  const found = delivery.environments.find((environment) => environment.name === name);
  if (found === undefined) {
    const known = delivery.environments.map((environment) => environment.name).join(', ');
    throw new Error(`portolan: there is no environment "${name}"; write one of: ${known}`);
  }
  return found;
}

/** The repository that holds something, e.g. the program. Nothing where none is declared to. */
export const repositoryHolding = (
  { repositories }: Pick<Delivery, 'repositories'>,
  holds: Repository['holds'][number],
): Repository | undefined => repositories.find((repository) => repository.holds.includes(holds));

/**
 * The repository whose branch an environment is: the one that its stage writes to, else the first that holds `ops`. The only answer
 * to that question; a rule refuses a stack file that says another.
 */
export function opsRepositoryOf(delivery: Delivery, environment: string): Repository | undefined {
  const written = stageOf(delivery, environment)?.write.repository;
  return delivery.repositories.find(({ name }) => name === written) ?? repositoryHolding(delivery, 'ops');
}

/** Where an artifact lies in its registry, without a tag; a name that no artifact has stands for itself. */
export const registryRepositoryOf = ({ artifacts }: Pick<Delivery, 'artifacts'>, artifact: string): string =>
  artifacts.find(({ name }) => name === artifact)?.repository ?? artifact;

/** Name of the repository that an artifact is built from; nothing where no supply makes it. */
export const sourceRepositoryOf = ({ supplies }: Pick<Delivery, 'supplies'>, artifact: string): string | undefined =>
  supplies.find(({ artifacts }) => artifacts.includes(artifact))?.source;

/** The stage that an environment's application stands on, when it has one; without an application, the first of the environment. */
export function stageOf(
  { stages }: Pick<Delivery, 'stages'>,
  environment: string,
  application?: string,
): Stage | undefined {
  return stages.find((it) => it.environment === environment && (application ?? it.application) === it.application);
}
