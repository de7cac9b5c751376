import { usualEngine } from '../../engines/engines.ts';
import type { Credential } from '../../model/credential.ts';
import type { Environment } from '../../model/environment.ts';
import type { Cluster, LiveObject } from '../cluster.ts';
import { fieldOf, textOf } from '../fields.ts';
import { lacks, ok, type Examined } from './examined.ts';

/** Label by which Argo CD finds its keys to repositories. */
const argoLabel = 'argocd.argoproj.io/secret-type';

/** Which environment's Secrets, and what Argo CD reads with one of them. */
interface SecretsQuestion {
  readonly environment: Environment;
  /** https URL of the ops repository. */
  readonly opsRepository: string;
}

/** Secrets that must be there, with a value for each key; Argo CD's with the label and the address by which it is found. */
export async function examineSecrets(cluster: Cluster, question: SecretsQuestion): Promise<readonly Examined[]> {
  return Promise.all(
    question.environment.credentials.flatMap((credential) =>
      credential.store.kind === 'kubernetes' ? [examineSecret(cluster, question, credential, credential.store)] : [],
    ),
  );
}

async function examineSecret(
  cluster: Cluster,
  { environment, opsRepository }: SecretsQuestion,
  { purpose }: Credential,
  { secretName: name, keys, namespace = environment.namespace }: Extract<Credential['store'], { kind: 'kubernetes' }>,
): Promise<Examined> {
  const subject = `Secret ${namespace}/${name}`;
  const [kubectl, up] = [
    `kubectl --context ${cluster.context} -n ${namespace}`,
    `pulumi up --stack ${environment.name}`,
  ];
  const live = await cluster.read('v1', 'Secret', name, namespace);
  const named = (some: readonly string[]): string => `${some.length === 1 ? 'key' : 'keys'} ${some.join(', ')}`;
  if (live === undefined)
    return lacks(
      subject,
      `is not there, with the ${named(keys)}; without Pulumi, README.md of the branch env/${environment.name} has the line`,
      up,
    );
  const missing = keys.filter((key) => fieldOf(live, 'data', key) === undefined);
  if (missing.length > 0) return lacks(subject, `has no ${named(missing)}`, `${up}\n${kubectl} edit secret ${name}`);
  const empty = keys.filter((key) => textOf(live, 'data', key) === '');
  if (empty.length > 0)
    return lacks(subject, `has nothing in the ${named(empty)}`, `${up}\n${kubectl} edit secret ${name}`);
  const unfound = purpose === 'gitRead' && namespace === 'argocd' ? whyUnfound(live, environment, opsRepository) : [];
  if (unfound.length === 0) return ok(subject);
  return lacks(
    subject,
    unfound.map(({ message }) => message).join('; '),
    [up, ...unfound.map(({ line }) => `${kubectl} ${line.replace('SECRET', name)}`)].join('\n'),
  );
}

/** Why Argo CD does not find its key to the ops repository, and the line for each reason. */
function whyUnfound(
  live: LiveObject,
  environment: Environment,
  opsRepository: string,
): readonly { readonly message: string; readonly line: string }[] {
  const label = live.metadata.labels?.[argoLabel];
  if (label !== 'repository')
    return [
      {
        message: `Argo CD does not find it without the label ${argoLabel}=repository`,
        line: `label secret SECRET --overwrite ${argoLabel}=repository`,
      },
    ];
  const [wanted, url] = [usualEngine.repositoryAddress(environment, opsRepository), textOf(live, 'data', 'url')];
  if (url === wanted) return [];
  return [
    {
      message: `opens ${url === '' ? 'no address' : url}, and Argo CD reads ${wanted}`,
      line: `patch secret SECRET -p '{"stringData":{"url":"${wanted}"}}'`,
    },
  ];
}
