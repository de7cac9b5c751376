import * as pulumi from '@pulumi/pulumi';
import { isPlainKey, type Credential } from '../model/credential.ts';
import type { Problem } from '../model/problem.ts';
import { configSetLine } from '../model/settings/stack-file.ts';
import { givenKeys, isGenerated } from './credential-keys.ts';

/**
 * The values of `portolan:secrets`. They leave this object as secret outputs alone, so that no log, error or state file can show one.
 */
export class StackSecrets {
  readonly #values: ReadonlyMap<string, ReadonlyMap<string, string>>;

  /** @param values - by credential name: the value of its only key, or one value for each key */
  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = new Map(
      Object.entries(values).map(([credential, value]) => [
        credential,
        new Map(
          typeof value === 'object' && value !== null
            ? Object.entries(value).map(([key, one]) => [key, String(one)])
            : [['', String(value)]],
        ),
      ]),
    );
  }

  /** Names of the credentials that have a value. */
  get credentials(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** Keys given for a credential; a value without a key counts for the only key that must be given. */
  keysOf(credential: Credential): readonly string[] {
    const keys = [...(this.#values.get(credential.name)?.keys() ?? [])];
    const wanted = givenKeys(credential);
    return keys.join() === '' && keys.length === 1 && wanted.length === 1 ? wanted : keys.filter((key) => key !== '');
  }

  /** Whether the value of a key was given. */
  has(credential: Credential, key: string): boolean {
    return this.#find(credential, key) !== undefined;
  }

  /** Whether the value of a key is this one; tells nothing else about it. */
  equals(credential: Credential, key: string, value: string): boolean {
    return this.#find(credential, key) === value;
  }

  /** What a reader says against the value of a key; nothing when it can be read, or was not given. The reader's message must not show the value. */
  objectionTo(credential: Credential, key: string, read: (value: string) => unknown): string | undefined {
    const value = this.#find(credential, key);
    try {
      if (value !== undefined) read(value);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** What a reader finds in the value of a key that is no secret; nothing where it finds none, or no value was given. */
  partOf<Part>(credential: Credential, key: string, read: (value: string) => Part): Part | undefined {
    const value = this.#find(credential, key);
    try {
      return value === undefined ? undefined : read(value);
    } catch {
      return undefined;
    }
  }

  /** The value of a key as a secret output. @throws when it was not given */
  output(credential: Credential, key: string): pulumi.Output<string> {
    const value = this.#find(credential, key);
    if (value === undefined) throw new Error(`portolan: credentials.${credential.name}: has no value for ${key}`);
    return pulumi.secret(value);
  }

  #find(credential: Credential, key: string): string | undefined {
    const values = this.#values.get(credential.name);
    return values?.get(key) ?? (givenKeys(credential).join() === key ? values?.get('') : undefined);
  }
}

/** Reads and decrypts `portolan:secrets` of the stack. */
export function readStackSecrets(config: pulumi.Config = new pulumi.Config('portolan')): Promise<StackSecrets> {
  const values = config.getSecretObject<Readonly<Record<string, unknown>>>('secrets');
  return values === undefined
    ? Promise.resolve(new StackSecrets({}))
    : new Promise((resolve) =>
        values.apply((plain) => {
          resolve(new StackSecrets(plain));
        }),
      );
}

/** The line that gives the value of a credential's key. */
export function giveLine(stack: string, credential: Credential, key: string): string {
  if (givenKeys(credential).length === 1)
    return configSetLine(stack, `portolan:secrets.${credential.name}`, { secret: true });
  return configSetLine(stack, `portolan:secrets.${credential.name}.${key}`, { secret: !isPlainKey(key) });
}

/**
 * What is missing from `portolan:secrets` of a stack, and what nobody uses.
 *
 * @param credentials - those whose values the stack puts in place
 */
export function secretProblems(
  stack: string,
  credentials: readonly Credential[],
  secrets: StackSecrets,
): readonly Problem[] {
  const place = `Pulumi.${stack}.yaml: config.portolan:secrets`;
  const missing = credentials
    .filter((credential) => !isGenerated(credential))
    .flatMap((credential) =>
      givenKeys(credential)
        .filter((key) => !secrets.has(credential, key))
        .map((key) => ({
          path: `${place}.${credential.name}`,
          message: `needs a value for ${key} (${credential.scope}); write it with: ${giveLine(stack, credential, key)}`,
        })),
    );
  const declared = new Map(credentials.map((credential) => [credential.name, credential]));
  const unused = secrets.credentials.flatMap((name) => {
    const credential = declared.get(name);
    if (credential === undefined) {
      const known = [...declared.keys()].join(', ');
      return [
        {
          path: `${place}.${name}`,
          message: `no credential of this stack has that name; remove it, or write one of: ${known === '' ? '(none)' : known}`,
        },
      ];
    }
    return secrets
      .keysOf(credential)
      .filter((key) => !givenKeys(credential).includes(key))
      .map((key) => ({
        path: `${place}.${name}.${key}`,
        message: `the credential has no such key; write one of: ${givenKeys(credential).join(', ')}`,
      }));
  });
  return [...missing, ...unused];
}
