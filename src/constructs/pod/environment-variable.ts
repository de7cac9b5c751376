import { k8s } from 'cdk8s-plus-28';
import { envSourceOf, type EnvSource, type EnvValue } from '../../model/container.ts';
import { objectName } from '../../model/names.ts';
import { defaultPasswordKey } from '../neighbour.ts';
import type { Place } from '../place.ts';
import { present } from '../present.ts';

/** One environment variable. A secret value is only ever referenced. */
export function environmentVariable(place: Place, name: string, value: EnvValue, path: string): k8s.EnvVar {
  if (typeof value === 'string' || value.kind === 'text') return { name, value: place.resolve(value, path) };
  switch (value.kind) {
    case 'field':
      return { name, valueFrom: { fieldRef: { fieldPath: value.path } } };
    case 'label':
      return { name, valueFrom: { fieldRef: { fieldPath: `metadata.labels['${value.key}']` } } };
    case 'resource':
      return {
        name,
        valueFrom: {
          resourceFieldRef: present({
            resource: value.resource,
            containerName: value.container,
            divisor: value.divisor === undefined ? undefined : k8s.Quantity.fromString(value.divisor),
          }),
        },
      };
    case 'secret':
      return fromSecret(name, place.credential(value.credential, path).secretName, value.key);
    case 'database': {
      const there = place.of(value.application, path);
      const database = there.database(value.of, path);
      switch (value.property) {
        case 'host':
          return { name, value: there.neighbour(value.of, path).host };
        case 'port':
          return { name, value: String([...there.neighbour(value.of, path).ports.values()][0]?.port) };
        case 'name':
          return { name, value: database.database };
        case 'user':
          return { name, value: database.user };
        case 'password':
          return fromSecret(
            name,
            place.credential(database.credential, path).secretName,
            database.passwordKey ?? defaultPasswordKey,
          );
      }
    }
  }
}

/** An environment variable whose value is a key of a Secret. */
export const fromSecret = (name: string, secretName: string, key: string): k8s.EnvVar => ({
  name,
  valueFrom: { secretKeyRef: { name: secretName, key } },
});

/** The keys of a ConfigMap or a Secret as environment variables. */
export function environmentSource(place: Place, given: string | EnvSource, path: string): k8s.EnvFromSource {
  const source = envSourceOf(given);
  return present({
    prefix: source.prefix,
    configMapRef: source.kind === 'config' ? { name: objectName(place.environment, source.config) } : undefined,
    secretRef: source.kind === 'secret' ? { name: place.credential(source.credential, path).secretName } : undefined,
  });
}

/** Name of the credential that an environment variable takes its value from, when it takes it from one. */
export function credentialBehind(place: Place, value: EnvValue, path: string): string | undefined {
  if (typeof value === 'string') return undefined;
  if (value.kind === 'secret') return value.credential;
  return value.kind === 'database' && value.property === 'password'
    ? place.of(value.application, path).database(value.of, path).credential
    : undefined;
}
