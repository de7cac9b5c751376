import { engineOf, usualEngine } from '../engines/engines.ts';
import { ingressOf } from '../ingresses/ingresses.ts';
import { k3sDns, type Environment } from '../model/environment.ts';
import type { PodPeer } from '../model/network/pod-peer.ts';
import type { Dns } from '../model/network/dns.ts';
import { namespacesOf } from '../model/derived/places/namespaces.ts';
import { isToolchain } from '../model/derived/places/toolchains.ts';
import { levelOfNamespace } from '../model/pods/pod-security.ts';
import { groupOf } from '../render/file-path.ts';
import { needsIn } from '../render/tools.ts';
import { unlessForbidden, type Cluster } from '../clients/kubernetes/cluster.ts';
import { bootstrapLines } from './doctor/bootstrap-line.ts';
import { examineDefinitions } from './doctor/definitions.ts';
import { lacks, ok, type Examined } from './doctor/examined.ts';
import { examineBootstrap, examineNeeds, whoAmI, type BootstrapQuestion } from './doctor/followed.ts';
import { findOtherEngines } from './doctor/other-engines.ts';
import { findOrphans } from './doctor/orphans.ts';
import { examinePeer } from './doctor/peers.ts';
import { examineSecrets } from './doctor/secrets.ts';
import { examineNodes, examineStorageClasses } from './doctor/storage.ts';
import { textAt } from '../objects/fields-at.ts';
import { ailingBackups } from './live/ailing-backups.ts';

/** What the doctor looks at. */
export interface DoctorQuestion extends BootstrapQuestion {
  /** Milliseconds since 1970. @default Date.now() */
  readonly now?: number;
}

/**
 * Looks at everything an environment needs and does not bring itself, and at what nobody looks after. Reads only. What this account may not
 * ask is said in its place.
 *
 * @throws ClusterError when the cluster cannot be asked at all
 */
export async function examine(cluster: Cluster, question: DoctorQuestion): Promise<readonly Examined[]> {
  const { environment, rendered, now = Date.now() } = question;
  const engine = engineOf(question.delivery, environment.name) ?? usualEngine;
  const version = await examineKubernetes(cluster, environment);
  const looks: readonly (readonly [what: string, look: () => Promise<readonly Examined[]>])[] = [
    ...[...engine.needs(environment), ...needsIn(question.delivery, environment, question.tools)].map(
      (needs) => [needs.what, () => examineNeeds(cluster, needs)] as const,
    ),
    ...namespacesOf(environment).map(
      (namespace) => [`Namespace ${namespace}`, () => examineNamespace(cluster, environment, namespace)] as const,
    ),
    ...(environment.furtherNamespaces ?? []).map(
      (namespace) => [`Namespace ${namespace}`, () => examineFurther(cluster, environment, namespace)] as const,
    ),
    [engine.ownKinds, () => examineBootstrap(cluster, question, engine)],
    ['other engines', () => findOtherEngines(cluster, question)],
    ['the Secrets', () => examineSecrets(cluster, question, engine)],
    ['the storage classes', () => examineStorageClasses(cluster, rendered)],
    ['the nodes', () => examineNodes(cluster, environment.name, rendered)],
    ['the kinds', () => examineDefinitions(cluster, rendered)],
    ...dnsPods(environment).map(
      (peer) => ['the DNS server', () => examinePeer(cluster, 'the DNS server', peer, 'dns')] as const,
    ),
    ...controllersOf(environment, rendered).map(
      (peer) =>
        [
          'the ingress controller',
          () => examinePeer(cluster, 'the ingress controller', peer, 'ingress.controller'),
        ] as const,
    ),
    ...scrapersOf(environment).map(
      (peer) => ['the Prometheus', () => examinePeer(cluster, 'the Prometheus', peer, 'monitoring.scraper')] as const,
    ),
    ['the backups', () => examineBackups(cluster, environment, now)],
    ['what is orphaned', () => findOrphans(cluster, question, engine)],
  ];
  const rest = await Promise.all(
    looks.map(([what, look]) =>
      unlessForbidden(look, (why) => [lacks(what, `cannot be looked at: ${why}`, whoAmI(cluster))]),
    ),
  );
  return [version, ...rest.flat()];
}

/**
 * The pods that names are looked up at; servers that are no pods are not looked for, and no policy of ours lets the pods of a toolchain ask them.
 */
function dnsPods(environment: Environment): readonly PodPeer[] {
  const dns: Dns = environment.dns ?? k3sDns;
  return isToolchain(environment) || dns.kind === 'addresses' ? [] : [dns];
}

/** The pods that requests come in from; nothing where nothing is let in. */
function controllersOf(environment: Environment, { objects }: DoctorQuestion['rendered']): readonly PodPeer[] {
  const { groups, routes, modifiers, controller } = ingressOf(environment);
  const kinds = [...routes, ...modifiers];
  return objects.some(({ object }) => kinds.includes(object.kind) && Object.hasOwn(groups, groupOf(object)))
    ? [environment.ingress?.controller ?? controller]
    : [];
}

/** The pods that ask for metrics; nothing where nobody is asked. */
const scrapersOf = ({ applications, monitoring }: Environment): readonly PodPeer[] =>
  monitoring !== undefined && applications.some(({ services }) => services.some(({ metrics }) => metrics !== undefined))
    ? [monitoring.scraper]
    : [];

async function examineKubernetes(cluster: Cluster, environment: Environment): Promise<Examined> {
  const version = await cluster.version();
  const { oldest, newest } = environment.cluster.kubernetes;
  const subject = `Kubernetes ${version}`;
  const minor = (line: string): number => Number(line.split('.')[1]);
  if (minor(version) >= minor(oldest) && minor(version) <= minor(newest)) return ok(subject);
  return lacks(
    subject,
    `the environment declares ${oldest} to ${newest}; widen environments.${environment.name}.cluster.kubernetes`,
    'npx portolan check',
  );
}

async function examineNamespace(
  cluster: Cluster,
  environment: Environment,
  namespace: string,
): Promise<readonly Examined[]> {
  const subject = `Namespace ${namespace}`;
  const live = await cluster.read('v1', 'Namespace', namespace);
  const next = bootstrapLines(cluster.context, environment.name);
  if (live === undefined) return [lacks(subject, 'is not there', next)];
  const enforced = textAt(live, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
  const said = levelOfNamespace(environment, namespace);
  return [enforced === said ? ok(subject) : lacks(subject, `does not enforce Pod Security "${said}"`, next)];
}

/** A namespace of somebody else, in which objects of the environment lie too. */
async function examineFurther(
  cluster: Cluster,
  { name }: Environment,
  namespace: string,
): Promise<readonly Examined[]> {
  const subject = `Namespace ${namespace}`;
  if ((await cluster.read('v1', 'Namespace', namespace)) !== undefined) return [ok(subject)];
  return [
    lacks(
      subject,
      `is not there, and environments.${name}.furtherNamespaces says that somebody else makes it`,
      `kubectl --context ${cluster.context} create namespace ${namespace}`,
    ),
  ];
}

async function examineBackups(cluster: Cluster, environment: Environment, now: number): Promise<readonly Examined[]> {
  const ailing = await ailingBackups(cluster, environment, now);
  return ailing.map(({ object, message, next = whoAmI(cluster) }) => lacks(object, message, next));
}
