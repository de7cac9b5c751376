import { describe, expect, test } from '@jest/globals';
import { NetworkPolicy, nothing } from '../../../src/constructs/network/network-policy.ts';
import type { Traffic } from '../../../src/constructs/network/traffic.ts';
import { objectsOf } from '../synthesize.ts';

const specFor = (traffic: Traffic, selector: Readonly<Record<string, string>> = { app: 'orders' }) =>
  objectsOf(
    (scope) => new NetworkPolicy(scope, 'policy', { name: 'dev-orders', namespace: 'dev', selector, traffic }),
  )[0]?.['spec'];

describe('NetworkPolicy', () => {
  test('allows nothing unless told', () => {
    expect(specFor(nothing)).toEqual({
      podSelector: { matchLabels: { app: 'orders' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [],
    });
  });

  test('selects every pod of the namespace without labels', () => {
    expect(specFor(nothing, {})).toHaveProperty('podSelector', {});
  });

  test('names pods of its own namespace and of another', () => {
    const near = { peer: { kind: 'pods', labels: { app: 'a' } }, ports: [{ port: 80 }] } as const;
    const far = {
      peer: { kind: 'pods', labels: { app: 'b' }, namespace: 'other' },
      ports: [{ port: 'dns', protocol: 'UDP' }],
    } as const;

    const spec = specFor({ ingress: [near], egress: [far] });

    expect(spec).toHaveProperty('ingress', [
      { from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ protocol: 'TCP', port: 80 }] },
    ]);
    expect(spec).toHaveProperty('egress', [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } },
            podSelector: { matchLabels: { app: 'b' } },
          },
        ],
        ports: [{ protocol: 'UDP', port: 'dns' }],
      },
    ]);
  });

  test('means blocks of addresses as they are said, private ones too', () => {
    const peer = { kind: 'addresses', cidrs: ['10.20.0.0/16', 'fd00::/64'] } as const;

    expect(specFor({ ingress: [], egress: [{ peer, ports: [{ port: 5432 }] }] })).toHaveProperty('egress', [
      {
        to: [{ ipBlock: { cidr: '10.20.0.0/16' } }, { ipBlock: { cidr: 'fd00::/64' } }],
        ports: [{ protocol: 'TCP', port: 5432 }],
      },
    ]);
  });

  test('means public addresses by the internet', () => {
    expect(specFor({ ingress: [], egress: [{ peer: { kind: 'internet' }, ports: [{ port: 443 }] }] })).toHaveProperty(
      'egress',
      [
        {
          to: [
            {
              ipBlock: {
                cidr: '0.0.0.0/0',
                except: [
                  '10.0.0.0/8',
                  '100.64.0.0/10',
                  '127.0.0.0/8',
                  '169.254.0.0/16',
                  '172.16.0.0/12',
                  '192.168.0.0/16',
                ],
              },
            },
            { ipBlock: { cidr: '::/0', except: ['fc00::/7', 'fe80::/10'] } },
          ],
          ports: [{ protocol: 'TCP', port: 443 }],
        },
      ],
    );
  });

  test('names no peer where anybody may come', () => {
    expect(specFor({ ingress: [{ peer: { kind: 'anywhere' }, ports: [{ port: 80 }] }], egress: [] })).toHaveProperty(
      'ingress',
      [{ ports: [{ protocol: 'TCP', port: 80 }] }],
    );
  });
});
