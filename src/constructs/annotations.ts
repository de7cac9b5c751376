/** Every annotation of this program's own, in one place; those that engines read are theirs. */

/** Checksum of the ConfigMaps that a pod uses: a changed ConfigMap rolls the pod. */
export const configChecksum = 'portolan/config-checksum';

/** Generation of a credential that a pod uses: a rotation rolls the pod. The value is a number, never a secret. */
export const credentialGeneration = (credential: string): string => `portolan/credential.${credential}`;
