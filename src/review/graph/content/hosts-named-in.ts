/** Texts in which a program may be told whom to talk to. */
export interface ProgramTexts {
  /** Commands, arguments and files. */
  readonly texts: readonly string[];
  readonly variables: readonly { readonly name: string; readonly value: string }[];
}

const host = /[a-z0-9](?:[a-z0-9-]*[a-z0-9])?/.source;
/** A host in an address: after `//` or `@`, before a port, or with the ending of the cluster. */
const inAddress = new RegExp(
  `(?:\\/\\/|@)(${host})(?=[.:/?,\\s"']|$)|(?<![\\w.-])(${host})(?:\\.[\\w.-]+)?:\\d+|(?<![\\w.-])(${host})\\.[a-z0-9-]+\\.svc\\b`,
  'g',
);
const namesHost = /(?:HOST|ADDR|ADDRESS|SERVER|SERVERS|ENDPOINT|URL|URI|UPSTREAM)$/i;

/** Which of the hosts the texts name as an address; a word that only looks like one does not count. */
export function hostsNamedIn({ texts, variables }: ProgramTexts, hosts: readonly string[]): readonly string[] {
  const named = new Set<string>();
  for (const text of [...texts, ...variables.map(({ value }) => value)])
    for (const [, ...found] of text.matchAll(inAddress))
      // A group that took no part is there as nothing, whatever its type says.
      for (const name of found as readonly (string | undefined)[]) if (name !== undefined) named.add(name);
  for (const { name, value } of variables) if (namesHost.test(name)) named.add(value.replace(/\..*$/, ''));
  return hosts.filter((name) => named.has(name));
}
