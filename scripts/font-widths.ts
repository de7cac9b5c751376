/** How far a font moves on after a character, in thousandths of the font size; nothing for characters that it does not have. */
export type FontWidths = (codePoint: number) => number | undefined;

/**
 * Reads the advance widths of a TrueType or OpenType font.
 *
 * @see https://learn.microsoft.com/typography/opentype/spec/otff for the tables `head`, `hhea`, `hmtx` and `cmap`
 * @throws Error when a table is missing, or no character map is of format 4 (what all common fonts have)
 */
export function fontWidths(font: Buffer): FontWidths {
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
      const at = 12 + 16 * i;
      return [font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8)] as const;
    }),
  );
  const tableAt = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`the font has no table "${name}"`);
    return offset;
  };
  const unitsPerEm = font.readUInt16BE(tableAt('head') + 18);
  const measured = font.readUInt16BE(tableAt('hhea') + 34);
  const glyphOf = glyphMap(font, tableAt('cmap'));
  const advances = tableAt('hmtx');
  return (codePoint) => {
    const glyph = glyphOf(codePoint);
    if (glyph === 0) return undefined;
    return (font.readUInt16BE(advances + 4 * Math.min(glyph, measured - 1)) * 1000) / unitsPerEm;
  };
}

/** Glyph of each character of the Basic Multilingual Plane; 0 for none. */
function glyphMap(font: Buffer, cmap: number): (codePoint: number) => number {
  const at = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4),
  ).find((offset) => font.readUInt16BE(offset) === 4);
  if (at === undefined) throw new Error('the font has no character map of format 4');
  const size = font.readUInt16BE(at + 6);
  const ends = at + 14;
  const [starts, deltas, ranges] = [ends + size + 2, ends + 2 * size + 2, ends + 3 * size + 2];
  return (codePoint) => {
    for (let i = 0; i < size; i += 2) {
      if (font.readUInt16BE(ends + i) < codePoint) continue;
      const start = font.readUInt16BE(starts + i);
      if (start > codePoint) return 0;
      const range = font.readUInt16BE(ranges + i);
      const delta = font.readUInt16BE(deltas + i);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = font.readUInt16BE(ranges + i + range + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
