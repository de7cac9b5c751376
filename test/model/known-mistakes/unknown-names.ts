import { fromDatabase, secret } from '../../../src/model/container.ts';
import { host, port, text } from '../../../src/model/formats/text.ts';
import { container, database, forgets, orders, shop, writes, type Mistake } from './make-mistake.ts';

/** Names that nothing has. */
export const unknownNames: readonly Mistake[] = [
  [
    `${orders}.connects[0].to`,
    writes('orders-dB'),
    `${orders}.connects[0]: there is no service or database of this name; write "orders-db", got "orders-dB"`,
  ],
  [
    `${orders}.connects[0].to`,
    writes('order-db'),
    `${orders}.connects[0]: there is no service or database of this name; write "orders-db", got "order-db"`,
  ],
  [
    `${orders}.connects[0].to`,
    writes('nothing-like-it'),
    `${orders}.connects[0]: there is no service or database of this name; write "orders", "payments" or "orders-db", got "nothing-like-it"`,
  ],
  [
    `${orders}.connects[0].port`,
    writes('postgres'),
    `${orders}.connects[0]: orders-db has no port of this name; write "postgresql", got "postgres"`,
  ],
  [
    `${orders}.connects[0].port`,
    writes('5432'),
    `${orders}.connects[0]: orders-db has no port of this name; write "postgresql", got "5432"`,
  ],
  [
    `${orders}.connects[1].to`,
    writes('paymets'),
    `${orders}.connects[1]: there is no service or database of this name; write "payments", got "paymets"`,
  ],
  [
    `${orders}.connects[1].port`,
    writes('htpp'),
    `${orders}.connects[1]: payments has no port of this name; write "http", got "htpp"`,
  ],
  [
    `${container}.env.DB_HOST.of`,
    writes('order-db'),
    `${container}.env.DB_HOST: there is no database of this name; write "orders-db", got "order-db"`,
  ],
  [
    `${container}.env.X`,
    writes(secret('orders-db-pasword', 'POSTGRES_PASSWORD')),
    `${container}.env.X: there is no credential in dev of this name; write "orders-db-password", got "orders-db-pasword"`,
  ],
  [
    `${container}.env.X`,
    writes(secret('orders-db-password', 'PASSWORD')),
    `${container}.env.X: orders-db-password has no such key; write "POSTGRES_PASSWORD", got "PASSWORD"`,
  ],
  [
    `${container}.env.X`,
    writes(fromDatabase('payments-db', 'host')),
    `${container}.env.X: there is no database of this name; write "orders-db", got "payments-db"`,
  ],
  [
    `${container}.env.X`,
    writes(text`http://${host('paymets')}/`),
    `${container}.env.X: there is no service or database of this name; write "payments", got "paymets"`,
  ],
  [
    `${container}.env.X`,
    writes(text`http://${host('payments')}:${port('payments', 'web')}/`),
    `${container}.env.X: payments has no port of this name; write "http", got "web"`,
  ],
  [
    `${container}.envFrom`,
    writes(['order-config']),
    `${container}.envFrom[0]: there is no config of this service of this name; write "orders-config", got "order-config"`,
  ],
  [
    `${container}.mounts[0].volume`,
    writes('upload'),
    `${container}.mounts[0]: there is no volume of this service of this name; write "uploads", got "upload"`,
  ],
  [
    `${container}.image`,
    writes({ artifact: 'order' }),
    `${container}.image: there is no artifact of this name; write "orders", got "order"`,
  ],
  [
    `${container}.readiness.action.port`,
    writes('htpp'),
    `${container}.readiness.action.port: there is no port of this container of this name; write "http", got "htpp"`,
  ],
  [
    `${orders}.volumes.uploads.claim`,
    writes('upload'),
    `${orders}.volumes.uploads: there is no claim of this application of this name; write "uploads", got "upload"`,
  ],
  [
    `${orders}.ports.http.targetPort`,
    writes(9090),
    `${orders}.ports.http.targetPort: no container of orders listens there; write 8080, or declare it, got 9090`,
  ],
  [
    `${orders}.ports.http.targetPort`,
    writes('web'),
    `${orders}.ports.http.targetPort: no container of orders listens there; write "http", or declare it, got "web"`,
  ],
  [
    `${orders}.routes[0].port`,
    writes('web'),
    `${orders}.routes[0].port: there is no port of orders of this name; write "http", got "web"`,
  ],
  [
    `${orders}.imagePullCredential`,
    writes('registry'),
    `${orders}.imagePullCredential: there is no credential in dev of this name; write "orders-db-password" or "ops-read", got "registry"`,
  ],
  [
    `${database}.credential`,
    writes('orders-db'),
    `${database}.credential: there is no credential in prod of this name; write "orders-db-password", "ops-read" or "bank-token", got "orders-db"`,
  ],
  [
    `${database}.passwordKey`,
    writes('PASSWORD'),
    `${database}.credential: orders-db-password has no such key; write "POSTGRES_PASSWORD", got "PASSWORD"`,
  ],
  [
    'stages.prod.environment',
    writes('production'),
    'stages.prod.environment: there is no environment of this name; write "dev" or "prod", got "production"',
  ],
  [
    'stages.prod.application',
    writes('shops'),
    'stages.prod.application: there is no application in prod of this name; write "shop", got "shops"',
  ],
  [
    'stages.prod.intake.stages',
    writes(['stage']),
    'stages.prod.intake.stages[0]: there is no stage of this name; write "dev" or "prod", got "stage"',
  ],
  [
    'stages.dev.intake.supplies',
    writes(['image']),
    'stages.dev.intake.supplies[0]: there is no supply of this name; write "images", got "image"',
  ],
  [
    'stages.prod.gate.approvers',
    writes(['releaser']),
    'stages.prod.gate.approvers[0]: there is no actor of this name; write "releasers", got "releaser"',
  ],
  [
    'stages.prod.emergency',
    writes(['alise']),
    'stages.prod.emergency[0]: there is no actor of this name; write "alice", got "alise"',
  ],
  [
    'stages.prod.triggers[0].repository',
    writes('shopp'),
    'stages.prod.triggers[0].repository: there is no repository of this name; write "shop", got "shopp"',
  ],
  [
    'stages.prod.write.repository',
    writes('shop-op'),
    'stages.prod.write.repository: there is no repository of this name; write "shop-ops", got "shop-op"',
  ],
  [
    'stages.prod.write.credential',
    writes('promote'),
    'stages.prod.write.credential: there is no credential of the delivery of this name; write "promotion" or "registry", got "promote"',
  ],
  [
    'stages.prod.write.credential',
    writes('promotor'),
    'stages.prod.write.credential: there is no credential of the delivery of this name; write "promotion", got "promotor"',
  ],
  [
    'supplies.images.artifacts',
    writes(['orders', 'payment']),
    'supplies.images.artifacts[1]: there is no artifact of this name; write "payments", got "payment"',
  ],
  [
    'supplies.images.source',
    writes('shop-source'),
    'supplies.images.source: there is no repository of this name; write "shop" or "shop-ops", got "shop-source"',
  ],
  [
    'supplies.images.builder.images[0].artifact',
    writes('order'),
    'supplies.images.builder.images[0].artifact: there is no artifact of this supply of this name; write "orders", got "order"',
  ],
  [
    'credentials.promotion.store.repository',
    writes('shopp'),
    'credentials.promotion.store.repository: there is no repository of this name; write "shop", got "shopp"',
  ],
  [
    'repositories.shop.tags.creators',
    writes(['release']),
    'repositories.shop.tags.creators[0]: there is no actor of this name; write "releasers", got "release"',
  ],
  [
    'repositories.shop.protection.bypass',
    writes(['bob']),
    'repositories.shop.protection.bypass[0]: there is no actor of this name; write "releasers", "alice" or "promoter", got "bob"',
  ],
  [
    'initialReleases.prod.images.order',
    writes({ repository: 'acme/order', tag: 'v1.0.0' }),
    'initialReleases.prod.images.order: there is no artifact of this name; write "orders", got "order"',
  ],
  [
    'exceptions',
    writes([{ check: 'probes', object: 'Deployment/x', environment: 'test', reason: 'x' }]),
    'exceptions[0].environment: there is no environment of this name; write "dev" or "prod", got "test"',
  ],
  [
    'artifacts.orders',
    forgets,
    'supplies.images.artifacts[0]: there is no artifact of this name; write "payments", got "orders"',
  ],
  [
    'initialReleases.dev',
    forgets,
    'initialReleases.dev: is missing; write the image versions that the environment starts with',
  ],
  [
    'initialReleases.prod.images.orders',
    forgets,
    'initialReleases.prod.images: must also name "orders", which the environment runs',
  ],
  [
    `${orders}.configs.orders-config`,
    forgets,
    `${container}.envFrom[0]: there is no config of this service of this name, and none is declared, got "orders-config"`,
  ],
  [
    `${orders}.volumes.uploads`,
    forgets,
    `${container}.mounts[0]: there is no volume of this service of this name, and none is declared, got "uploads"`,
  ],
  [
    `${shop}.claims.uploads`,
    forgets,
    `${orders}.volumes.uploads: there is no claim of this application of this name, and none is declared, got "uploads"`,
  ],
  [
    'actors.releasers',
    forgets,
    'repositories.shop.tags.creators[0]: there is no actor of this name; write "alice" or "promoter", got "releasers"',
  ],
  [
    'repositories.shop-ops',
    forgets,
    'stages.dev.write.repository: there is no repository of this name; write "shop", got "shop-ops" (the same in prod)',
  ],
  [
    'credentials.promotion',
    forgets,
    'stages.dev.write.credential: there is no credential of the delivery of this name; write "registry", got "promotion" (the same in prod)',
  ],
  [
    `${shop}.services.payments`,
    forgets,
    `${orders}.connects[1]: there is no service or database of this name; write "orders" or "orders-db", got "payments"`,
  ],
  [
    `${shop}.databases.orders-db`,
    forgets,
    `${orders}.connects[0]: there is no service or database of this name; write "orders" or "payments", got "orders-db"`,
  ],
  [
    'supplies.images',
    forgets,
    'stages.dev.intake.supplies[0]: there is no supply of this name, and none is declared, got "images"',
  ],
  ['stages.dev', forgets, 'stages.prod.intake.stages[0]: there is no stage of this name; write "prod", got "dev"'],
  [
    `${orders}.ports.http`,
    forgets,
    `${orders}.routes[0].port: there is no port of orders of this name, and none is declared, got "http"`,
  ],
  [
    `${container}.ports.http`,
    forgets,
    `${orders}.ports.http.targetPort: no container of orders listens there; declare it under ports of the container that listens, got 8080`,
  ],
  [
    `${orders}.connects[0]`,
    forgets,
    `${container}.env.DB_HOST: mentions orders-db, which orders may not reach; write connectsTo('orders-db', 'postgresql') under connects`,
  ],
];
