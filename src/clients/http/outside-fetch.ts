import { proxyFor, type ProxyVariables } from './proxy-for.ts';

/** A request through a proxy, by undici, whose `fetch` takes one; the one that Node.js has takes none before version 24. */
type Proxied = (address: string | URL, init: RequestInit | undefined, proxy: string) => Promise<Response>;

let proxied: Promise<Proxied> | undefined;

/** Loaded with the first request that goes through a proxy: without one nobody waits for it. */
async function loadProxied(): Promise<Proxied> {
  const { fetch: send, ProxyAgent } = await import('undici');
  const agents = new Map<string, InstanceType<typeof ProxyAgent>>();
  return async (address, init, proxy) => {
    const dispatcher = agents.get(proxy) ?? new ProxyAgent(proxy);
    agents.set(proxy, dispatcher);
    return send(address, { ...init, dispatcher });
  };
}

/**
 * `fetch` as this machine reaches the outside: through the proxy of `HTTPS_PROXY` and `HTTP_PROXY`, but for what `NO_PROXY` names. What
 * is trusted besides Node.js's own certificates is what `NODE_EXTRA_CA_CERTS` names.
 *
 * @param variables - @default - those of the process, as they are at each request
 */
export const outsideFetch =
  (variables: ProxyVariables = process.env): ((address: string | URL, init?: RequestInit) => Promise<Response>) =>
  async (address, init) => {
    const proxy = proxyFor(address, variables);
    if (proxy === undefined) return fetch(address, init);
    proxied ??= loadProxied();
    return (await proxied)(address, init, proxy);
  };
