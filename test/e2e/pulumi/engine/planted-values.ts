import { randomBytes } from 'node:crypto';

/** What a value may have in it that somebody along the way writes down otherwise, or takes for something else. */
const shapes: readonly ((core: string) => string)[] = [
  (core) => core,
  (core) => `${core}/+=`,
  (core) => `p@ss:"${core}"'\\`,
  (core) => `first ${core}\nsecond\n`,
  (core) => `{"token":"${core}"}`,
  (core) => `https://user:${core}@host/?a&b=<c>`,
  (core) => `\${A} %s %d $(${core})`,
  (core) => `ключ-${core}-é`,
  (core) => `-----BEGIN KEY-----\n${core}\n-----END KEY-----`,
  (core) => ` ${core} `,
];

/** Values that must never be seen, each with a part that no other text has. @param count - how many */
export function plantedValues(count: number): readonly { readonly core: string; readonly value: string }[] {
  return Array.from({ length: count }, (_, i) => {
    const core = randomBytes(8).toString('hex');
    return { core, value: (shapes[i % shapes.length] ?? String)(core) };
  });
}

/** Texts of 16 hexadecimal digits, wherever they stand. */
const digits = /(?=([0-9a-f]{16}))/g;

/** What no base64 has in it. */
const between = /[^A-Za-z0-9+/_-]+/;

/** Every text of the shape of a core that stands in a text, in plain or in base64, which also a program might write from any offset. */
function seenIn(text: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const look = (plain: string): void => {
    for (const [, core = ''] of plain.matchAll(digits)) seen.add(core);
  };
  look(text);
  for (const part of text.split(between).filter(({ length }) => length >= 22))
    for (const offset of [0, 1, 2, 3]) look(Buffer.from(part.slice(offset), 'base64').toString('latin1'));
  return seen;
}

/** The cores that stand in a text. */
export function plantedIn(text: string, planted: readonly { readonly core: string }[]): readonly string[] {
  const seen = seenIn(text);
  return planted.map(({ core }) => core).filter((core) => seen.has(core));
}
