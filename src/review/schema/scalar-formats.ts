import { isIPv4, SocketAddress } from 'node:net';
import { KnownTexts } from '../../objects/known-texts.ts';

/** Returns what is wrong with a value and what to write, or undefined when it is fine. */
type FormatCheck = (value: string | number) => string | undefined;

const formats: ReadonlyMap<string, FormatCheck> = new Map<string, FormatCheck>([
  ['amount', amount],
  ['byte', base64],
  ['cidr', cidr],
  ['config-key', configKey],
  ['count-or-percent', countOrPercent],
  ['date-time', dateTime],
  ['dns-label', dnsLabel],
  ['duration', duration],
  ['env-name', envName],
  ['int32', (value) => integerWithin(value, -(2 ** 31), 2 ** 31 - 1)],
  ['int64', (value) => integerWithin(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)],
  ['ip', (value) => (familyOf(String(value)) === undefined ? 'must be an IP address' : undefined)],
  ['port', portOrName],
  ['port-name', portName],
  ['quantity', quantity],
  ['resource-name', resourceName],
]);

/** Returns what is wrong with a value of the format; an unknown format limits nothing. */
export function formatProblem(format: string, value: string | number): string | undefined {
  const check = formats.get(format);
  if (check === undefined || typeof value === 'number') return check?.(value);
  const good = goodTexts.get(format) ?? new KnownTexts();
  if (good.has(value)) return undefined;
  const problem = check(value);
  if (problem === undefined) good.add(value);
  goodTexts.set(format, good);
  return problem;
}

/** By format. */
const goodTexts = new Map<string, KnownTexts>();

const quantityShape = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/;
const byteUnit = /^(\d+(?:\.\d+)?)\s*([kKmMgGtT])(i?)[bB]?$/;

function quantity(value: string | number): string | undefined {
  if (typeof value === 'number' || quantityShape.test(value)) return undefined;
  const [, number = '', unit = '', binary = ''] = byteUnit.exec(value) ?? [];
  if (number === '') return 'must be a quantity; write it like "500m" or "256Mi"';
  const upper = unit.toUpperCase();
  const decimal = binary === '' ? `"${number}${upper === 'K' ? 'k' : upper}" or ` : '';
  return `must be a quantity; write ${decimal}"${number}${upper}i"`;
}

function amount(value: string | number): string | undefined {
  return quantity(value) ?? (String(value).startsWith('-') ? 'must not be negative' : undefined);
}

function resourceName(value: string | number): string | undefined {
  const isName = /^(cpu|memory|ephemeral-storage|hugepages-.+|[^/]+\/[^/]+)$/.test(String(value));
  return isName ? undefined : 'is no resource; write cpu, memory, ephemeral-storage, or a name with a domain';
}

function integerWithin(value: string | number, least: number, most: number): string | undefined {
  if (typeof value === 'string') return undefined;
  if (value < least) return `must be at least ${least}`;
  return value > most ? `must be at most ${most}` : undefined;
}

function portOrName(value: string | number): string | undefined {
  if (typeof value === 'string') {
    if (/^\d+$/.test(value)) return `must be a port number or a port name; write ${Number(value)} without quotes`;
    return portName(value);
  }
  return value >= 1 && value <= 65535 ? undefined : 'must be a port from 1 to 65535, or a port name';
}

function portName(value: string | number): string | undefined {
  const isName = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(String(value));
  return isName
    ? undefined
    : 'must be a port name: up to 15 lower-case letters, digits and single dashes, with at least one letter';
}

function countOrPercent(value: string | number): string | undefined {
  if (typeof value === 'number') return value >= 0 ? undefined : 'must be at least 0';
  return /^\d+%$/.test(value) ? undefined : 'must be a number or a percentage such as "25%"';
}

function dnsLabel(value: string | number): string | undefined {
  const isLabel = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(String(value));
  return isLabel
    ? undefined
    : 'must be up to 63 lower-case letters, digits and dashes, with a letter or digit first and last';
}

function envName(value: string | number): string | undefined {
  return /^[ -<>-~]+$/.test(String(value)) ? undefined : 'must be one or more printable ASCII characters without "="';
}

function configKey(value: string | number): string | undefined {
  const isKey = /^(?!\.\.)(?!\.$)[-._a-zA-Z0-9]{1,253}$/.test(String(value));
  return isKey ? undefined : 'must be a key of letters, digits, dashes, dots and underscores';
}

/**
 * The family of an IP address as Kubernetes reads it, without a zone; nothing where it is none. Node.js' own pattern for IPv6 takes
 * longer to compile than everything else here.
 */
function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  if (address.includes('%')) return undefined;
  if (!address.includes(':')) return isIPv4(address) ? 'ipv4' : undefined;
  try {
    return new SocketAddress({ address, family: 'ipv6' }).family;
  } catch {
    return undefined;
  }
}

function cidr(value: string | number): string | undefined {
  const [address = '', bits = '', ...rest] = String(value).split('/');
  const family = familyOf(address);
  const most = family === undefined ? -1 : { ipv4: 32, ipv6: 128 }[family];
  const isRange = rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
  return isRange ? undefined : 'must be an address range such as "10.0.0.0/8"';
}

function base64(value: string | number): string | undefined {
  const isBase64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(
    String(value).replace(/[\r\n]/g, ''),
  );
  return isBase64 ? undefined : 'must be base64';
}

function dateTime(value: string | number): string | undefined {
  const isTime =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(value)) &&
    !Number.isNaN(Date.parse(String(value)));
  return isTime ? undefined : 'must be a time such as "2026-01-31T12:00:00Z"';
}

function duration(value: string | number): string | undefined {
  const isDuration = /^[+-]?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$|^0$/.test(String(value));
  return isDuration ? undefined : 'must be a duration such as "90s" or "1h30m"';
}
