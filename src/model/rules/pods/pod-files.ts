import type { Delivery } from '../../delivery.ts';
import { parseQuantity } from '../../formats/quantity.ts';
import type { FileItem, ProjectedSource, Volume } from '../../pods/volume.ts';
import type { Problem } from '../../problem.ts';
import { servicesIn, type ServicePlace } from '../place.ts';
import { checkName } from '../reference/known-names.ts';

/** Kubernetes gives no token for less. */
const leastTokenSeconds = 600;

const modeProblems = (path: string, mode: string | undefined): readonly Problem[] =>
  mode === undefined || /^0[0-7]{3}$/.test(mode)
    ? []
    : [{ path, message: 'must be a mode in octal, of a 0 and three digits, e.g. "0440"', given: mode }];

const pathProblems = (path: string, file: string): readonly Problem[] =>
  file !== '' && !file.startsWith('/') && !file.split('/').some((part) => part === '..' || part === '')
    ? []
    : [{ path, message: 'must be a path below the mount, without "..", e.g. "tls/ca.crt"', given: file }];

/** Keys that a volume may make files of; nothing where the reference leads nowhere, which another rule says. */
function keysOf(
  { service, environment }: ServicePlace,
  source: ProjectedSource | Volume,
): readonly string[] | undefined {
  if (source.kind === 'config') {
    const config = (service.configs ?? []).find(({ name }) => name === source.config);
    return config === undefined ? undefined : Object.keys(config.data);
  }
  if (source.kind !== 'secret') return undefined;
  return environment.credentials.find(({ name }) => name === source.credential)?.store.keys;
}

const itemProblems = (
  path: string,
  items: readonly FileItem[] | undefined,
  keys: readonly string[] | undefined,
): readonly Problem[] =>
  (items ?? []).flatMap((item, i) => [
    ...(keys === undefined ? [] : checkName(`${path}.items[${i}].key`, 'key of it', item.key, keys)),
    ...pathProblems(`${path}.items[${i}].path`, item.path),
    ...modeProblems(`${path}.items[${i}].mode`, item.mode),
  ]);

/** Paths of the files that a source makes; a source without items makes one of each key. */
function filesOf(place: ServicePlace, source: ProjectedSource | Volume): readonly string[] {
  switch (source.kind) {
    case 'config':
    case 'secret':
      return source.items?.map(({ path }) => path) ?? keysOf(place, source) ?? [];
    case 'downwardAPI':
      return source.items.map(({ path }) => path);
    case 'serviceAccountToken':
      return [source.path];
    case 'projected':
      return source.sources.flatMap((it) => filesOf(place, it));
    case 'claim':
    case 'claimPerReplica':
    case 'ephemeral':
    case 'node':
    case 'emptyDir':
      return [];
  }
}

function sourceProblems(place: ServicePlace, path: string, source: ProjectedSource): readonly Problem[] {
  switch (source.kind) {
    case 'config':
    case 'secret':
      return itemProblems(path, source.items, keysOf(place, source));
    case 'downwardAPI':
      return [
        ...(source.items.length === 0
          ? [{ path: `${path}.items`, message: 'must name at least one field', given: [] }]
          : []),
        ...source.items.flatMap((item, i) => pathProblems(`${path}.items[${i}].path`, item.path)),
      ];
    case 'serviceAccountToken': {
      const { audience, path: file, expirationSeconds: seconds = leastTokenSeconds } = source;
      return [
        ...(audience.trim() === ''
          ? [{ path: `${path}.audience`, message: 'must say whom the token is for, e.g. "vault"', given: audience }]
          : []),
        ...pathProblems(`${path}.path`, file),
        ...(Number.isInteger(seconds) && seconds >= leastTokenSeconds
          ? []
          : [
              {
                path: `${path}.expirationSeconds`,
                message: `must be a whole number, ${leastTokenSeconds} or more`,
                given: seconds,
              },
            ]),
      ];
    }
  }
}

function ownProblems(place: ServicePlace, at: string, volume: Volume): readonly Problem[] {
  switch (volume.kind) {
    case 'claim':
      return [];
    case 'config':
    case 'secret':
      return [
        ...itemProblems(at, volume.items, keysOf(place, volume)),
        ...modeProblems(`${at}.defaultMode`, volume.defaultMode),
      ];
    case 'projected':
      return [
        ...(volume.sources.length === 0
          ? [{ path: `${at}.sources`, message: 'must hold at least one source', given: [] }]
          : []),
        ...volume.sources.flatMap((source, i) => sourceProblems(place, `${at}.sources[${i}]`, source)),
        ...modeProblems(`${at}.defaultMode`, volume.defaultMode),
      ];
    case 'claimPerReplica':
    case 'ephemeral':
      return (parseQuantity(volume.size) ?? 0) > 0
        ? []
        : [
            {
              path: `${at}.size`,
              message: 'must be a Kubernetes quantity, e.g. "1Gi", above zero',
              given: volume.size,
            },
          ];
    case 'node':
      return /^\/(?!.*(?:\/\/|\/\.\.(?:\/|$)))./.test(volume.path)
        ? []
        : [
            {
              path: `${at}.path`,
              message: 'must be an absolute path of the node, without "..", e.g. "/var/log"',
              given: volume.path,
            },
          ];
    case 'emptyDir':
      return volume.medium === undefined || volume.sizeLimit !== undefined
        ? []
        : [
            {
              path: `${at}.sizeLimit`,
              message: 'must be said of a folder in memory: it may fill the node, e.g. "64Mi"',
            },
          ];
  }
}

function problemsOfVolume(place: ServicePlace, volume: Volume): readonly Problem[] {
  const at = `${place.path}.volumes.${volume.name}`;
  const files = filesOf(place, volume);
  const twice = files.filter((file, i) => files.indexOf(file) !== i);
  return [
    ...ownProblems(place, at, volume),
    ...[...new Set(twice)].map((given) => ({
      path: at,
      message: 'makes this file twice; give one another path',
      given,
    })),
  ];
}

/** The files of a pod's volumes come from keys that are there, lie below the mount, each once, and have a mode that Kubernetes takes. */
export const podFiles = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap((place) => (place.service.volumes ?? []).flatMap((it) => problemsOfVolume(place, it)));
