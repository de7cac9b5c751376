import { PULL_SECRET_KEY, secretTypeOf, type Credential } from '../../model/credential.ts';
import { opsRepositoryOf, stageOf, type Delivery } from '../../model/delivery.ts';
import type { Environment } from '../../model/environment.ts';
import { writeMode } from '../../model/stage.ts';
import { engineOf, usualEngine } from '../../engines/engines.ts';
import { environmentBranch } from '../../model/names.ts';

type KubernetesCredential = Credential & { readonly store: { readonly kind: 'kubernetes' } };

/** An environment's credentials that are Kubernetes Secrets, in the order of their names. */
export const externalSecrets = (environment: Environment): readonly KubernetesCredential[] =>
  environment.credentials
    .filter((credential): credential is KubernetesCredential => credential.store.kind === 'kubernetes')
    .sort((a, b) => (a.store.secretName < b.store.secretName ? -1 : 1));

/** Namespace of an external Secret. */
export const secretNamespace = (environment: Environment, { store }: KubernetesCredential): string =>
  store.namespace ?? environment.namespace;

/** Writes the README.md of an environment's branch: what it is, who may write, how to roll back, which Secrets it needs. */
export function writeBranchReadme(delivery: Delivery, environment: Environment): string {
  const branch = environmentBranch(environment.name);
  return [
    `# ${delivery.name}: ${environment.name}`,
    `This branch, \`${branch}\`, holds what runs in the environment **${environment.name}** (namespace \`${environment.namespace}\`), rendered by Portolan.
Do not edit it by hand: Portolan stops at an edited file until it is told \`--discard-edits\`. A file that it never wrote it leaves alone
and names; where the cluster would get it, \`npx portolan verify ${environment.name}\` fails.`,
    `| file | what it is |
|---|---|
| \`release.yaml\` | which versions run here, how they came, who asked, holds |
| \`manifests/\` | what the cluster is made equal to |
| \`bootstrap/\` | what must exist before that: \`kubectl apply -f bootstrap/\`, or \`pulumi up --stack ${environment.name}\` |
| \`index.json\` | which files are Portolan's, and how it knows an edit |`,
    `## Who may write\n${whoMayWrite(delivery, environment)}`,
    `## Roll back
    npx portolan rollback ${environment.name}

brings the state before this one back, as a new commit, and keeps automation from undoing it. \`npx portolan history ${environment.name}\` lists
the earlier ones; \`--to REV\` takes one of them. \`npx portolan unhold ${environment.name}\` ends the hold.`,
    `## Secrets\n${secretsOf(delivery, environment)}`,
  ]
    .join('\n\n')
    .concat('\n');
}

function whoMayWrite(delivery: Delivery, environment: Environment): string {
  const stage = stageOf(delivery, environment.name);
  if (stage === undefined) return "Portolan's commands alone.";
  const writer = `Portolan's commands alone, with the credential \`${stage.write.credential}\``;
  const emergency =
    stage.emergency === undefined || stage.emergency.length === 0
      ? ''
      : ` In an emergency ${stage.emergency.join(', ')} may push past it; the release records it.`;
  switch (stage.gate.kind) {
    case 'none':
      return writeMode(stage) === 'pullRequest'
        ? `${writer}, through a pull request that nobody has to approve. ${onDisk}`
        : `${writer}.`;
    case 'checks':
      return `${writer}, once these checks pass: ${stage.gate.checks.join(', ')}.${emergency}`;
    case 'pullRequest':
      return `${writer}, through a pull request that ${count(stage.gate.approvals, 'person')} of ${stage.gate.approvers.join(', ')} approved.${emergency} ${onDisk}`;
    case 'humanTag':
      return `${writer}, when one of ${stage.gate.taggers.join(', ')} makes a tag like \`${stage.gate.pattern}\` on the commit that was built.${emergency} A change of the program waits for the next tag; a rollback, a hold and its end need none.`;
    case 'verification':
      return `${writer}, once the job \`${stage.gate.job}\` has passed.${emergency}`;
  }
}

/** Pull requests are the host's; a folder has none, and rights of its own. */
const onDisk = 'In a copy of this repository on a disk, whoever may write the folder may write the branch.';

const count = (number: number, word: 'person'): string => (number === 1 ? `one ${word}` : `${number} people`);

function secretsOf(delivery: Delivery, environment: Environment): string {
  const secrets = externalSecrets(environment);
  if (secrets.length === 0) return 'None.';
  const entries = secrets.map((credential) => {
    const keys = credential.store.keys.map((key) => `\`${key}\``).join(', ');
    const head = `\`${credential.store.secretName}\` in namespace \`${secretNamespace(environment, credential)}\`, ${credential.store.keys.length === 1 ? 'key' : 'keys'} ${keys}: for ${credential.holder}, ${credential.scope}.`;
    return `${head}\n\n${createLines(delivery, environment, credential)
      .map((line) => `    ${line}`)
      .join('\n')}`;
  });
  return `They must exist before the first sync and are not in this repository. \`pulumi up --stack ${environment.name}\` makes them; without Pulumi:\n\n${entries.join('\n\n')}`;
}

/** Keys whose values are files, and how kubectl reads them. */
const fromFiles: Readonly<Record<string, string>> = {
  sshPrivateKey: '--from-file=sshPrivateKey=PATH_OF_THE_KEY',
  [PULL_SECRET_KEY]: `--from-file=${PULL_SECRET_KEY}=PATH_OF_A_DOCKER_CONFIG_WITH_THIS_LOGIN_ALONE`,
};

function createLines(
  delivery: Delivery,
  environment: Environment,
  credential: KubernetesCredential,
): readonly string[] {
  const { secretName, keys } = credential.store;
  const where = `--namespace ${secretNamespace(environment, credential)}`;
  const ops = opsRepositoryOf(delivery, environment.name);
  const engine = engineOf(delivery, environment.name) ?? usualEngine;
  const binding = { delivery, environment, opsRepository: ops?.url ?? '' };
  const { labels = {}, fields = {} } = engine.repositorySecret(binding, credential) ?? {};
  const fixed = ops === undefined ? [] : textsOf(fields).map((field) => `--from-literal=${field}`);
  const given = keys
    .filter((key) => !fixed.some((option) => option.startsWith(`--from-literal=${key}=`)))
    .map((key) => fromFiles[key] ?? `--from-literal=${key}='VALUE'`);
  const type = secretTypeOf(credential);
  const options = [...(type === 'Opaque' ? [] : [`--type=${type}`]), ...fixed, ...given];
  const create = `kubectl create secret generic ${secretName} ${where} ${options.join(' ')}`;
  const marks = textsOf(labels);
  return marks.length === 0 ? [create] : [create, `kubectl label secret ${secretName} ${where} ${marks.join(' ')}`];
}

/** Each entry as `key=value`. */
const textsOf = (entries: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(entries).map(([key, value]) => `${key}=${value}`);
