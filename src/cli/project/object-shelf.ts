import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { KnownService, Shelf } from '../../charts/known-services.ts';
import type { KubernetesObject } from '../../model/application.ts';
import { digestOf } from './digest.ts';
import { draftOf } from './draft-of.ts';

/** Where an object lies. */
export interface PlaceOnShelf {
  readonly shelf: ObjectShelf;
  readonly kept: Kept;
  /** Which of the service's objects it is. */
  readonly index: number;
}

/** A service as it lies on a shelf: parsed when it is asked for. */
interface Kept {
  /** As JSON. */
  readonly service: string;
  /** The texts of its objects' files, as JSON. */
  readonly texts: string;
  /** The same, once it was asked for. */
  parsed?: readonly string[];
  settled: Settled;
}

/** In which of a service's objects nothing was found, and by whom. */
interface Settled {
  /** Digest of what surrounded them. Empty where nobody looked yet. */
  readonly under: string;
  readonly objects: readonly boolean[];
}

const LINES = 3;

/**
 * One file with what the services of one application came to: a line that signs the rest, one that says whose they are, and three for each service. It is
 * read whole and written whole, into its place at once.
 */
export class ObjectShelf implements Shelf {
  readonly #kept = new Map<string, Kept>();
  readonly #used = new Set<string>();
  #isChanged = false;

  readonly digestOf = digestOf;

  /**
   * @param identity - of the program, and of whose services lie here
   * @param places - of every object on any shelf, which this one adds its own to
   */
  constructor(
    private readonly file: string,
    private readonly identity: readonly string[],
    private readonly key: Buffer,
    private readonly places: WeakMap<KubernetesObject, PlaceOnShelf>,
  ) {
    for (const [name, kept] of this.#read()) this.#kept.set(name, kept);
  }

  recall(name: string): KnownService | undefined {
    const kept = this.#kept.get(name);
    if (kept === undefined) return undefined;
    this.#used.add(name);
    const service = JSON.parse(kept.service) as KnownService;
    this.#place(kept, service);
    return service;
  }

  keep(name: string, service: KnownService, texts: readonly string[]): void {
    if (!isJson(service.objects)) return;
    const kept: Kept = {
      service: JSON.stringify(service),
      texts: JSON.stringify(texts),
      settled: { under: '', objects: [] },
    };
    this.#kept.set(name, kept);
    this.#used.add(name);
    this.#place(kept, service);
    this.#isChanged = true;
  }

  /** Notes that nothing was found in an object of this shelf. @param under - digest of what surrounds it, those who look included */
  settle({ kept, index }: PlaceOnShelf, under: string): void {
    const before = kept.settled.under === under ? kept.settled.objects : [];
    if (before[index] === true) return;
    const objects = Array.from({ length: Math.max(before.length, index + 1) }, (_, i) => before[i] ?? false);
    objects[index] = true;
    kept.settled = { under, objects };
    this.#isChanged = true;
  }

  /** Whether there is anything to write. */
  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** Writes it all. @throws where it cannot */
  save(): void {
    const kept = [...this.#kept].filter(([name]) => this.#used.has(name));
    const body = Buffer.from(
      [
        JSON.stringify({ identity: this.identity, names: kept.map(([name]) => name) }),
        ...kept.flatMap(([, { service, texts, settled }]) => [service, texts, JSON.stringify(settled)]),
      ].join('\n'),
    );
    const draft = draftOf(this.file);
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(draft, Buffer.concat([Buffer.from(`${this.#signatureOf(body).toString('hex')}\n`), body]), {
        flag: 'wx',
      });
      renameSync(draft, this.file);
      this.#isChanged = false;
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** What lies in the file; nothing where it is not as a program of this user wrote it, for these very services. */
  #read(): readonly (readonly [name: string, kept: Kept])[] {
    try {
      const bytes = readFileSync(this.file);
      const start = bytes.indexOf('\n') + 1;
      const body = bytes.subarray(start);
      const signature = Buffer.from(bytes.toString('latin1', 0, start - 1), 'hex');
      if (!timingSafeEqual(signature, this.#signatureOf(body))) return [];
      const [head = '', ...lines] = body.toString('utf8').split('\n');
      const { identity, names } = JSON.parse(head) as {
        readonly identity: readonly string[];
        readonly names: readonly string[];
      };
      if (JSON.stringify(identity) !== JSON.stringify(this.identity)) return [];
      return names.map((name, i) => {
        const [service = '', texts = '', settled = ''] = lines.slice(i * LINES, (i + 1) * LINES);
        return [name, { service, texts, settled: JSON.parse(settled) as Settled }] as const;
      });
    } catch {
      // Nothing was kept yet, or it is cut off.
      return [];
    }
  }

  #place(kept: Kept, { objects }: KnownService): void {
    for (const [index, { object }] of objects.entries()) this.places.set(object, { shelf: this, kept, index });
  }

  #signatureOf(body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(body).digest();
  }
}

/** The text of an object's file. */
export function fileTextAt({ kept, index }: PlaceOnShelf): string | undefined {
  kept.parsed ??= JSON.parse(kept.texts) as readonly string[];
  return kept.parsed[index];
}

/** Whether nothing was found in an object under the same surroundings. */
export const isSettledAt = ({ kept: { settled }, index }: PlaceOnShelf, under: string): boolean =>
  settled.under === under && settled.objects[index] === true;

/** Whether a value is the same when it was written as JSON and read again. */
function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isJson) && Object.keys(value).length === value.length;
      return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
    default:
      return false;
  }
}
