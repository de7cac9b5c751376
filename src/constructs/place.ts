import type { Application, Claim } from '../model/application.ts';
import type { ImageSource } from '../model/container.ts';
import type { Credential } from '../model/credential.ts';
import type { Database, ExternalDatabase } from '../model/database.ts';
import type { Environment } from '../model/environment.ts';
import { ProblemsError } from '../model/problem.ts';
import { writeImageReference, type Release } from '../model/release.ts';
import type { Reference, TextValue } from '../model/formats/text.ts';
import type { EngineMarks } from '../model/derived/engine-marks.ts';
import { neighboursOf, type Neighbour, type NeighbourPort } from './neighbour.ts';

/** A credential that is kept in a Kubernetes Secret. */
export interface PodCredential {
  readonly name: string;
  readonly secretName: string;
  /** Raised at each rotation. */
  readonly generation: number;
}

/** An application in an environment at a release: what its constructs look up in each other. */
export class Place {
  readonly environment: Environment;
  readonly application: Application;
  readonly release: Release;
  readonly marks: EngineMarks;
  readonly neighbours: ReadonlyMap<string, Neighbour>;
  private readonly credentials: ReadonlyMap<string, Credential>;
  private readonly databases: ReadonlyMap<string, Database | ExternalDatabase>;
  private readonly claims: ReadonlyMap<string, Claim>;
  /** The service that each job is of, by the job's name. */
  private readonly withJob: ReadonlyMap<string, string>;
  /** The places of other applications that were asked for, by name. */
  private readonly others = new Map<string, Place>();

  /**
   * @param marks - what tells the engine that follows the application to do something else than usual with an object
   * @param seenFrom - namespace of the pods that ask for hosts
   */
  constructor(
    environment: Environment,
    application: Application,
    release: Release,
    marks: EngineMarks,
    private readonly seenFrom: string = environment.namespace,
  ) {
    this.marks = marks;
    this.environment = environment;
    this.application = application;
    this.release = release;
    this.neighbours = neighboursOf(environment, application, seenFrom);
    this.credentials = byName(environment.credentials);
    this.databases = byName<Database | ExternalDatabase>([
      ...(application.databases ?? []),
      ...(application.externalDatabases ?? []),
    ]);
    this.claims = byName(application.claims ?? []);
    this.withJob = new Map(
      application.services.flatMap(({ name, jobs = [] }) => jobs.map((job): [string, string] => [job.name, name])),
    );
  }

  /** Where in the delivery a service or database of this application is, for error messages. */
  pathOf(owner: string): string {
    const within = this.withJob.get(owner);
    if (within !== undefined) return `${this.pathOf(within)}.jobs.${owner}`;
    const group = this.databases.has(owner) ? 'databases' : 'services';
    return `environments.${this.environment.name}.applications.${this.application.name}.${group}.${owner}`;
  }

  /**
   * The place of an application of the environment: this one where none is named.
   *
   * @throws ProblemsError when the environment has no such application
   */
  of(application: string | undefined, path: string): Place {
    if (application === undefined || application === this.application.name) return this;
    const known = this.others.get(application);
    if (known !== undefined) return known;
    const other = this.environment.applications.find(({ name }) => name === application);
    if (other === undefined)
      return this.refuse(path, `must name an application of ${this.environment.name}`, application);
    const place = new Place(this.environment, other, this.release, this.marks, this.seenFrom);
    this.others.set(application, place);
    return place;
  }

  /** The same place, as pods of a namespace of the environment see it. */
  from(namespace: string): Place {
    if (namespace === this.seenFrom) return this;
    return new Place(this.environment, this.application, this.release, this.marks, namespace);
  }

  /** @throws ProblemsError when the application has no such service or database */
  neighbour(name: string, path: string): Neighbour {
    return (
      this.neighbours.get(name) ??
      this.refuse(path, `must name a service or database of the application ${this.application.name}`, name)
    );
  }

  /**
   * Labels that select the pods of a service or database.
   *
   * @throws ProblemsError when the application has no such one, or it runs outside of the cluster
   */
  podLabels(name: string, path: string): Readonly<Record<string, string>> {
    const { peer } = this.neighbour(name, path);
    return peer.kind === 'pods'
      ? peer.labels
      : this.refuse(path, 'must name one that has pods; this one runs outside of the cluster', name);
  }

  /** @throws ProblemsError when the application has no such service or database, or that has no such port */
  port(of: string, name: string, path: string): NeighbourPort {
    const { ports } = this.neighbour(of, path);
    return (
      ports.get(name) ??
      this.refuse(path, `must name a port of "${of}": ${[...ports.keys()].join(', ') || 'it has none'}`, name)
    );
  }

  /** @throws ProblemsError when the application has no such database */
  database(name: string, path: string): Database | ExternalDatabase {
    return (
      this.databases.get(name) ??
      this.refuse(path, `must name a database of the application ${this.application.name}`, name)
    );
  }

  /** @throws ProblemsError when the application has no such claim */
  claim(name: string, path: string): Claim {
    return this.claims.get(name) ?? this.refuse(path, 'must name a claim of the same application', name);
  }

  /** @throws ProblemsError when the environment has no such credential in a Kubernetes Secret */
  credential(name: string, path: string): PodCredential {
    const credential = this.credentials.get(name);
    if (credential?.store.kind !== 'kubernetes')
      return this.refuse(path, 'must name a credential of the environment that is kept in a Kubernetes Secret', name);
    return { name, secretName: credential.store.secretName, generation: credential.generation ?? 1 };
  }

  /**
   * The reference that a pod spec carries.
   *
   * @throws ProblemsError when the release has no version of the artifact
   */
  image(source: ImageSource, path: string): string {
    if (typeof source === 'string') return source;
    const version = this.release.images[source.artifact];
    if (version !== undefined) return writeImageReference(version);
    const promote = `npx portolan promote ${this.environment.name}`;
    return this.refuse(
      path,
      `the release has no version of this artifact; bring one in with: ${promote} --image ${source.artifact}=IMAGE:TAG, or ${promote} --from ENVIRONMENT`,
      source.artifact,
    );
  }

  /**
   * A text with its references filled in.
   *
   * @throws ProblemsError when a reference leads nowhere
   */
  resolve(value: TextValue, path: string): string {
    if (typeof value === 'string') return value;
    return value.parts.map((part) => (typeof part === 'string' ? part : this.follow(part, path))).join('');
  }

  /** @throws ProblemsError always */
  refuse(path: string, message: string, given: unknown): never {
    throw new ProblemsError('the delivery', [{ path, message, given }]);
  }

  private follow(reference: Reference, path: string): string {
    const there = this.of(reference.application, path);
    if (reference.kind === 'port') return String(there.port(reference.of, reference.port, path).port);
    return there.neighbour(reference.of, path)[reference.kind];
  }
}

const byName = <Item extends { readonly name: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.name, item]));
