import { answerOf, notedPlace, PlaceNotes, type PlaceQuestion } from '../constructs/noted-place.ts';
import type { Traffic } from '../constructs/network/traffic.ts';
import type { Place } from '../constructs/place.ts';
import type { KubernetesObject } from '../model/application.ts';
import { neededByJobs, runsBefore } from '../model/pods/job-pods.ts';
import type { Service } from '../model/service.ts';

/** An object of a service as its construct made it, its keys in order, before any patch. */
export interface KnownObject {
  /** Path of the construct that made it, e.g. `dev/shop/orders/workload`. */
  readonly construct: string;
  readonly object: KubernetesObject;
  /** Name of the artifact behind each container image, by container name. @default - none */
  readonly artifacts?: Readonly<Record<string, string>>;
}

/** What a service came to, and everything that it was made of. */
export interface KnownService {
  /** Digest of the service and of what surrounds it. */
  readonly key: string;
  /** What else was asked while it was made. */
  readonly asked: readonly PlaceQuestion[];
  /** Digest of the answers. */
  readonly answers: string;
  readonly objects: readonly KnownObject[];
}

/** Where the services of one application lie as earlier starts made them, by name. */
export interface Shelf {
  recall(service: string): KnownService | undefined;
  /** @param texts - of the files of its objects, in their order */
  keep(service: string, known: KnownService, texts: readonly string[]): void;
  /** A digest of a value, of which two have the same only where nothing can tell them apart; undefined where it holds what is no data. */
  digestOf(value: unknown): string | undefined;
}

/** A service that was made now, with what it was made of. */
interface MadeNow {
  readonly place: Place;
  readonly key: string;
  readonly notes: PlaceNotes;
}

/** The services of an application that need not be made, because all that they are made of is as it was. */
export class KnownServices {
  readonly #around: string | undefined;
  /** What the jobs before a release need. @default - there are none */
  readonly #needed: ReadonlySet<string> | undefined;
  readonly #madeNow = new Map<string, MadeNow>();

  /** @param traffic - of each service and job of the application */
  constructor(
    place: Place,
    private readonly traffic: ReadonlyMap<string, Traffic>,
    private readonly shelf: Shelf,
  ) {
    const { application, marks } = place;
    const { applications: _, ...environment } = place.environment;
    this.#around = shelf.digestOf([environment, application.name, marks]);
    this.#needed = application.services.some(runsBefore) ? neededByJobs(application) : undefined;
  }

  /** What a service came to, when everything that it is made of is the same; undefined when it has to be made. */
  recall(service: Service, place: Place): readonly KnownObject[] | undefined {
    const known = this.shelf.recall(service.name);
    if (known === undefined || known.key !== this.#keyOf(service)) return undefined;
    return known.answers === this.#answersTo(known.asked, place) ? known.objects : undefined;
  }

  /** The place in which a service is to be made, so that it is known what it was made of. */
  noting(service: Service, place: Place): Place {
    const key = this.#keyOf(service);
    if (key === undefined) return place;
    const notes = new PlaceNotes();
    this.#madeNow.set(service.name, { place, key, notes });
    return notedPlace(place, notes);
  }

  /** Keeps what was made now, and can be told to be the same another time. @param madeOf - the objects of a service, and the texts of their files */
  keep(
    madeOf: (service: string) => { readonly objects: readonly KnownObject[]; readonly texts: readonly string[] },
  ): void {
    for (const [service, { place, key, notes }] of this.#madeNow) {
      const { questions: asked } = notes;
      const answers = notes.isWhole ? this.#answersTo(asked, place) : undefined;
      if (answers === undefined) continue;
      const { objects, texts } = madeOf(service);
      this.shelf.keep(service, { key, asked, answers, objects }, texts);
    }
  }

  /** Everything that is data: the service, who it talks to, and what becomes of its objects for the jobs of a release. */
  #keyOf(service: Service): string | undefined {
    if (this.#around === undefined) return undefined;
    const traffic = [service, ...(service.jobs ?? [])].map(({ name }) => this.traffic.get(name));
    return this.shelf.digestOf([this.#around, service, traffic, this.#needed?.has(service.name)]);
  }

  #answersTo(questions: readonly PlaceQuestion[], place: Place): string | undefined {
    try {
      return this.shelf.digestOf(questions.map((question) => answerOf(place, question)));
    } catch {
      // There is no such thing any more, which whoever makes the service will say.
      return undefined;
    }
  }
}
