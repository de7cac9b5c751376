import type { Service } from '../../../src/model/service.ts';
import { small } from './small.ts';

/** Services whose pods are somebody to the API server and to a cloud: one with an account of its own, one with a given one. */
export const accounted: readonly Service[] = [
  {
    ...small('flags'),
    serviceAccount: {
      kind: 'own',
      name: 'flag-reader',
      annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/flags' },
      rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['dev-flags'], verbs: ['get', 'watch'] }],
      mountToken: true,
    },
    connects: [
      { kind: 'addresses', cidrs: ['10.20.0.5/32'], ports: [6443], reason: 'asks the API server for its flags' },
    ],
  },
  { ...small('reports'), serviceAccount: { kind: 'given', name: 'reporting', mountToken: true } },
];
