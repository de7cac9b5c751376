import { basename } from 'node:path';
import { everyEngine } from '../../engines/engines.ts';
import type { Answers } from '../../init/answers.ts';
import { engineNamespaceOf } from '../../model/environment.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** What a person said; the rest is guessed. */
export interface InitWords {
  readonly registry?: string;
  readonly host?: string;
  readonly environments?: string;
  readonly engine?: string;
  readonly pulumi: boolean;
}

/** Words that `--engine` takes, the usual one first. */
export const engineWords: readonly string[] = everyEngine.map(({ kind }) => kind);

/** A cluster as the new project says it. */
const newCluster = { name: 'cluster', kubernetes: { oldest: '1.30', newest: '1.36' } } as const;

/** Names that hosts of repositories, Kubernetes and npm all take. */
const plainName = /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/;

/**
 * Everything that `init` has to know: said, or guessed from the folder's name and from who is logged in.
 *
 * @param folder - absolute; its name is the system's
 * @param user - whose repositories they are, where the registry does not tell @default - `acme`
 * @throws UsageError for a word that cannot be used
 */
export function answersFrom(folder: string, said: InitWords, user = 'acme'): Answers {
  const name = basename(folder);
  if (!plainName.test(name))
    throw new UsageError(
      `DIR: its name is the system's, so it must be lower-case letters, digits and "-", e.g. shop, got "${name}"`,
    );
  const registry = said.registry ?? `ghcr.io/${user.toLowerCase()}`;
  if (!/^[a-z0-9]+([._-]+[a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(registry))
    throw new UsageError(`--registry: must be a host and an owner in lower case, e.g. ghcr.io/acme, got "${registry}"`);
  const environments = (said.environments ?? 'dev,prod').split(',');
  const wrong = environments.find(
    (it, i) => !plainName.test(it) || it === 'platform' || environments.indexOf(it) !== i,
  );
  if (wrong !== undefined)
    throw new UsageError(
      `--environments: must be different names in lower case, with commas between them, and not "platform", e.g. dev,prod, got "${wrong}"`,
    );
  const word = said.engine ?? engineWords[0];
  const engine = everyEngine.find(({ kind }) => kind === word);
  if (engine === undefined)
    throw new UsageError(`--engine: must be one of ${engineWords.join(', ')}, got "${word ?? ''}"`);
  const host = said.host ?? `${name}.example.com`;
  if (!/^(?=.{4,200}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(host))
    throw new UsageError(`--host: must be a host in lower case, e.g. shop.example.com, got "${host}"`);
  const owner = /^ghcr\.io\/([^/]+)/.exec(registry)?.[1] ?? user;
  const follower = {
    title: engine.title,
    engine: engine.usual,
    namespace: engineNamespaceOf({ cluster: newCluster }, engine.kind),
    key: engine.sshKey,
  };
  return { name, registry, owner, host, environments, follower, pulumi: said.pulumi };
}
