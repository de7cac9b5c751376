/** Type of a Kubernetes object, as Pulumi names it. */
export const kubernetesType = (apiVersion: string, kind: string): string =>
  `kubernetes:${apiVersion.includes('/') ? '' : 'core/'}${apiVersion}:${kind}`;
