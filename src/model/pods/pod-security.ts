/** How much Pod Security lets pods do, each level more than the one before. */
export type PodSecurityLevel = 'restricted' | 'baseline' | 'privileged';

const levels: readonly PodSecurityLevel[] = ['restricted', 'baseline', 'privileged'];

/** The one capability that a container may have under "restricted". */
export const restrictedCapability = 'NET_BIND_SERVICE';

/**
 * Capabilities that a container may have under "baseline".
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export const baselineCapabilities: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  restrictedCapability,
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** Pods that may do more than Pod Security "restricted" lets them. */
export interface PodSecurity {
  /** How much more: root and the usual capabilities (`baseline`), or everything, also folders of the node (`privileged`). */
  readonly level: 'baseline' | 'privileged';
  /** Why less is not enough; shown to reviewers. */
  readonly reason: string;
}

/** What asks for a level, or enforces one: a service of its pods, an environment of its namespaces. */
interface Leveled {
  readonly podSecurity?: PodSecurity;
}

/** What of an environment says where its pods run. */
interface Place extends Leveled {
  readonly namespace: string;
  readonly namespaces?: readonly string[];
  readonly applications: readonly { readonly services: readonly Leveled[] }[];
}

/** Whether a namespace of one level lets in what another level asks for. */
export const admits = (enforced: PodSecurityLevel, asked: PodSecurityLevel): boolean =>
  levels.indexOf(enforced) >= levels.indexOf(asked);

/** What an environment's own namespaces enforce. */
export const ownLevel = ({ podSecurity }: Leveled): PodSecurityLevel => podSecurity?.level ?? 'restricted';

/** What the pods of a service ask for. */
export const askedBy = ({ podSecurity }: Leveled): PodSecurityLevel => podSecurity?.level ?? 'restricted';

/** Name of the namespace of an environment that admits more than its own. */
const besideOf = ({ namespace }: Place, level: PodSecurityLevel): string => `${namespace}-${level}`;

/**
 * Namespace that the pods of a service run in, with all that belongs to them: the environment's, or where that admits less than they ask
 * for one of the environment's beside it, `<namespace>-<level>`, which `bootstrap/` makes.
 */
export function namespaceOfService(environment: Place, service: Leveled): string {
  const asked = askedBy(service);
  return admits(ownLevel(environment), asked) ? environment.namespace : besideOf(environment, asked);
}

/** What {@link namespacesBeside} found: it is asked of each pod, and looks at all services. */
const foundBeside = new WeakMap<Place, readonly string[]>();

/** Namespaces of an environment that only pods are in which ask for more than its own admits, in the order of the levels. */
export function namespacesBeside(environment: Place): readonly string[] {
  const known = foundBeside.get(environment);
  if (known !== undefined) return known;
  const asked = new Set(environment.applications.flatMap(({ services }) => services.map(askedBy)));
  const found = levels
    .filter((level) => asked.has(level) && !admits(ownLevel(environment), level))
    .map((level) => besideOf(environment, level));
  foundBeside.set(environment, found);
  return found;
}

/** What a namespace of an environment enforces; one of somebody else's is held at the strictest level, since nobody here sets it. */
export function levelOfNamespace(environment: Place, namespace: string): PodSecurityLevel {
  if (namespace === environment.namespace || environment.namespaces?.includes(namespace) === true)
    return ownLevel(environment);
  const beside = namespacesBeside(environment).includes(namespace);
  return levels.find((level) => beside && besideOf(environment, level) === namespace) ?? 'restricted';
}
