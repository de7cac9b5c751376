import { labelled, type Say } from '../../../objects/change/phrase.ts';

/** What has Secrets be made, and who is asked for metrics, field by field. */
export const suppliedWords: Readonly<Record<string, Readonly<Record<string, Say>>>> = {
  ExternalSecret: {
    'spec.refreshInterval': labelled('looks at the store every'),
    'spec.secretStoreRef.name': labelled('secret store'),
    'spec.secretStoreRef.kind': labelled('kind of the secret store'),
    'spec.target.name': labelled('makes the Secret'),
    'spec.target.template.type': labelled('type of the Secret'),
    'spec.data[].secretKey': labelled('key of the Secret'),
    'spec.data[].remoteRef.key': labelled('takes from the store'),
    'spec.data[].remoteRef.property': labelled('takes of it'),
  },
  SealedSecret: {
    'spec.template.type': labelled('type of the Secret'),
  },
  Certificate: {
    'spec.secretName': labelled('makes the Secret'),
    'spec.dnsNames[]': labelled('certificate for'),
    'spec.issuerRef.name': labelled('issuer'),
    'spec.issuerRef.kind': labelled('kind of the issuer'),
  },
  PodMonitor: {
    'spec.podMetricsEndpoints[].port': labelled('asks for metrics on port'),
    'spec.podMetricsEndpoints[].path': labelled('asks for metrics at'),
    'spec.podMetricsEndpoints[].interval': labelled('asks for metrics every'),
  },
};
