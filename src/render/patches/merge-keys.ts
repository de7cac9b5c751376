const inContainers: Readonly<Record<string, readonly string[]>> = {
  env: ['name'],
  ports: ['containerPort', 'protocol'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
};

const inHeaderModifiers: Readonly<Record<string, readonly string[]>> = { add: ['name'], set: ['name'] };

/**
 * Fields whose values tell the entries of a list apart, for the lists of Kubernetes' own kinds that have such fields; by the field
 * that the list lies in, and its own.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy and the schemas of Kubernetes 1.36
 */
const keysOfLists: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '': {
    secrets: ['name'],
    webhooks: ['name'],
  },
  containers: inContainers,
  ephemeralContainers: inContainers,
  initContainers: inContainers,
  matches: { headers: ['name'], queryParams: ['name'] },
  requestHeaderModifier: inHeaderModifiers,
  resources: { claims: ['name'] },
  responseHeaderModifier: inHeaderModifiers,
  spec: {
    containers: ['name'],
    ephemeralContainers: ['name'],
    hostAliases: ['ip'],
    imagePullSecrets: ['name'],
    initContainers: ['name'],
    matchConditions: ['name'],
    ports: ['port', 'protocol'],
    resourceClaims: ['name'],
    schedulingGates: ['name'],
    topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
    volumes: ['name'],
  },
  webhooks: { matchConditions: ['name'] },
};

/**
 * Fields that tell the entries of a list apart; nothing where only their position does.
 *
 * @param within - the nearest field around it, e.g. `containers` for the variables of a container; empty at the object's root
 */
export const mergeKeys = (within: string, field: string): readonly string[] | undefined => keysOfLists[within]?.[field];

/** What Kubernetes writes where a key is left out. */
const left: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** The values of an entry's keys, as one text; nothing where one of them is missing. */
export function keyOfEntry(entry: Readonly<Record<string, unknown>>, keys: readonly string[]): string | undefined {
  const values = keys.map((key) => entry[key] ?? left[key]);
  const named = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  return named.length < keys.length ? undefined : named.join('/');
}
