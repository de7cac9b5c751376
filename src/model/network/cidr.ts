/** An address of IPv4 or IPv6 in bits. */
type Bits = readonly number[];

const bitsOf = (value: number, width: number): Bits =>
  Array.from({ length: width }, (_, i) => (value >> (width - 1 - i)) & 1);

function ipv4(text: string): Bits | undefined {
  const parts = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text) ? text.split('.').map(Number) : [];
  return parts.length === 4 && parts.every((part) => part <= 255)
    ? parts.flatMap((part) => bitsOf(part, 8))
    : undefined;
}

function ipv6(text: string): Bits | undefined {
  const sides = text.split('::');
  if (sides.length > 2 || /^:(?!:)|(?<!:):$/.test(text)) return undefined;
  const groups = sides.map((side) => (side === '' ? [] : side.split(':')));
  if (groups.flat().some((group) => !/^[0-9a-f]{1,4}$/.test(group))) return undefined;
  const [head = [], tail] = groups;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  return all.flatMap((group) => bitsOf(parseInt(group, 16), 16));
}

/** Whether a text is an address of IPv4, or one of IPv6 in lower case. */
export const isAddress = (text: string): boolean => (ipv4(text) ?? ipv6(text)) !== undefined;

/** The block that holds one address alone, e.g. `169.254.20.10/32`. */
export const blockOf = (address: string): string => `${address}/${address.includes(':') ? 128 : 32}`;

/** What is wrong with a block of addresses, e.g. `10.20.0.0/16`: an order, lower case, no full stop; nothing where it is one. */
export function blockProblem(text: string): string | undefined {
  const [, address = '', length = ''] = /^([0-9a-f.:]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const bits = ipv4(address) ?? ipv6(address);
  if (bits === undefined || Number(length) > bits.length)
    return `must be a block of addresses, e.g. "10.20.0.0/16"${isAddress(text) ? `; for this one alone write "${blockOf(text)}"` : ''}`;
  if (Number(length) === 0) return 'must not be every address; for the public internet write { kind: "internet", … }';
  return bits.slice(Number(length)).some((bit) => bit === 1)
    ? `must begin where the block does: what follows the first ${length} bits is 0`
    : undefined;
}
