import { expect, test } from '@jest/globals';
import { host } from '../../../../src/model/formats/text.ts';
import { untaggedTexts } from '../../../../src/model/rules/reference/untagged-texts.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withContainer, withService } from '../../../support/valid-delivery.ts';

// What a program writes that forgets the tag; the types of Node take it without a word.
const untagged = `nats://${host('nats') as unknown as string}:4222`;
const orders = 'environments.dev.applications.shop.services.orders';
const advice =
  'holds an object where a host or a port was meant; write the tag text in front, e.g. text`http://${host(\'orders\')}`, got "nats://[object Object]:4222"';

test('passes for strings and tagged texts', () => {
  expect(told(untaggedTexts, validDelivery())).toEqual([]);
});

test('fails for a reference without the tag: in a variable, an argument, a config, anywhere', () => {
  const inContainer = withContainer(validDelivery(), 'dev', 'orders', (container) => ({
    ...container,
    env: { NATS_URL: untagged },
    args: ['serve', untagged],
  }));
  const inConfig = withService(validDelivery(), 'dev', 'orders', (service) => ({
    ...service,
    configs: [{ name: 'orders-config', data: { nats: untagged } }],
    routes: [{ port: 'http', path: untagged }],
  }));

  expect(told(untaggedTexts, inContainer)).toEqual([
    `${orders}.containers.orders.env.NATS_URL: ${advice}`,
    `${orders}.containers.orders.args[1]: ${advice}`,
  ]);
  expect(told(untaggedTexts, inConfig)).toEqual([
    `${orders}.configs.orders-config.data.nats: ${advice}`,
    `${orders}.routes[0].path: ${advice}`,
  ]);
});

test('ends for data that holds itself', () => {
  const loop: Record<string, unknown> = { text: untagged };
  loop['again'] = loop;
  const delivery = { ...validDelivery(), loop };

  expect(told(untaggedTexts, delivery)).toEqual([`loop.text: ${advice}`]);
});
