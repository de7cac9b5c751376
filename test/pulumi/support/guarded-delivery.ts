import type { Credential } from '../../../src/model/credential.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

const inActions = (
  name: string,
  purpose: Credential['purpose'],
  environment: string,
  keys: readonly string[],
): Credential => ({
  name,
  purpose,
  holder: 'promoter',
  store: { kind: 'githubActions', repository: 'shop', environment, keys },
  scope: `${purpose} for ${environment}`,
});

const appKeys = ['PROMOTION_APP_ID', 'PROMOTION_PRIVATE_KEY'];

const promotion = (environment: string): Credential =>
  inActions(`promotion-${environment}`, 'gitPush', environment, appKeys);

/** The small delivery with every Actions secret behind a GitHub environment: `dev`, `prod`, `build`. */
export function guardedDelivery(): Delivery {
  const delivery = validDelivery();
  return {
    ...delivery,
    stages: delivery.stages.map((stage) => ({
      ...stage,
      write: { ...stage.write, credential: `promotion-${stage.environment}` },
    })),
    credentials: [
      ...delivery.environments.map(({ name }) => promotion(name)),
      inActions('registry', 'registryPush', 'build', ['REGISTRY_TOKEN', 'REGISTRY_USERNAME']),
    ],
  };
}

/** Another environment like `dev`: its data, and nothing in any program. */
export function withAnotherEnvironment(delivery: Delivery, name: string): Delivery {
  const again = <Item>(item: Item): Item => JSON.parse(JSON.stringify(item).replaceAll('dev', name)) as Item;
  const like = <Item>(items: readonly Item[], is: (item: Item) => boolean): readonly Item[] => [
    ...items,
    ...items.filter(is).map(again),
  ];
  return {
    ...delivery,
    environments: like(delivery.environments, (environment: Environment) => environment.name === 'dev'),
    stages: like(delivery.stages, (stage) => stage.environment === 'dev'),
    credentials: like(delivery.credentials, (credential) => credential.name === 'promotion-dev'),
    initialReleases: { ...delivery.initialReleases, [name]: { images: {} } },
  };
}
