import { describe, expect, test } from '@jest/globals';
import { answerOf, notedPlace, PlaceNotes } from '../../src/constructs/noted-place.ts';
import { Place } from '../../src/constructs/place.ts';
import { usualEngine } from '../../src/engines/engines.ts';
import { everyWord } from '../model/every-word.ts';
import { severalApplications } from '../support/several-applications.ts';

const placeOf = (application = 0, delivery = everyWord): Place => {
  const [environment] = delivery.environments;
  return new Place(
    environment!,
    environment!.applications[application]!,
    delivery.initialReleases[environment!.name]!,
    usualEngine.marks,
  );
};

/** What every member of a place is asked here: one that comes to it has to stand here, too. */
const asked: Readonly<Record<keyof Place, (place: Place) => unknown>> = {
  environment: ({ environment }) => environment.namespace,
  application: ({ application }) => application.name,
  release: ({ release }) => release,
  marks: ({ marks }) => marks,
  neighbours: ({ neighbours }) => neighbours,
  pathOf: (place) => place.pathOf('orders'),
  of: (place) => place.of('shop', '').neighbour('search', ''),
  from: (place) => place.from('elsewhere').neighbour('search', ''),
  neighbour: (place) => place.neighbour('payments', ''),
  podLabels: (place) => place.podLabels('payments', ''),
  port: (place) => place.port('orders', 'http', ''),
  database: (place) => place.database('orders-db', ''),
  claim: (place) => place.claim('uploads', ''),
  credential: (place) => place.credential('search-licence', ''),
  image: (place) => place.image({ artifact: 'search' }, ''),
  resolve: (place) => place.resolve({ kind: 'text', parts: ['http://', { kind: 'host', of: 'search' }] }, ''),
  refuse: (place) => {
    expect(() => place.refuse('a.path', 'must not be', 'given')).toThrow('a.path');
  },
};

/** Members that say nothing but what follows from the environment, the engine's marks and the application's name. */
const following: readonly (keyof Place)[] = ['environment', 'application', 'marks', 'credential', 'refuse'];

describe('a noted place', () => {
  test.each(Object.entries(asked) as [keyof Place, (place: Place) => unknown][])(
    'answers as the place does, and notes it or does not vouch for it: %s',
    (name, ask) => {
      const notes = new PlaceNotes();

      expect(ask(notedPlace(placeOf(), notes))).toEqual(ask(placeOf()));
      expect(notes.questions.length > 0 || !notes.isWhole).toBe(!following.includes(name));
    },
  );

  test('answers as the place does, and knows what it was asked', () => {
    const place = placeOf();
    const notes = new PlaceNotes();
    const noted = notedPlace(place, notes);

    expect(noted.port('orders', 'http', '')).toEqual(place.port('orders', 'http', ''));
    expect(noted.podLabels('payments', '')).toEqual(place.podLabels('payments', ''));
    expect(noted.claim('uploads', '')).toEqual(place.claim('uploads', ''));
    expect(noted.database('orders-db', '')).toEqual(place.database('orders-db', ''));
    expect(noted.image({ artifact: 'search' }, '')).toBe(place.image({ artifact: 'search' }, ''));
    expect(noted.image('busybox:1.37.0', '')).toBe('busybox:1.37.0');
    expect(noted.pathOf('orders')).toBe(place.pathOf('orders'));
    expect(noted.credential('search-licence', '')).toEqual(place.credential('search-licence', ''));
    const text = { kind: 'text', parts: ['http://', { kind: 'host', of: 'search' }] } as const;
    expect(noted.resolve(text, '')).toBe(place.resolve(text, ''));
    expect(noted.environment.namespace).toBe(place.environment.namespace);
    expect(noted.application.name).toBe(place.application.name);
    expect(noted.marks).toBe(place.marks);

    expect(notes.isWhole).toBe(true);
    expect(notes.questions.map((question) => question.join(' ').trim())).toEqual([
      'neighbour orders',
      'neighbour payments',
      'claim uploads',
      'database orders-db',
      'image search',
      'pathOf orders',
      'neighbour search',
    ]);
    for (const question of notes.questions) expect(answerOf(place, question)).toBeDefined();
    expect(answerOf(place, notes.questions[4]!)).toBe(place.image({ artifact: 'search' }, ''));
  });

  test('knows of which application it was asked', () => {
    const place = placeOf(0, severalApplications());
    const other = place.environment.applications[1]!;
    const { name } = other.services[0]!;
    const notes = new PlaceNotes();
    const there = notedPlace(place, notes).of(other.name, '');

    expect(there.neighbour(name, '')).toEqual(place.of(other.name, '').neighbour(name, ''));
    expect(there.of(undefined, '')).toBe(there);
    expect(notes.isWhole).toBe(true);
    expect(notes.questions).toEqual([[other.name, 'neighbour', name]]);
    expect(answerOf(place, notes.questions[0]!)).toEqual(place.of(other.name, '').neighbour(name, ''));
  });

  test.each<readonly [what: string, read: (place: Place) => unknown]>([
    ['what runs in the environment', ({ environment }) => environment.applications],
    ['the environment copied', ({ environment }) => ({ ...environment })],
    ['services of the application', ({ application }) => application.services],
    ['all neighbours', ({ neighbours }) => neighbours],
    ['the release', ({ release }) => release],
    ['how another namespace sees it', (place) => place.from('elsewhere')],
  ])('does not vouch for what was made where this was read: %s', (_, read) => {
    const place = placeOf();
    const notes = new PlaceNotes();

    expect(read(notedPlace(place, notes))).toEqual(read(place));
    expect(notes.isWhole).toBe(false);
  });

  test('has no answer where the place has none any more', () => {
    expect(() => answerOf(placeOf(), ['', 'claim', 'gone'])).toThrow('gone');
    expect(() => answerOf(placeOf(), ['gone', 'claim', 'uploads'])).toThrow('gone');
  });
});
