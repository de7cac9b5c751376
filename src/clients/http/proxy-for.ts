import { BlockList, isIP } from 'node:net';

/** Environment variables that say how this machine reaches the outside. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/** A variable in either case; lower case comes first, as for curl and git. */
const read = (variables: ProxyVariables, name: string): string =>
  [variables[name.toLowerCase()], variables[name]].find((value) => value !== undefined && value !== '') ?? '';

/**
 * The proxy that requests to an address go through, by `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`: read as git and Pulumi read them,
 * so that all of them go the same way.
 *
 * @returns nothing where the address is reached directly
 * @see https://everything.curl.dev/usingcurl/proxies/env.html
 */
export function proxyFor(address: string | URL, variables: ProxyVariables): string | undefined {
  const { protocol, hostname, port } = new URL(address);
  const proxy = read(variables, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '') return undefined;
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const ownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  const direct = read(variables, 'NO_PROXY')
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && isMeant(entry.toLowerCase(), host, ownPort));
  if (direct) return undefined;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** Whether an entry of NO_PROXY means a host: everything, a network, or a name with all below it; a port narrows it. */
function isMeant(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [network = '', bits] = entry.split('/');
  if (bits !== undefined) return isInside(network, Number(bits), host);
  const [, name = entry, wanted] = isIP(entry) === 6 ? [] : (/^\[?(.+?)\]?(?::(\d+))?$/.exec(entry) ?? []);
  if (wanted !== undefined && wanted !== port) return false;
  const bare = name.replace(/^\*?\./, '');
  return host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
}

function isInside(network: string, bits: number, host: string): boolean {
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128))
    return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, bits, kind);
  return list.check(host, kind);
}
