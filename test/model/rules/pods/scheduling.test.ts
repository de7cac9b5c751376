import { describe, expect, test } from '@jest/globals';
import { scheduling } from '../../../../src/model/rules/pods/scheduling.ts';
import type { Scheduling } from '../../../../src/model/pods/scheduling.ts';
import { everyScheduling } from '../../../constructs/every-field.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';

const at = 'environments.dev.applications.shop.services.payments.scheduling';

const problems = (given: Scheduling): readonly string[] =>
  told(
    scheduling,
    withService(validDelivery(), 'dev', 'payments', (service) => ({ ...service, scheduling: given })),
  );

describe('what a service says of its nodes', () => {
  test('passes for every word', () => {
    expect(problems(everyScheduling)).toEqual([]);
    expect(problems({})).toEqual([]);
  });

  test('fails for labels, taints and classes that Kubernetes takes for none', () => {
    expect(
      problems({
        nodeSelector: { 'no key': 'x' },
        tolerations: [{ value: 'shop' }, { key: '-a' }, { key: 'a', value: 'b c' }, { key: 'a', tolerationSeconds: 5 }],
        priorityClass: 'High',
      }),
    ).toEqual([
      `${at}.nodeSelector: the key of a label must be at most 63 letters, digits, dashes, dots and underscores, got "no key"`,
      `${at}.tolerations[0].value: is the value of no taint; write its key too, or leave it out, got "shop"`,
      `${at}.tolerations[1].key: must be the key of a label, e.g. "dedicated", got "-a"`,
      `${at}.tolerations[2].value: must be the value of a taint, as that of a label, got "b c"`,
      `${at}.tolerations[3].tolerationSeconds: counts for the effect "NoExecute" alone; write that effect, or leave it out, got 5`,
      `${at}.priorityClass: must be the name of a PriorityClass: lower-case letters, digits, dashes and dots, got "High"`,
    ]);
  });

  test('fails for a spread that nothing follows from', () => {
    const zone = { topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' } as const;

    expect(problems({ topologySpread: [zone, zone, { ...zone, topologyKey: 'a b', maxSkew: 0 }] })).toEqual([
      `${at}.topologySpread[1].topologyKey: is spread over twice in one way; leave one of them out, got "zone"`,
      `${at}.topologySpread[2].topologyKey: must be the key of a label, e.g. "topology.kubernetes.io/zone", got "a b"`,
      `${at}.topologySpread[2].maxSkew: must be a whole number, 1 or more, got 0`,
    ]);
  });

  test('fails for requirements that no node meets, and that Kubernetes refuses', () => {
    expect(
      problems({
        nodeAffinity: {
          required: [],
          preferred: [{ weight: 101, requirements: [{ key: 'a', operator: 'In', values: [] }] }],
        },
        podAffinity: [{ service: 'order', topologyKey: 'kubernetes.io/hostname' }],
        podAntiAffinity: [{ topologyKey: 'zone', weight: 0 }],
      }),
    ).toEqual([
      `${at}.nodeAffinity.required: must hold at least one requirement: without any, no node fits, got []`,
      `${at}.nodeAffinity.preferred[0].weight: must be a whole number from 1 to 100, got 101`,
      `${at}.nodeAffinity.preferred[0].requirements[0].values: must hold at least one value, got []`,
      `${at}.podAffinity[0].service: there is no service of this application of this name; write "orders", got "order"`,
      `${at}.podAntiAffinity[0].weight: must be a whole number from 1 to 100, got 0`,
    ]);
  });

  test('fails where pods must be beside their own kind, and must not', () => {
    const host = [{ topologyKey: 'kubernetes.io/hostname' }];

    expect(problems({ podAffinity: host, podAntiAffinity: [{ service: 'payments', ...host[0]! }] })).toEqual([
      `${at}.podAntiAffinity[0]: asks for what podAffinity forbids, so that a second pod fits nowhere; leave one of the two out, got "kubernetes.io/hostname"`,
    ]);
  });
});
