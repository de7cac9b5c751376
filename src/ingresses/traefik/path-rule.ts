/** Which requests a route takes. */
export interface RequestMatch {
  /** Path from the root, e.g. `/dev/api`. */
  readonly path: string;
  /** Hosts of which one must be asked for. @default - any host */
  readonly hosts?: readonly string[];
  /** Takes the path itself and nothing below it. @default false */
  readonly exact?: boolean;
}

/**
 * The Traefik rule of a route. A path prefix ends at a path boundary: `/dev` takes `/dev` and `/dev/x`, not `/device`.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
 */
export function pathRule({ path, hosts = [], exact = false }: RequestMatch): string {
  const exactly = `Path(\`${path}\`)`;
  const rule = exact ? exactly : path === '/' ? 'PathPrefix(`/`)' : `${exactly} || PathPrefix(\`${path}/\`)`;
  if (hosts.length === 0) return rule;
  return `${grouped(hosts.map((host) => `Host(\`${host}\`)`).join(' || '))} && ${grouped(rule)}`;
}

const grouped = (rule: string): string => (rule.includes('||') ? `(${rule})` : rule);

/**
 * The priority of a route: the longer path wins, an exact path over the same one as a prefix, and a named host over any.
 *
 * The number is what Traefik itself would give the plain rule ``PathPrefix(`<path>`)``, so that routes of others on the same
 * entry point find their place between ours.
 */
export function priorityOf({ path, hosts = [], exact = false }: RequestMatch): number {
  return 'PathPrefix(``)'.length + path.length + (exact ? 1 : 0) + (hosts.length === 0 ? 0 : 1000);
}
