import { readAs, type Tools } from '../../render/tools.ts';
import { namespacesOf } from '../../model/derived/places/namespaces.ts';
import { isToolchain } from '../../model/derived/places/toolchains.ts';
import {
  isMadeInCluster,
  PULL_SECRET_KEY,
  secretTypeOf,
  SSH_SECRET_KEY,
  type Credential,
} from '../../model/credential.ts';
import { environmentOf, opsRepositoryOf, type Delivery } from '../../model/delivery.ts';
import {
  applicationsOf,
  branchOf,
  hasSeveral,
  holdsBootstrap,
  nameOf,
  stagesOf,
  typed,
  type Unit,
} from '../../model/derived/units.ts';
import type { Environment } from '../../model/environment.ts';
import { writeMode, type Stage } from '../../model/stage.ts';
import { engineOf, usualEngine } from '../../engines/engines.ts';
import { whatPodsMayDo } from './what-pods-may-do.ts';

type KubernetesCredential = Credential & { readonly store: { readonly kind: 'kubernetes' } };

/** An environment's credentials that are Kubernetes Secrets, in the order of their names. */
export const externalSecrets = (environment: Environment): readonly KubernetesCredential[] =>
  environment.credentials
    .filter((credential): credential is KubernetesCredential => credential.store.kind === 'kubernetes')
    .sort((a, b) => (a.store.secretName < b.store.secretName ? -1 : 1));

/** Namespace of an external Secret. */
export const secretNamespace = (environment: Environment, { store }: KubernetesCredential): string =>
  store.namespace ?? environment.namespace;

