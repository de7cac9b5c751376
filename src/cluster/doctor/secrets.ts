import type { Binding } from '../../engines/binding.ts';
import type { AnyEngine } from '../../engines/engine.ts';
import type { KubernetesObject } from '../../model/application.ts';
import { isMadeInCluster, type Credential } from '../../model/credential.ts';
import type { Cluster } from '../../clients/kubernetes/cluster.ts';
import { fieldAt, textAt } from '../../objects/fields-at.ts';
import { readAs } from '../../render/tools.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import type { BootstrapQuestion } from './followed.ts';
import { lacks, ok, type Examined } from './examined.ts';

/** Secrets that must be there, with a value for each key; the engine's with what it is found by. */
export async function examineSecrets(
  cluster: Cluster,
  binding: Binding & Pick<BootstrapQuestion, 'tools'>,
  engine: AnyEngine,
): Promise<readonly Examined[]> {
  return Promise.all(
    binding.environment.credentials.flatMap((credential) =>
      credential.store.kind === 'kubernetes'
        ? [examineSecret(cluster, { binding, engine, credential }, credential.store)]
        : [],
    ),
  );
}

async function examineSecret(
  cluster: Cluster,
  {
    binding,
    engine,
    credential,
  }: {
    readonly binding: Binding & Pick<BootstrapQuestion, 'tools'>;
    readonly engine: AnyEngine;
    readonly credential: Credential;
  },
  {
    secretName: name,
    keys,
    namespace = binding.environment.namespace,
  }: Extract<Credential['store'], { kind: 'kubernetes' }>,
): Promise<Examined> {
  const { environment } = binding;
  const subject = `Secret ${namespace}/${name}`;
  const kubectl = `kubectl --context ${cluster.context} -n ${namespace}`;
  const live = await cluster.read('v1', 'Secret', name, namespace);
  if (isMadeInCluster(credential)) return madeInCluster(subject, keys, live, kubectl);
  const up = `pulumi up --stack ${environment.name}`;
  if (live === undefined)
    return lacks(
      subject,
      `is not there, with the ${named(keys)}; without Pulumi, README.md of the branch env/${environment.name} has the line`,
      up,
    );
  const missing = keys.filter((key) => fieldAt(live, 'data', key) === undefined);
  if (missing.length > 0) return lacks(subject, `has no ${named(missing)}`, `${up}\n${kubectl} edit secret ${name}`);
  const empty = keys.filter((key) => textAt(live, 'data', key) === '');
  if (empty.length > 0)
    return lacks(subject, `has nothing in the ${named(empty)}`, `${up}\n${kubectl} edit secret ${name}`);
  const unfound = [
    ...(engine.repositorySecret(binding, credential)?.unfound(live) ?? []),
    ...withoutMarks(live, readAs(binding.delivery, environment, credential, binding.tools)),
  ];
  if (unfound.length === 0) return ok(subject);
  return lacks(
    subject,
    unfound.map(({ message }) => message).join('; '),
    [up, ...unfound.map(({ line }) => `${kubectl} ${line}`)].join('\n'),
  );
}

const named = (some: readonly string[]): string => `${some.length === 1 ? 'key' : 'keys'} ${some.join(', ')}`;

/** What is said of a Secret that something in the cluster makes: whoever that is knows why there is none, and nobody has its value. */
function madeInCluster(
  subject: string,
  keys: readonly string[],
  live: KubernetesObject | undefined,
  kubectl: string,
): Examined {
  const who = 'what makes it in the cluster has not done so';
  const look = `${kubectl} get events --sort-by=.lastTimestamp`;
  if (live === undefined) return lacks(subject, `is not there, with the ${named(keys)}: ${who}`, look);
  const empty = keys.filter((key) => textAt(live, 'data', key) === '');
  return empty.length === 0 ? ok(subject) : lacks(subject, `has nothing in the ${named(empty)}: ${who}`, look);
}

/** Labels and annotations that a builder or a promoter finds it by, and that it lacks. */
const withoutMarks = (
  { metadata }: KubernetesObject,
  needed: NeededSecret | undefined,
): readonly { readonly message: string; readonly line: string }[] =>
  (
    [
      ['label', needed?.labels, metadata.labels],
      ['annotation', needed?.annotations, metadata.annotations],
    ] as const
  ).flatMap(([what, wanted = {}, there]) =>
    Object.entries(wanted)
      .filter(([key, value]) => there?.[key] !== value)
      .map(([key, value]) => ({
        message: `is not found by what reads it without the ${what} ${key}=${value}`,
        line: `${what === 'label' ? 'label' : 'annotate'} secret ${metadata.name} --overwrite ${key}=${value}`,
      })),
  );
