const plain: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: '`true` or `false`',
  unknown: 'anything',
  TextValue: 'text, or text with references to neighbours',
};

/** Splits a union at its top level; members may hold unions of their own. */
function membersOf(type: string): readonly string[] {
  const members: string[] = [];
  let depth = 0;
  let member = '';
  for (const part of type.split(/(\s\|\s|[{}()<>[\]])/)) {
    if (/^[{(<[]$/.test(part)) depth += 1;
    if (/^[})>\]]$/.test(part)) depth -= 1;
    if (depth === 0 && part.trim() === '|') {
      members.push(member.trim());
      member = '';
    } else member += part;
  }
  return [...members, member.trim()].filter((it) => it !== '');
}

/**
 * A TypeScript type in the words of somebody who only writes values of it.
 *
 * @param sections - types that a page has a section for, which are linked
 */
export function typeWords(type: string, sections: ReadonlySet<string>): string {
  const bare = type.replace(/^readonly\s+/, '').trim();
  const members = membersOf(bare);
  if (members.length > 1) return members.map((member) => typeWords(member, sections)).join(' or ');
  const inner = /^\((.*)\)$/.exec(bare)?.[1];
  if (inner !== undefined) return typeWords(inner, sections);
  const element = /^(.*)\[\]$/.exec(bare)?.[1];
  if (element !== undefined) return `a list of ${typeWords(element, sections)}`;
  const named = /^Readonly<Record<string, (.*)>>$/.exec(bare)?.[1];
  if (named !== undefined) return `${typeWords(named, sections)}, by name`;
  if (bare.startsWith('{')) return 'an object of the rows below';
  if (sections.has(bare)) return `[${bare}](#${bare.toLowerCase()})`;
  return plain[bare] ?? `\`${bare}\``;
}
