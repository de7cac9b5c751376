/** By what Pulumi tells a resource from every other, as a shell takes it: a name in it may have what a shell reads. */
export const urnInShell = (urn: string): string => `'${urn.replaceAll("'", String.raw`'\''`)}'`;

/** The line by which Pulumi forgets a resource, which then stays as it is. */
export const forgetLine = (stack: string, urn: string): string =>
  `pulumi state delete --target-dependents ${urnInShell(urn)} --stack ${stack}`;
