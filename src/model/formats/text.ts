/** A place in a string that the model fills in, so that a host or a port is never typed by hand. */
export type Reference =
  /** The in-cluster host name of a service or database, e.g. `dev-orders-db-svc`. */
  | {
      readonly kind: 'host';
      /** Name of the service or database. */
      readonly of: string;
      /** Name of its application. @default - the same */
      readonly application?: string;
    }
  /** The host without the environment's prefix, for programs that put `<namespace>-` in front themselves. */
  | {
      readonly kind: 'unprefixedHost';
      /** Name of the service or database. */
      readonly of: string;
      /** Name of its application. @default - the same */
      readonly application?: string;
    }
  /** The port number under which a service or database is reached, by the port's name. */
  | {
      readonly kind: 'port';
      /** Name of the service or database. */
      readonly of: string;
      /** Name of its port. */
      readonly port: string;
      /** Name of its application. @default - the same */
      readonly application?: string;
    };

/** A string with references in it; made by {@link text}. */
export interface Text {
  readonly kind: 'text';

  /** What it is put together from, in order. */
  readonly parts: readonly (string | Reference)[];
}

/** A plain string, or one with references in it. */
export type TextValue = string | Text;

/** Where a reference leads, beside the name: nothing for the application that it stands in. */
const inApplication = (application: string | undefined): Pick<Reference, 'application'> =>
  application === undefined ? {} : { application };

/**
 * Names the in-cluster host of a service or database.
 *
 * @param application - name of its application. @default - the same
 */
export const host = (of: string, application?: string): Reference => ({
  kind: 'host',
  of,
  ...inApplication(application),
});

/** Names the same host without the environment's prefix. */
export const unprefixedHost = (of: string, application?: string): Reference => ({
  kind: 'unprefixedHost',
  of,
  ...inApplication(application),
});

/** Names the port number of a service or database by the port's name. */
export const port = (of: string, name: string, application?: string): Reference => ({
  kind: 'port',
  of,
  port: name,
  ...inApplication(application),
});

/**
 * Writes a string with references in it.
 *
 * @example text`http://${host('orders')}:${port('orders', 'http')}/healthz`
 */
export function text(strings: TemplateStringsArray, ...references: readonly (Reference | string)[]): Text {
  const parts = strings.flatMap((literal, i) => [literal, ...references.slice(i, i + 1)]);
  return { kind: 'text', parts: parts.filter((part) => part !== '') };
}

/** The references that a text value holds; none for a plain string. */
export function referencesIn(value: TextValue): readonly Reference[] {
  return typeof value === 'string' ? [] : value.parts.filter((part): part is Reference => isReference(part));
}

/** What a text holds that is neither a string nor a reference: the types forbid it, and a program may hold it all the same. */
export const strangersIn = (value: TextValue): readonly unknown[] =>
  typeof value === 'string' ? [] : value.parts.filter((part) => typeof part !== 'string' && !isReference(part));

const isReference = (part: unknown): boolean =>
  typeof part === 'object' &&
  part !== null &&
  'of' in part &&
  'kind' in part &&
  (part.kind === 'host' || part.kind === 'unprefixedHost' || part.kind === 'port');
