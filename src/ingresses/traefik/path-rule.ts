/** Which requests a route takes. */
export interface RequestMatch {
  /** Path from the root, e.g. `/dev/api`. */
  readonly path: string;
  /** @default - any host */
  readonly host?: string | undefined;
  /** Takes the path itself and nothing below it. @default false */
  readonly exact?: boolean;
}

/** A path below another; `/` is the other itself. */
export const pathBelow = (prefix: string, path: string): string => {
  const joined = `${prefix}${path}`.replace(/\/+$/, '');
  return joined === '' ? '/' : joined;
};

/**
 * The Traefik rule of a route. A path prefix ends at a path boundary: `/dev` takes `/dev` and `/dev/x`, not `/device`.
 *
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
 */
export function pathRule({ path, host, exact = false }: RequestMatch): string {
  const exactly = `Path(\`${path}\`)`;
  const rule = exact ? exactly : path === '/' ? 'PathPrefix(`/`)' : `${exactly} || PathPrefix(\`${path}/\`)`;
  if (host === undefined) return rule;
  return `Host(\`${host}\`) && ${rule.includes('||') ? `(${rule})` : rule}`;
}

/**
 * The priority of a route: the longer path wins, an exact path over the same one as a prefix, and a named host over any.
 *
 * The number is what Traefik itself would give the plain rule ``PathPrefix(`<path>`)``, so that routes of others on the same
 * entry point find their place between ours.
 */
export function priorityOf({ path, host, exact = false }: RequestMatch): number {
  return 'PathPrefix(``)'.length + path.length + (exact ? 1 : 0) + (host === undefined ? 0 : 1000);
}
