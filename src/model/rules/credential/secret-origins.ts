import { TLS_SECRET_KEYS, type Credential } from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import { namespacesOf } from '../../derived/places/namespaces.ts';
import type { Environment } from '../../environment.ts';
import { listed } from '../../formats/listed.ts';
import type { Problem } from '../../problem.ts';
import type { SecretOrigin } from '../../secrets/secret-origin.ts';
import { oneOf } from '../../suggestion.ts';
import { credentialsIn } from '../place.ts';

const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const host = /^(?=.{1,253}$)(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** What `kubeseal` writes: base64, and never as short as a password. */
const sealed = /^[A-Za-z0-9+/]{64,}={0,2}$/;

/** A name for each key of the Secret, and for no other. */
const keyProblems = (
  path: string,
  given: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): readonly Problem[] => [
  ...keys
    .filter((key) => !Object.hasOwn(given, key))
    .map((key) => ({ path, message: `must hold the key "${key}" of the Secret too`, given: Object.keys(given) })),
  ...Object.keys(given)
    .filter((key) => !keys.includes(key))
    .map((key) => ({ path: `${path}.${key}`, message: `is no key of the Secret; write ${oneOf(keys)}`, given: key })),
];

function ofOrigin(at: string, origin: SecretOrigin, { purpose, store }: Credential): readonly Problem[] {
  switch (origin.kind) {
    case 'externalSecret': {
      const { refreshMinutes = 60, remote } = origin;
      return [
        ...(subdomain.test(origin.store)
          ? []
          : [{ path: `${at}.store`, message: 'must be the name of a store', given: origin.store }]),
        ...keyProblems(`${at}.remote`, remote, store.keys),
        ...Object.entries(remote).flatMap(([key, value]) =>
          value.key.trim() === ''
            ? [{ path: `${at}.remote.${key}.key`, message: 'must be a name of the store', given: value.key }]
            : [],
        ),
        ...(Number.isInteger(refreshMinutes) && refreshMinutes >= 1
          ? []
          : [{ path: `${at}.refreshMinutes`, message: 'must be a whole number, 1 or more', given: refreshMinutes }]),
      ];
    }
    case 'sealedSecret':
      return [
        ...keyProblems(`${at}.encrypted`, origin.encrypted, store.keys),
        // What is no sealed text may be a password: it is not shown.
        ...Object.entries(origin.encrypted).flatMap(([key, text]) =>
          sealed.test(text)
            ? []
            : [
                {
                  path: `${at}.encrypted.${key}`,
                  message: 'must be what kubeseal writes, base64 of 64 characters or more, and no value',
                },
              ],
        ),
      ];
    case 'certificate':
      return [
        ...(purpose === 'certificate'
          ? []
          : [
              {
                path: `${at}.kind`,
                message: `makes ${listed(TLS_SECRET_KEYS)} alone; write it for the purpose "certificate"`,
                given: purpose,
              },
            ]),
        ...(subdomain.test(origin.issuer)
          ? []
          : [{ path: `${at}.issuer`, message: 'must be the name of an issuer', given: origin.issuer }]),
        ...(origin.hosts.length === 0
          ? [{ path: `${at}.hosts`, message: 'must name at least one host', given: [] }]
          : []),
        ...origin.hosts.flatMap((name, i) =>
          host.test(name)
            ? []
            : [{ path: `${at}.hosts[${i}]`, message: 'must be a host name in lower case', given: name }],
        ),
      ];
  }
}

/** Where an object of ours may have a Secret be made: in a namespace of the environment, which renders it. */
function ofPlace(at: string, origin: SecretOrigin, { store }: Credential, environment: Environment | undefined) {
  if (store.kind !== 'kubernetes') return [];
  if (!environment?.applications.some(({ services }) => services.length > 0))
    return [
      {
        path: at,
        message: 'is rendered with the applications of an environment; declare it there, or write "external"',
        given: origin.kind,
      },
    ];
  const namespaces = namespacesOf(environment);
  return store.namespace === undefined || namespaces.includes(store.namespace)
    ? []
    : [
        {
          path: at,
          message: `makes Secrets of the environment's own namespaces alone; keep it in ${listed(namespaces, 'or')}, or write "external"`,
          given: store.namespace,
        },
      ];
}

/** What has a Secret be made in the cluster names each of its keys, and no value. */
export const secretOrigins = (delivery: Delivery): readonly Problem[] =>
  credentialsIn(delivery).flatMap(({ path, credential, environment }) => {
    const { origin } = credential;
    if (typeof origin !== 'object') return [];
    const at = `${path}.origin`;
    return [...ofPlace(at, origin, credential, environment), ...ofOrigin(at, origin, credential)];
  });
