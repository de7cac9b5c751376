import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shelf } from '../../charts/known-services.ts';
import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import type { SettledObjects } from '../../review/checks/run-checks.ts';
import { projectSchemasFolder } from '../../review/schema/custom/project-schemas.ts';
import { schemaNamesIn } from '../../review/schema/schema-files.ts';
import type { ObjectsPlace } from '../command.ts';
import { digestOf } from './digest.ts';
import { forget } from './kept-facts.ts';
import { ownKey } from './own-key.ts';
import { isSettledAt, ObjectShelf, fileTextAt, type PlaceOnShelf } from './object-shelf.ts';

/** Shelves beyond those that a start opens which are kept: of other releases, and of applications that are gone. */
const MOST_BESIDE = 1000;

/** What earlier starts made of services, and found nothing in. */
export class KeptObjects {
  readonly #shelves = new Map<string, ObjectShelf>();
  readonly #places = new WeakMap<KubernetesObject, PlaceOnShelf>();
  readonly #key = once(() => ownKey(this.env));
  /** Digest of the schemas, once objects were looked at. */
  #schemas: string | undefined;

  /**
   * @param folders - that hold the schemas
   * @param env - says where this user's key lies
   */
  constructor(
    private readonly place: ObjectsPlace,
    private readonly folders: { readonly packageFolder: string; readonly projectFolder: string },
    private readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  /**
   * Where the services of an application lie.
   *
   * @param release - a word for which releases it is rendered at: each has a shelf of its own
   * @returns nothing where nobody could tell who wrote it
   */
  shelf(environment: string, application: string, release: string): Shelf | undefined {
    const key = this.#key();
    if (key === undefined) return undefined;
    const name = digestOf([environment, application, release]) ?? '';
    const known = this.#shelves.get(name);
    if (known !== undefined) return known;
    const identity = [this.place.makers, environment, application, release];
    const shelf = new ObjectShelf(join(this.place.folder, name), identity, key, this.#places);
    this.#shelves.set(name, shelf);
    return shelf;
  }

  /** The objects of an environment in which nothing is found that follows from them and what surrounds them alone. */
  settledIn({ policies }: Delivery, { applications: _, ...environment }: Environment): SettledObjects {
    if (this.#shelves.size === 0) return new Set();
    this.#schemas ??= this.#digestOfSchemas();
    const under = this.#schemas === undefined ? undefined : digestOf([environment, policies, this.#schemas]);
    if (under === undefined) return new Set();
    return {
      has: (object) => {
        const place = this.#places.get(object);
        return place !== undefined && isSettledAt(place, under);
      },
      add: (object) => {
        const place = this.#places.get(object);
        place?.shelf.settle(place, under);
      },
    };
  }

  /** The text of the file of an object that lies on a shelf; undefined of all others. */
  textOf(object: KubernetesObject): string | undefined {
    const place = this.#places.get(object);
    return place === undefined ? undefined : fileTextAt(place);
  }

  /** Writes what is new. Where it cannot be written, the next start makes it again. */
  save(): void {
    const changed = [...this.#shelves.values()].filter(({ isChanged }) => isChanged);
    if (changed.length === 0) return;
    // What was found in objects was found by the schemas that lie there still, or nobody knows by which.
    if (this.#schemas !== undefined && this.#schemas !== this.#digestOfSchemas()) return;
    for (const shelf of changed)
      try {
        shelf.save();
      } catch {
        // A cache that others wrote, or a full disk.
      }
    this.#forgetOthers();
  }

  #forgetOthers(): void {
    try {
      forget(this.place.folder, (name) => !this.#shelves.has(name), MOST_BESIDE);
    } catch {
      // Another start may be tidying up at the same moment.
    }
  }

  /** A digest of all schemas; nothing where one cannot be read, which whoever needs it will say. */
  #digestOfSchemas(): string | undefined {
    const { packageFolder, projectFolder } = this.folders;
    const hash = createHash('sha256');
    try {
      for (const folder of [join(packageFolder, 'schemas'), join(projectFolder, projectSchemasFolder)])
        for (const name of existsSync(folder) ? schemaNamesIn(folder) : [])
          hash
            .update(`${name}\0`)
            .update(readFileSync(join(folder, name)))
            .update('\0');
      return hash.digest('hex');
    } catch {
      return undefined;
    }
  }
}

/** Worked out at the first question. */
function once<Answer>(answer: () => Answer): () => Answer {
  let known: { readonly answer: Answer } | undefined;
  return () => (known ??= { answer: answer() }).answer;
}
