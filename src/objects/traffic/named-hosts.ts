/** A host without dots that a text names as an address: nobody but a neighbour is called so. */
export interface NamedHost {
  readonly host: string;
  /** Written out, or the one that the scheme stands for. @default - not known */
  readonly port?: number;
}

/** Names of variables, flags and settings that hold a host, or several. */
export const namesHost =
  /(?:HOST|ADDR|ADDRESS|SERVER|ENDPOINT|UPSTREAM|BROKER|HOSTS|ADDRESSES|SERVERS|ENDPOINTS|UPSTREAMS|BROKERS|URL|URI)$/i;

/** Addresses of something else than a host. */
const otherSchemes = new Set(
  'abfs abfss app arn az classpath configmap data docker docker-daemon env file gs image jar memory mem oci s3 s3a secret sqlite sqlite3 unix vault wasb'.split(
    ' ',
  ),
);

/** Almost no line says one of the words of {@link namesHost}, and to look for them costs least. */
const mayName = /host|addr|server|endpoint|upstream|broker|ur[li]/i;

const defaultPorts: Readonly<Record<string, number>> = { http: 80, ws: 80, https: 443, wss: 443 };

const hostAndPort = /^([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?::(\d{1,5}))?$/;

/** Longer than any line that a person writes to name a host. */
const longestLine = 300;

/** The hosts of addresses such as `nats://nats:4222` or `user@tcp(db:3306)` anywhere in a text. */
export function hostsInAddresses(text: string): readonly NamedHost[] {
  const found: NamedHost[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const scheme = /[a-z][a-z0-9+.-]*$/.exec(text.slice(Math.max(0, at - 30), at))?.[0];
    if (scheme === undefined || otherSchemes.has(scheme)) continue;
    const authority = /^[^\s/?#"'`<>()\\|;]*/.exec(text.slice(at + 3, at + 3 + longestLine))?.[0] ?? '';
    const port = defaultPorts[scheme];
    for (const host of hostsIn(authority.slice(authority.lastIndexOf('@') + 1)))
      found.push(host.port === undefined && port !== undefined ? { ...host, port } : host);
  }
  if (!text.includes('@')) return found;
  for (const [, inside = ''] of text.matchAll(/@[a-z]{2,10}\(([^\s()]{1,100})\)/g)) found.push(...hostsIn(inside));
  return found;
}

/** The hosts that are a whole value, when it stands under a name that says so. */
export const hostsInValue = (name: string, value: string): readonly NamedHost[] =>
  namesHost.test(name) && value.length <= longestLine ? hostsIn(value.trim()) : [];

/** The hosts of the lines of a file that name one: `host = db`, `"server": "db:5432",`, `server db:5432;`. */
export const hostsInLines = (text: string): readonly NamedHost[] =>
  (mayName.test(text) ? text.split('\n') : []).flatMap((line) => {
    if (line.length > longestLine || !mayName.test(line)) return [];
    const [, name, value] = /^[\s"']*([\w.-]+)["']?(?:\s*[=:]\s*|\s+)["']?([^\s"';]+)["']?[\s;,]*$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : hostsInValue(name, value);
  });

const flagAndValue = /(?:^|\s)--?([\w.-]{1,60})[= ]([^\s"'`;|&()]{1,300})/g;

/** The hosts after flags, for each of a command's arguments: `--nats-host=nats`, `--nats-host` and then `nats`, `-h db` inside of a script. */
export const hostsInArguments = (list: readonly string[]): readonly (readonly NamedHost[])[] =>
  list.map((text, i) => {
    const flag = /^--?[\w.-]+$/.exec(list[i - 1] ?? '')?.[0];
    const line = flag === undefined ? text : `${flag} ${text}`;
    if (!line.includes('-') || !(mayName.test(line) || line.includes('-h '))) return [];
    return [...line.matchAll(flagAndValue)].flatMap(([, name = '', value = '']) =>
      hostsInValue(name === 'h' ? 'host' : name, value),
    );
  });

/** The parts of a list of hosts; none that has a dot, or is put together when the program runs. */
function hostsIn(list: string): readonly NamedHost[] {
  return list.split(/[,;]\s*/).flatMap((part) => {
    const [, host, port] = hostAndPort.exec(part) ?? [];
    if (host === undefined || /^\d+$/.test(host)) return [];
    return port === undefined ? [{ host }] : [{ host, port: Number(port) }];
  });
}
