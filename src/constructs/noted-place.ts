import type { Environment } from '../model/environment.ts';
import type { Application } from '../model/application.ts';
import type { Place } from './place.ts';

/** What a place can be asked that does not follow from its environment alone. */
const answers = {
  claim: (place: Place, name: string) => place.claim(name, ''),
  database: (place: Place, name: string) => place.database(name, ''),
  image: (place: Place, artifact: string) => place.image({ artifact }, ''),
  neighbour: (place: Place, name: string) => place.neighbour(name, ''),
  pathOf: (place: Place, name: string) => place.pathOf(name),
} as const;

/** A question to a place: of which application, empty for the place's own, what, and its name. */
export type PlaceQuestion = readonly [application: string, what: keyof typeof answers, name: string];

/** What was asked of a place while something was made in it. */
export class PlaceNotes {
  readonly #questions = new Map<string, PlaceQuestion>();
  /** Whether only these questions were asked, so that the same answers make the same. */
  isWhole = true;

  get questions(): readonly PlaceQuestion[] {
    return [...this.#questions.values()];
  }

  add(question: PlaceQuestion): void {
    this.#questions.set(question.join(' '), question);
  }
}

/**
 * What a place answers to a question.
 *
 * @throws ProblemsError where it has no such thing
 */
export const answerOf = (place: Place, [application, what, name]: PlaceQuestion): unknown =>
  answers[what](application === '' ? place : place.of(application, ''), name);

/**
 * The same place, which notes what it is asked. What is asked of its environment, but for the applications there, and of the engine's marks is not noted:
 * whoever compares answers knows them.
 *
 * @param application - whose place it is, where it is that of another application
 */
export function notedPlace(place: Place, notes: PlaceNotes, application = ''): Place {
  const noted = Object.create(place) as Place;
  const tell = (key: 'environment' | 'application' | 'release' | 'neighbours', value: unknown): void => {
    Object.defineProperty(noted, key, { get: () => value });
  };
  tell('environment', telling<Environment>(place.environment, ['applications'], notes));
  const others = Object.keys(place.application).filter((key) => key !== 'name') as (keyof Application)[];
  tell('application', telling<Application>(place.application, others, notes));
  for (const key of ['release', 'neighbours'] as const)
    Object.defineProperty(noted, key, {
      get() {
        notes.isWhole = false;
        return place[key];
      },
    });
  noted.claim = (name, path) => {
    notes.add([application, 'claim', name]);
    return place.claim(name, path);
  };
  noted.database = (name, path) => {
    notes.add([application, 'database', name]);
    return place.database(name, path);
  };
  noted.image = (source, path) => {
    if (typeof source !== 'string') notes.add([application, 'image', source.artifact]);
    return place.image(source, path);
  };
  noted.neighbour = (name, path) => {
    notes.add([application, 'neighbour', name]);
    return place.neighbour(name, path);
  };
  noted.pathOf = (owner) => {
    notes.add([application, 'pathOf', owner]);
    return place.pathOf(owner);
  };
  noted.of = (other, path) => {
    const there = place.of(other, path);
    return there === place ? noted : notedPlace(there, notes, there.application.name);
  };
  noted.from = (namespace) => {
    const there = place.from(namespace);
    if (there === place) return noted;
    // Hosts are others from there, and nobody would ask there again.
    notes.isWhole = false;
    return there;
  };
  return noted;
}

/** The same values; whether one of these is read is noted. */
function telling<Whole extends object>(whole: Whole, keys: readonly (keyof Whole)[], notes: PlaceNotes): Whole {
  const told = { ...whole };
  for (const key of keys)
    Object.defineProperty(told, key, {
      enumerable: true,
      get() {
        notes.isWhole = false;
        return whole[key];
      },
    });
  return told;
}
