import {
  isPlainKey,
  isRunToken,
  KUBECONFIG_KEY,
  PULL_SECRET_KEY,
  TLS_SECRET_KEYS,
  type Credential,
} from '../../credential.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { chartLoginsIn } from '../charts/chart-logins.ts';
import { credentialsIn } from '../place.ts';
import { checkName, namesOf } from '../reference/known-names.ts';

const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
/** The name is part of a pod's annotation, `portolan/credential.<name>`, where Kubernetes leaves it this much. */
const credentialName = /^(?=.{1,52}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const actionsKey = /^(GITHUB_TOKEN|(?!GITHUB_)[A-Za-z_]\w*)$/;
const secretKey = /^[-._a-zA-Z0-9]{1,253}$/;

/** Most people and teams that GitHub takes for one environment. */
const mostApprovers = 6;

function approverProblems(
  path: string,
  { approvers, environment }: Extract<Credential['store'], { readonly kind: 'githubActions' }>,
  { actors }: Delivery,
): readonly Problem[] {
  if (approvers === undefined) return [];
  const people = actors.filter(({ kind }) => kind !== 'app');
  return [
    ...(environment === undefined
      ? [{ path, message: 'are asked by a GitHub environment alone; name one in store.environment', given: approvers }]
      : []),
    ...(approvers.length >= 1 && approvers.length <= mostApprovers
      ? []
      : [{ path, message: `must be 1 to ${mostApprovers} people or teams, or left out`, given: approvers }]),
    ...approvers.flatMap((name) => checkName(path, 'person or team', name, namesOf(people))),
  ];
}

function storeProblems(
  path: string,
  { store }: Credential,
  delivery: Delivery,
  inEnvironment: boolean,
): readonly Problem[] {
  const at = `${path}.store`;
  const problems: Problem[] = [];
  if (store.keys.length === 0) problems.push({ path: `${at}.keys`, message: 'must name at least one key', given: [] });
  const [pattern, must] =
    store.kind === 'kubernetes'
      ? ([secretKey, 'must be letters, digits, dots, dashes and underscores'] as const)
      : ([actionsKey, 'must be letters, digits and underscores, and must not begin with a digit or GITHUB_'] as const);
  for (const key of store.keys)
    if (!pattern.test(key)) problems.push({ path: `${at}.keys`, message: must, given: key });
  if (store.kind === 'githubActions')
    return [
      ...problems,
      ...checkName(`${at}.repository`, 'repository', store.repository, namesOf(delivery.repositories)),
      ...approverProblems(`${at}.approvers`, store, delivery),
    ];
  if (!subdomain.test(store.secretName))
    problems.push({
      path: `${at}.secretName`,
      message: 'must be lower-case letters, digits, dashes and dots',
      given: store.secretName,
    });
  if (!inEnvironment && store.namespace === undefined)
    problems.push({
      path: `${at}.namespace`,
      message: 'must be said for a credential of the delivery, which has no namespace of its own',
    });
  return problems;
}

/** A host, with a port where it has one; what the registry is called elsewhere is not what a login asks for. */
const host = /^(?=[^:]*[.]|localhost|[^:]+:)[a-z0-9]([-a-z0-9.]*[a-z0-9])?(:\d{1,5})?$/;

function registryProblems(path: string, credential: Credential, asks: boolean): readonly Problem[] {
  const { purpose, registry, store } = credential;
  const problems: Problem[] = [];
  if (purpose === 'registryRead' && store.kind === 'kubernetes' && !asks && store.keys.join() !== PULL_SECRET_KEY)
    problems.push({
      path: `${path}.store.keys`,
      message: `must be ["${PULL_SECRET_KEY}"], the one key of a Secret of type kubernetes.io/dockerconfigjson, because a kubelet reads no other to pull images`,
      given: store.keys,
    });
  if (
    purpose === 'certificate' &&
    store.kind === 'kubernetes' &&
    [...store.keys].sort().join() !== TLS_SECRET_KEYS.join()
  )
    problems.push({
      path: `${path}.store.keys`,
      message: `must be ${JSON.stringify(TLS_SECRET_KEYS)}, the keys of a Secret of type kubernetes.io/tls`,
      given: store.keys,
    });
  if (purpose === 'clusterRead' && (store.kind !== 'githubActions' || store.keys.join() !== KUBECONFIG_KEY))
    problems.push({
      path: `${path}.store`,
      message: `must be { kind: "githubActions", keys: ["${KUBECONFIG_KEY}"], … }: workflows alone ask a cluster with it`,
      given: store.kind === 'githubActions' ? store.keys : store.kind,
    });
  const isAccount = store.keys.length === 2 && store.keys.filter(isPlainKey).length === 1;
  if (purpose === 'registryPush' && store.kind === 'githubActions' && !isRunToken(credential) && !isAccount)
    problems.push({
      path: `${path}.store.keys`,
      message: 'must be two, the name of an account and its password, e.g. ["REGISTRY_USERNAME", "REGISTRY_TOKEN"]',
      given: store.keys,
    });
  if (registry === undefined) return problems;
  if (purpose !== 'registryPush')
    problems.push({
      path: `${path}.registry`,
      message: 'is for the purpose "registryPush" alone; leave it out',
      given: registry,
    });
  else if (!host.test(registry))
    problems.push({
      path: `${path}.registry`,
      message: 'must be the host of a registry, e.g. "ghcr.io", or "docker.io" for Docker Hub',
      given: registry,
    });
  else if (isRunToken(credential) && registry !== 'ghcr.io')
    problems.push({
      path: `${path}.registry`,
      message: 'must be "ghcr.io", because no other registry takes GITHUB_TOKEN',
      given: registry,
    });
  return problems;
}

const wordOf = (origin: NonNullable<Credential['origin']>): string =>
  typeof origin === 'object' ? origin.kind : origin;

/** What nothing in the cluster makes: what lies in GitHub, and the key that the repository must be told of too. */
function originProblems(path: string, { origin, store, purpose }: Credential): readonly Problem[] {
  if (origin !== 'external' && typeof origin !== 'object') return [];
  const at = `${path}.origin`;
  if (store.kind !== 'kubernetes')
    return [
      { path: at, message: 'must be "given": nothing in the cluster makes what GitHub keeps', given: wordOf(origin) },
    ];
  return purpose === 'gitRead'
    ? [
        {
          path: at,
          message: 'must be "given" for the purpose "gitRead": the repository must know the other half of the key',
          given: wordOf(origin),
        },
      ]
    : [];
}

/** Every credential is a complete reference: where it is, under which keys, which generation. */
export function credentialShape(delivery: Delivery): readonly Problem[] {
  // No kubelet reads what a registry is asked with: whoever asks says which keys it needs.
  const asking = new Set(delivery.supplies.flatMap(({ discovery }) => ('login' in discovery ? [discovery.login] : [])));
  const fetching = new Set(
    chartLoginsIn(delivery).map(({ environment, credential }) => `${environment.name}/${credential}`),
  );
  return credentialsIn(delivery).flatMap(({ path, credential, environment }) => {
    const { generation } = credential;
    return [
      ...(credentialName.test(credential.name)
        ? []
        : [
            {
              path: `${path}.name`,
              message: 'must be at most 52 lower-case letters, digits and dashes',
              given: credential.name,
            },
          ]),
      ...storeProblems(path, credential, delivery, environment !== undefined),
      ...registryProblems(
        path,
        credential,
        environment === undefined
          ? asking.has(credential.name)
          : fetching.has(`${environment.name}/${credential.name}`),
      ),
      ...originProblems(path, credential),
      ...(generation === undefined || (Number.isInteger(generation) && generation >= 1)
        ? []
        : [{ path: `${path}.generation`, message: 'must be a whole number, 1 or more', given: generation }]),
    ];
  });
}
