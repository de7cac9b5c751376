import type { CheckInput } from '../check.ts';
import { fieldsOf, itemsOf, textOf, valueAt } from '../fields.ts';

/** Annotations that ask cert-manager for a certificate. */
const issuers: ReadonlySet<string> = new Set(['cert-manager.io/issuer', 'cert-manager.io/cluster-issuer']);

/** Keys of the Secrets that exist: declared credentials, and what controllers make from rendered objects. */
export class DeclaredSecrets {
  /** Keys by `namespace/name`; `undefined` where only the cluster knows them. */
  readonly #keys = new Map<string, ReadonlySet<string> | undefined>();

  constructor({ delivery, environment, objects }: CheckInput) {
    for (const { store } of [...delivery.credentials, ...environment.credentials]) {
      if (store.kind === 'kubernetes')
        this.#add(store.namespace ?? environment.namespace, store.secretName, store.keys);
    }
    for (const { object } of objects.ofKind('Secret')) {
      this.#add(
        objects.namespaceOf(object),
        object.metadata.name,
        Object.keys({ ...fieldsOf(object['data']), ...fieldsOf(object['stringData']) }),
      );
    }
    // What cert-manager makes a certificate for, it keeps where the Ingress says.
    for (const { object } of objects.ofKind('Ingress')) {
      if (!Object.keys(object.metadata.annotations ?? {}).some((key) => issuers.has(key))) continue;
      for (const tls of itemsOf(valueAt(object, 'spec', 'tls'))) {
        const name = textOf(valueAt(tls, 'secretName'));
        if (name !== undefined) this.#keys.set(`${objects.namespaceOf(object)}/${name}`, undefined);
      }
    }
    for (const { object } of objects.ofKind(
      'ExternalSecret.external-secrets.io',
      'SealedSecret.bitnami.com',
      'Certificate.cert-manager.io',
    )) {
      const name =
        textOf(valueAt(object, 'spec', 'target', 'name')) ??
        textOf(valueAt(object, 'spec', 'secretName')) ??
        object.metadata.name;
      // What a credential says of its keys holds, whoever makes it.
      const id = `${objects.namespaceOf(object)}/${name}`;
      if (!this.#keys.has(id)) this.#keys.set(id, undefined);
    }
  }

  #add(namespace: string, name: string, keys: readonly string[]): void {
    const id = `${namespace}/${name}`;
    if (this.#keys.has(id) && this.#keys.get(id) === undefined) return;
    this.#keys.set(id, new Set([...(this.#keys.get(id) ?? []), ...keys]));
  }

  has(namespace: string, name: string): boolean {
    return this.#keys.has(`${namespace}/${name}`);
  }

  /** Keys of a Secret that exists. @returns nothing when only the cluster knows them */
  keysOf(namespace: string, name: string): ReadonlySet<string> | undefined {
    return this.#keys.get(`${namespace}/${name}`);
  }

  /** Names of the Secrets of a namespace. */
  namesIn(namespace: string): readonly string[] {
    const start = `${namespace}/`;
    return [...this.#keys.keys()].filter((id) => id.startsWith(start)).map((id) => id.slice(start.length));
  }
}
