import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Toolchain } from '../../src/model/environment.ts';
import { validDelivery } from './valid-delivery.ts';

/** A toolchain of the valid delivery that moves `prod`, as strict as it. */
export const tools = (change: Partial<Toolchain> = {}, delivery: Delivery = validDelivery()): Toolchain => {
  const prod = delivery.stages.find(({ name }) => name === 'prod')!;
  const { cluster } = delivery.environments.find(({ name }) => name === 'prod')!;
  return {
    name: 'tools',
    cluster,
    namespace: 'shop-tools',
    namespaces: ['shop-builds'],
    credentials: [],
    gate: prod.gate,
    write: { ...prod.write, branch: 'env/tools' },
    engine: prod.engine,
    ...change,
  };
};

/** The valid delivery with that toolchain; `prod` is moved from it. */
export function withTools(change: Partial<Toolchain> = {}): Delivery {
  const delivery = validDelivery();
  return {
    ...delivery,
    toolchains: [tools(change, delivery)],
    stages: delivery.stages.map((stage) => (stage.name === 'prod' ? { ...stage, toolchain: 'tools' } : stage)),
  };
}

/** What the made-up builder reads in that toolchain. */
export const furnaceRegistry: Credential = {
  name: 'furnace-registry',
  purpose: 'registryPush',
  holder: 'the furnace',
  store: { kind: 'kubernetes', secretName: 'furnace-registry', keys: ['password'], namespace: 'shop-builds' },
  scope: 'write on acme',
};

/** That toolchain, which builds the images too. */
export const withFurnace = (change: Partial<Toolchain> = {}): Delivery => {
  const delivery = withTools({ credentials: [furnaceRegistry], ...change });
  return { ...delivery, supplies: delivery.supplies.map((it) => ({ ...it, toolchain: 'tools' })) };
};
