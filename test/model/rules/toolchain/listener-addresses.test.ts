import { describe, expect, test } from '@jest/globals';
import { listenerAddresses } from '../../../../src/model/rules/toolchain/listener-addresses.ts';
import { builtByTekton } from '../../../support/built-by-tekton.ts';
import { lookListener, nodeImage, toldByRegistry } from '../../../support/looked-for-in-cluster.ts';
import { told } from '../../../support/told.ts';

describe('the address of a listener', () => {
  test('passes for a path of its own on a host, and for the whole of one', () => {
    expect(told(listenerAddresses, builtByTekton())).toEqual([]);
    expect(told(listenerAddresses, toldByRegistry())).toEqual([]);
    expect(told(listenerAddresses, builtByTekton({}, { listener: { address: 'https://hooks.acme.example' } }))).toEqual(
      [],
    );
  });

  test.each([
    'hooks.acme.example',
    'http://hooks.acme.example/',
    'https://a:b@hooks.acme.example',
    'https://hooks.acme.example:8443/',
    'https://hooks.acme.example/?a=b',
  ])('fails for one that is none, or says more: %s', (address) => {
    const message = 'must be https, a host and a path, and no more, e.g. "https://hooks.acme.example/cats"';

    expect(told(listenerAddresses, builtByTekton({}, { listener: { address } }))).toEqual([
      `supplies.orders.builder.listener.address: ${message}, got "${address}"`,
    ]);
    expect(
      told(
        listenerAddresses,
        toldByRegistry({ promoter: { kind: 'cronJob', image: nodeImage, listener: { address } } }),
      ),
    ).toEqual([`stages.dev.promoter.listener.address: ${message}, got "${address}"`]);
  });

  test('fails for that of another listener, whether pushes or registries tell it', () => {
    const delivery = builtByTekton({}, { listener: lookListener });
    const { stages } = toldByRegistry();
    const message =
      'whose listener would be told; give each a path of its own, got "https://hooks.acme.example/look/dev"';

    expect(
      told(listenerAddresses, {
        ...delivery,
        supplies: [...delivery.supplies, { ...delivery.supplies[1]!, name: 'orders-again' }],
        stages: [...stages, { ...stages[0]!, name: 'test' }],
      }),
    ).toEqual([
      `supplies.orders-again.builder.listener.address: is that of supplies.orders, ${message}`,
      `stages.dev.promoter.listener.address: is that of supplies.orders, ${message}`,
      `stages.test.promoter.listener.address: is that of supplies.orders, ${message}`,
    ]);
  });
});
