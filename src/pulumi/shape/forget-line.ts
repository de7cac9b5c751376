/** The line by which Pulumi forgets a resource, which then stays as it is. A name in it may have what a shell reads. */
export const forgetLine = (stack: string, urn: string): string =>
  `pulumi state delete --target-dependents '${urn.replaceAll("'", String.raw`'\''`)}' --stack ${stack}`;
