import { ApiObject, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { secretTypeOf, type Credential } from '../../model/credential.ts';
import type { Environment } from '../../model/environment.ts';
import type { SecretOrigin } from '../../model/secrets/secret-origin.ts';
import { present } from '../present.ts';

/** A credential whose Secret something in the cluster makes, of an object of ours. */
export interface MadeSecretProps {
  readonly environment: Environment;
  readonly credential: Credential;
  readonly origin: SecretOrigin;
}

/**
 * What has a Secret be made in the cluster.
 *
 * Defines: an ExternalSecret, a SealedSecret or a Certificate of the Secret's own name. Does not define: the Secret, the store, the issuer, or a value.
 */
export class MadeSecret extends Construct {
  constructor(scope: Construct, id: string, { environment, credential, origin }: MadeSecretProps) {
    super(scope, id);
    const { store } = credential;
    if (store.kind !== 'kubernetes') return;
    const metadata = { name: store.secretName, namespace: store.namespace ?? environment.namespace };
    const type = secretTypeOf(credential);
    new ApiObject(this, 'origin', {
      metadata,
      ...manifestOf(origin, metadata, type === 'Opaque' ? undefined : type),
    } as ApiObjectProps);
  }
}

/** @param type - of the Secret, where it is one that somebody reads no other in place of */
function manifestOf(
  origin: SecretOrigin,
  metadata: { readonly name: string; readonly namespace: string },
  type: string | undefined,
): object {
  switch (origin.kind) {
    case 'externalSecret':
      return {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        spec: {
          refreshInterval: `${origin.refreshMinutes ?? 60}m`,
          secretStoreRef: { name: origin.store, kind: origin.storeKind ?? 'ClusterSecretStore' },
          target: present({ name: metadata.name, creationPolicy: 'Owner', template: type && { type } }),
          data: Object.entries(origin.remote).map(([secretKey, { key, property }]) => ({
            secretKey,
            remoteRef: present({ key, property }),
          })),
        },
      };
    case 'sealedSecret':
      return {
        apiVersion: 'bitnami.com/v1alpha1',
        kind: 'SealedSecret',
        spec: { encryptedData: { ...origin.encrypted }, template: present({ metadata: { ...metadata }, type }) },
      };
    case 'certificate':
      return {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        spec: {
          secretName: metadata.name,
          dnsNames: [...origin.hosts],
          issuerRef: { name: origin.issuer, kind: origin.issuerKind ?? 'ClusterIssuer', group: 'cert-manager.io' },
        },
      };
  }
}
