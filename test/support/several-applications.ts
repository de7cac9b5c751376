import type { Application } from '../../src/model/application.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { connectsTo, type Connection, type Service } from '../../src/model/service.ts';
import type { Gate, Stage } from '../../src/model/stage.ts';
import { environmentNamed, validDelivery } from './valid-delivery.ts';

/** Environments of {@link severalApplications}, as releases reach them. */
export const places = ['dev', 'qa', 'prod'] as const;

/** Its applications. */
export const applications = ['shop', 'bank', 'audit'] as const;

const toPayments: Connection = { kind: 'service', to: 'payments', port: 'http', application: 'bank' };

const appKeys = (name: string): readonly string[] => [`${name}_APP_ID`, `${name}_PRIVATE_KEY`];

const inActions = (
  name: string,
  purpose: Credential['purpose'],
  place: readonly [repository: string, environment: string],
  keys: readonly string[],
  holder = 'promoter',
): Credential => ({
  name,
  purpose,
  holder,
  store: { kind: 'githubActions', repository: place[0], environment: place[1], keys },
  scope: `${purpose} for ${place[1]}`,
});

/** What its workflows need, each in the GitHub environment that uses it. */
const credentials: readonly Credential[] = [
  ...places.map((place) => inActions(`promotion-${place}`, 'gitPush', ['shop', place], appKeys('PROMOTION'))),
  inActions('registry', 'registryPush', ['shop', 'build'], ['REGISTRY_USERNAME', 'REGISTRY_TOKEN'], 'the builds'),
  inActions('review-program', 'gitRead', ['shop', 'review'], appKeys('READER'), 'the reviews'),
  inActions('verify-ops', 'gitRead', ['shop-ops', 'review'], appKeys('READER'), 'the reviews'),
];

/** Runs the image of payments, but on its own: two applications that share an artifact may run different versions of it. */
const auditor = (payments: Service): Service => ({
  ...payments,
  name: 'auditor',
  containers: payments.containers.map((container) => ({ ...container, name: 'auditor', env: {} })),
  routes: [],
  connects: [toPayments],
});

/** `orders` without what it asks of another application. */
const withoutPayments = (orders: Service): Service => ({
  ...orders,
  containers: orders.containers.map(({ env = {}, ...container }) => {
    const { PAYMENTS_URL: _, ...rest } = env;
    return { ...container, env: rest };
  }),
  connects: [connectsTo('orders-db', 'postgresql')],
});

function partsOf(shop: Application): readonly Application[] {
  const { services } = shop;
  const payments = services.filter(({ name }) => name === 'payments');
  return [
    { ...shop, services: services.filter(({ name }) => name === 'orders').map(withoutPayments) },
    { name: 'bank', services: payments },
    { name: 'audit', services: payments.map(auditor) },
  ];
}

/** In `prod` the gates differ: one approval, two, and none. */
function gateOf(place: string, application: string): Gate {
  if (place !== 'prod') return { kind: 'none' };
  if (application === 'audit') return { kind: 'none', accepted: 'it changes nothing' };
  const approvals = application === 'bank' ? 2 : 1;
  return { kind: 'pullRequest', approvals, approvers: ['releasers'], checks: ['verify'] };
}

/**
 * A made-up system: `shop` (orders and its database), `bank` (payments) and `audit` (an auditor that runs the image of payments) in `dev`, `qa` and
 * `prod`. Each moves by itself.
 *
 * @param names - which of the applications, in this order. @default - all
 */
export function severalApplications(names: readonly string[] = applications): Delivery {
  const delivery = validDelivery();
  const isAlone = names.length === 1;
  const [first] = delivery.stages as readonly [Stage];
  const environments = places.map((place) => {
    const environment = environmentNamed(place);
    const parts = environment.applications.flatMap(partsOf).filter(({ name }) => names.includes(name));
    return { ...environment, applications: parts };
  });
  const stages = places.flatMap((place, i) =>
    names.map((application): Stage => {
      const before = places[i - 1];
      const gate = gateOf(place, application);
      return {
        ...first,
        name: isAlone ? place : `${place}-${application}`,
        environment: place,
        application,
        intake:
          before === undefined
            ? { from: 'supply', supplies: ['images'] }
            : { from: 'stages', stages: [isAlone ? before : `${before}-${application}`] },
        triggers: before === undefined ? first.triggers : [{ on: 'manual' }],
        gate,
        write: {
          ...first.write,
          credential: `promotion-${place}`,
          branch: isAlone ? `env/${place}` : `app/${place}/${application}`,
          ...(gate.kind === 'pullRequest' ? { mode: 'pullRequest' } : {}),
        },
        ...(gate.kind === 'pullRequest' ? { emergency: ['alice'] } : {}),
      };
    }),
  );
  const tag = '4f2a9c1d7be03586a1c94e20d5b7f8036e9a12cd';
  const used = ['orders', ...(isAlone ? [] : ['payments'])];
  const images = Object.fromEntries(used.map((name) => [name, { repository: `acme/${name}`, tag }]));
  return {
    ...delivery,
    credentials,
    environments,
    stages,
    initialReleases: Object.fromEntries(places.map((place) => [place, { images }])),
  };
}