/** Writes the README.md of a unit's branch: what it is, who may write, how to roll back, which Secrets it needs. */
export function writeBranchReadme(delivery: Delivery, unit: Unit, tools?: Tools): string {
  const environment = environmentOf(delivery, unit.environment);
  const isReleased = applicationsOf(environment, unit).length > 0;
  const more = whatPodsMayDo(environment);
  return [
    `# ${delivery.name}: ${nameOf(unit)}`,
    `This branch, \`${unit.branch}\`, holds ${heldBy(environment, unit)} the ${isToolchain(environment) ? 'toolchain' : 'environment'} **${environment.name}** (${namespacesIn(environment)}), rendered by Portolan.
Do not edit it by hand: Portolan stops at an edited file until it is told \`--discard-edits\`. A file that it never wrote it leaves alone
and names; where the cluster would get it, \`npx portolan verify ${typed(unit)}\` fails.`,
    `| file | what it is |
|---|---|
${filesOf(environment, unit).join('\n')}`,
    `## Who may write\n${whoMayWrite(delivery, unit)}`,
    ...(isReleased
      ? [
          `## Roll back
    npx portolan rollback ${typed(unit)}

brings the state before this one back, as a new commit, and keeps automation from undoing it. \`npx portolan history ${typed(unit)}\` lists
the earlier ones; \`--to REV\` takes one of them. \`npx portolan unhold ${typed(unit)}\` ends the hold.`,
        ]
      : []),
    ...(holdsBootstrap(unit) && more !== undefined ? [`## What pods may do\n${more}`] : []),
    ...(holdsBootstrap(unit) ? [`## Secrets\n${secretsOf(delivery, environment, tools)}`] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The namespaces of an environment, in words. */
const namespacesIn = (environment: Environment): string => {
  const names = namespacesOf(environment).map((name) => `\`${name}\``);
  return `namespace${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
};

/** What a branch has of an environment. */
function heldBy(environment: Environment, { application, cluster }: Unit): string {
  if (application !== undefined)
    return `what runs of the application **${application}** in the cluster \`${cluster}\`, in`;
  if (!hasSeveral(environment)) return 'what runs in';
  const branches = environment.applications.map((it) => `\`${branchOf(environment, it)}\``);
  return `what ${branches.join(', ')} share in`;
}

function filesOf(environment: Environment, unit: Unit): readonly string[] {
  const bootstrap = `| \`bootstrap/\` | what must exist before ${hasSeveral(environment) ? 'the applications are followed' : 'that'}: \`kubectl apply -f bootstrap/\`, or \`pulumi up --stack ${environment.name}\` |`;
  const isReleased = applicationsOf(environment, unit).length > 0;
  return [
    isReleased && !isToolchain(environment)
      ? '| `release.yaml` | which versions run here, how they came, who asked, holds |'
      : `| \`release.yaml\` | which program rendered this, and who asked${isReleased ? ', holds' : ''} |`,
    ...(isReleased ? ['| `manifests/` | what the cluster is made equal to |'] : []),
    ...(holdsBootstrap(unit) ? [bootstrap] : []),
    "| `index.json` | which files are Portolan's, and how it knows an edit |",
  ];
}

/** Of what applications share, the strictest gate of their stages counts. */
function whoMayWrite(delivery: Delivery, unit: Unit): string {
  const stages = stagesOf(delivery, unit);
  const said = stages.map((stage) => whoMayWriteOn(stage));
  const [only = "Portolan's commands alone.", ...others] = [...new Set(said)];
  if (others.length === 0) return only;
  return stages.map((stage, i) => `For ${stage.application}: ${said[i] ?? ''}`).join('\n\n');
}

function whoMayWriteOn(stage: Stage): string {
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
    case 'pullRequest':
      return `${writer}, through a pull request that ${count(stage.gate.approvals, 'person')} of ${stage.gate.approvers.join(', ')} approved.${emergency} ${onDisk}`;
    case 'humanTag':
      return `${writer}, when one of ${stage.gate.taggers.join(', ')} makes a tag like \`${stage.gate.pattern}\` on the commit that was built.${emergency} A change of the program waits for the next tag; a rollback, a hold and its end need none.`;
  }
}

/** Pull requests are the host's; a folder has none, and rights of its own. */
const onDisk = 'In a copy of this repository on a disk, whoever may write the folder may write the branch.';

const count = (number: number, word: 'person'): string => (number === 1 ? `one ${word}` : `${number} people`);

/** Who makes a Secret in the cluster, and of what. */
function makerOf({ origin }: Credential): string {
  if (typeof origin !== 'object') return 'Something in the cluster makes it';
  switch (origin.kind) {
    case 'externalSecret':
      return `External Secrets makes it of the ${origin.storeKind ?? 'ClusterSecretStore'} \`${origin.store}\``;
    case 'sealedSecret':
      return 'The controller of sealed secrets makes it of what lies here, which it alone can read';
    case 'certificate':
      return `cert-manager makes it with the ${origin.issuerKind ?? 'ClusterIssuer'} \`${origin.issuer}\`, and renews it`;
  }
}

function secretsOf(delivery: Delivery, environment: Environment, tools: Tools | undefined): string {
  const secrets = externalSecrets(environment);
  if (secrets.length === 0) return 'None.';
  const entries = secrets.map((credential) => {
    const keys = credential.store.keys.map((key) => `\`${key}\``).join(', ');
    const head = `\`${credential.store.secretName}\` in namespace \`${secretNamespace(environment, credential)}\`, ${credential.store.keys.length === 1 ? 'key' : 'keys'} ${keys}: for ${credential.holder}, ${credential.scope}.`;
    if (isMadeInCluster(credential))
      return `${head} ${makerOf(credential)}; look with:\n\n    kubectl get secret ${credential.store.secretName} --namespace ${secretNamespace(environment, credential)}`;
    return `${head}\n\n${createLines(delivery, environment, credential, tools)
      .map((line) => `    ${line}`)
      .join('\n')}`;
  });
  return `They must exist before the first sync and are not in this repository. \`pulumi up --stack ${environment.name}\` makes them; without Pulumi:\n\n${entries.join('\n\n')}`;
}

/** Keys whose values are files, and how kubectl reads them. */
const fromFiles: Readonly<Record<string, string>> = {
  'tls.crt': '--from-file=tls.crt=PATH_OF_THE_CERTIFICATE',
  'tls.key': '--from-file=tls.key=PATH_OF_ITS_PRIVATE_KEY',
  [SSH_SECRET_KEY]: `--from-file=${SSH_SECRET_KEY}=PATH_OF_THE_KEY`,
  [PULL_SECRET_KEY]: `--from-file=${PULL_SECRET_KEY}=PATH_OF_A_DOCKER_CONFIG_WITH_THIS_LOGIN_ALONE`,
};

function createLines(
  delivery: Delivery,
  environment: Environment,
  credential: KubernetesCredential,
  tools: Tools | undefined,
): readonly string[] {
  const { secretName, keys } = credential.store;
  const where = `--namespace ${secretNamespace(environment, credential)}`;
  const ops = opsRepositoryOf(delivery, environment.name);
  const engine = engineOf(delivery, environment.name) ?? usualEngine;
  const binding = { delivery, environment, opsRepository: ops?.url ?? '' };
  const ofEngine = engine.repositorySecret(binding, credential);
  const needed = readAs(delivery, environment, credential, tools);
  const labels = { ...ofEngine?.labels, ...needed?.labels };
  const fields = { ...(ops === undefined ? {} : ofEngine?.fields), ...needed?.fields };
  const fixed = textsOf(fields).map((field) => `--from-literal=${field}`);
  const given = keys
    .filter((key) => !fixed.some((option) => option.startsWith(`--from-literal=${key}=`)))
    .map((key) =>
      key === engine.sshKey
        ? `--from-file=${key}=PATH_OF_THE_KEY`
        : (fromFiles[key] ?? `--from-literal=${key}='VALUE'`),
    );
  const type = secretTypeOf(credential);
  const options = [...(type === 'Opaque' ? [] : [`--type=${type}`]), ...fixed, ...given];
  const create = `kubectl create secret generic ${secretName} ${where} ${options.join(' ')}`;
  const mark = (verb: 'label' | 'annotate', marks: readonly string[]): readonly string[] =>
    marks.length === 0 ? [] : [`kubectl ${verb} secret ${secretName} ${where} ${marks.join(' ')}`];
  return [create, ...mark('label', textsOf(labels)), ...mark('annotate', textsOf(needed?.annotations ?? {}))];
}

/** Each entry as `key=value`, in quotes where a shell would part it. */
const textsOf = (entries: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(entries).map(([key, value]) => `${key}=${/^[\w@%+=:,./-]*$/.test(value) ? value : `'${value}'`}`);
