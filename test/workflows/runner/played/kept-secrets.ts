import { randomBytes } from 'node:crypto';
import { allActionsEnvironments } from '../../../../src/model/derived/actions-environments.ts';
import { isPlainKey, isRunToken, type Credential } from '../../../../src/model/credential.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { matchesPatterns } from '../../../../src/model/formats/git-pattern.ts';
import type { Value } from '../expression/value.ts';

/** Where a secret is kept, and whose it is. */
export interface KeptSecret {
  readonly credential: Credential;
  readonly key: string;
  value: string;
  /** Name of the repository in the delivery. */
  readonly repository: string;
  readonly environment: string;
}

/** What a job finds in `secrets` and in `vars`. */
export type Found = Readonly<Record<'secrets' | 'vars', Readonly<Record<string, Value>>>>;

/**
 * The GitHub environments of a delivery as Pulumi makes them: which refs may enter one, and what it keeps. Every value is made for this
 * run and is different in every place, so that a value tells where it was taken.
 */
export class KeptSecrets {
  readonly all: readonly KeptSecret[];
  readonly #plans: ReturnType<typeof allActionsEnvironments>;

  constructor(delivery: Delivery) {
    this.#plans = allActionsEnvironments(delivery);
    this.all = this.#plans.flatMap(({ repository, environment, credentials }) =>
      credentials.flatMap((credential) =>
        credential.store.keys
          .filter(() => !isRunToken(credential))
          .map((key) => ({
            credential,
            key,
            value: `${credential.name}.${key}.${randomBytes(12).toString('hex')}`,
            repository: repository.name,
            environment,
          })),
      ),
    );
  }

  /** Gives a secret a value that means something: what is behind it is played too. */
  fill(credential: string, key: string, value: string): void {
    const kept = this.all.filter((one) => one.credential.name === credential && one.key === key);
    if (kept.length === 0) throw new Error(`nothing keeps the key ${key} of ${credential}`);
    for (const one of kept) one.value = value;
  }

  /**
   * What a job finds that runs on a ref in a GitHub environment.
   *
   * @param ref - whole, e.g. `refs/heads/main` or `refs/pull/7/merge`
   * @throws when nobody makes the environment, or when it does not let the ref in
   */
  enter(repository: string, environment: string | undefined, ref: string): Found {
    if (environment === undefined) return { secrets: {}, vars: {} };
    const plan = this.#plans.find((one) => one.repository.name === repository && one.environment === environment);
    if (plan === undefined) throw new Error(`nobody makes the GitHub environment ${environment} of ${repository}`);
    const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
    const isIn =
      kind === 'tags'
        ? matchesPatterns(plan.tags, name)
        : matchesPatterns(plan.branches, kind === 'heads' ? name : ref);
    if (!isIn) throw new Error(`${ref} of ${repository} is not allowed to deploy to ${environment}`);
    const kept = this.all.filter((one) => one.repository === repository && one.environment === environment);
    const those = (isPlain: boolean): Readonly<Record<string, string>> =>
      Object.fromEntries(kept.filter(({ key }) => isPlainKey(key) === isPlain).map(({ key, value }) => [key, value]));
    return { secrets: those(false), vars: those(true) };
  }
}
