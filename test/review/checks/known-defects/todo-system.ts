import { text, unprefixedHost } from '../../../../src/model/formats/text.ts';
import { SchemaCatalog } from '../../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../../src/review/schema/schema-files.ts';
import { validDelivery, withEnvironment, withService } from '../../../support/valid-delivery.ts';
import {
  claim,
  configMap,
  container,
  cronJob,
  deployment,
  dev,
  mounting,
  object,
  service,
  statefulSet,
  volume,
  withContainer,
} from '../small-objects.ts';
import type { KnownDefect } from './known-defect.ts';

const catalog = new SchemaCatalog(schemaReader('.'));

const route = (to: object, middleware = 'dev-strip') =>
  object('traefik.io/v1alpha1', 'IngressRoute', 'dev-shop', {
    spec: {
      routes: [{ match: 'PathPrefix(`/dev`)', kind: 'Rule', services: [to], middlewares: [{ name: middleware }] }],
    },
  });

const backup = (secret: string, key: string) =>
  cronJob('dev-backup', {
    containers: [container({ env: [{ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: secret, key } } }] })],
  });

const server = statefulSet('dev-db', {
  volumes: [{ name: 'init', configMap: { name: 'dev-init' } }],
  containers: [
    container({
      image: 'postgres:18.1-trixie',
      envFrom: [{ configMapRef: { name: 'dev-db-config' } }],
      volumeMounts: [{ name: 'init', mountPath: '/docker-entrypoint-initdb.d' }],
    }),
  ],
});

/** The backend puts `<namespace>-` in front of its database's host. */
const selfPrefixing = withEnvironment(
  withService(validDelivery(), 'dev', 'orders', (orders) => ({
    ...orders,
    containers: orders.containers.map((it) => ({ ...it, env: {} })),
    configs: [{ name: 'orders-config', data: { DB_HOST: text`${unprefixedHost('orders-db')}` } }],
  })),
  'dev',
  (environment) => ({ ...environment, namePrefix: 'development-' }),
);

const envField = 'spec.jobTemplate.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef';

/** What `kubectl kustomize` lets pass with exit code 0. */
export const todoSystem: readonly KnownDefect[] = [
  {
    defect: 'a route to a missing Middleware',
    objects: [route({ name: 'dev-orders-svc', port: 80 }, 'dev-stripp'), service('dev-orders-svc')],
    found: [
      [
        'middlewares',
        'IngressRoute/dev-shop spec.routes[0].middlewares[0].name: there is no Middleware "dev-stripp" in this environment; there is none',
      ],
    ],
  },
  {
    defect: 'a route to a missing Service',
    objects: [route({ name: 'dev-order-svc', port: 80 }), service('dev-orders-svc')],
    found: [
      [
        'services',
        'IngressRoute/dev-shop spec.routes[0].services[0].name: there is no Service "dev-order-svc" in this environment; write "dev-orders-svc"',
      ],
    ],
  },
  {
    defect: 'a route to a missing port',
    objects: [route({ name: 'dev-orders-svc', port: 4567 }), service('dev-orders-svc')],
    found: [
      [
        'services',
        'IngressRoute/dev-shop spec.routes[0].services[0].port: Service "dev-orders-svc" has no port 4567; write "80" or "http"',
      ],
    ],
  },
  {
    defect: 'a CronJob with a missing Secret',
    objects: [backup('dev-db-secret', 'POSTGRES_PASSWORD')],
    found: [
      [
        'secrets',
        `CronJob/dev-backup ${envField}.name: no credential declares the Secret "dev-db-secret"; declare one with its keys, or write "dev-orders-db-secret"`,
      ],
    ],
  },
  {
    defect: 'a missing key of a Secret',
    objects: [backup('dev-orders-db-secret', 'PASSWORD')],
    found: [
      [
        'secrets',
        `CronJob/dev-backup ${envField}.key: Secret "dev-orders-db-secret" has no declared key "PASSWORD"; write "POSTGRES_PASSWORD"`,
      ],
    ],
  },
  {
    defect: 'a claim for a missing volume',
    objects: [claim('dev-uploads', { volumeName: 'local-pv' }), volume('dev-local-pv')],
    found: [
      [
        'persistent-volumes',
        'PersistentVolumeClaim/dev-uploads spec.volumeName: there is no PersistentVolume "local-pv" in this environment; write "dev-local-pv"',
      ],
    ],
  },
  {
    defect: 'POSTGRES_DB other than the init SQL',
    objects: [
      server,
      configMap('dev-db-config', { POSTGRES_DB: 'testdb' }),
      configMap('dev-init', { 'init.sql': 'CREATE DATABASE "orders-dev";\n\\c "orders-dev"\n' }),
    ],
    found: [
      [
        'database-names',
        'ConfigMap/dev-init data["init.sql"]: works in the database "orders-dev", and the server of StatefulSet "dev-db" has "testdb" (POSTGRES_DB); write one name in both',
      ],
    ],
  },
  {
    defect: 'a misspelt container name in a patch',
    objects: [
      deployment('dev-orders', {
        containers: [{ name: 'ordres', env: [{ name: 'FORWARD', value: 'false' }] }, container()],
      }),
    ],
    found: [
      [
        'container-names',
        'Deployment/dev-orders spec.template.spec.containers[0].image: container "ordres" has no image; give it one, or write the name of the container that was meant: orders',
      ],
    ],
  },
  {
    defect: 'an unknown resource name',
    objects: [
      withContainer({
        resources: { requests: { cpu: '1', memory: '1Gi', memmory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } },
      }),
    ],
    found: [
      [
        'resources',
        'Deployment/dev-orders spec.template.spec.containers[0].resources.requests.memmory: there is no resource "memmory"; write "memory"',
      ],
    ],
  },
  {
    defect: 'an unknown field (`replicaz`)',
    objects: [deployment('dev-orders', {}, { replicaz: 2 })],
    surroundings: { catalog },
    found: [['schema', 'Deployment/dev-orders spec.replicaz: unknown field; write "replicas"']],
  },
  {
    defect: 'an image entry that stops matching, so that `:edge` is deployed',
    objects: [withContainer({ image: 'acme/orders:edge' })],
    found: [
      [
        'image-versions',
        'Deployment/dev-orders spec.template.spec.containers[0].image: the tag "edge" names another image tomorrow; write a version, e.g. "acme/orders:1.2.3", got "acme/orders:edge"',
      ],
      [
        'release-images',
        'Deployment/dev-orders spec.template.spec.containers[0].image: the version of the artifact "orders" is written by hand, so that no release moves it; write { artifact: "orders" }, got "acme/orders:edge"',
      ],
    ],
  },
  {
    defect: 'the name prefix changed alone: names written by hand',
    objects: [
      claim('prod-uploads', { volumeName: 'production-volume' }),
      volume('prod-volume'),
      cronJob('prod-backup', {
        ...mounting('data-production-db-0'),
        containers: [
          container({ env: [{ name: 'P', valueFrom: { secretKeyRef: { name: 'production-db-secret', key: 'P' } } }] }),
        ],
      }),
      statefulSet('prod-db'),
      route({ name: 'production-orders-svc', port: 80 }, 'production-strip'),
      service('prod-orders-svc'),
      object('traefik.io/v1alpha1', 'Middleware', 'prod-strip', { spec: {} }),
    ],
    found: [
      [
        'persistent-volumes',
        'PersistentVolumeClaim/prod-uploads spec.volumeName: there is no PersistentVolume "production-volume" in this environment; write "prod-volume"',
      ],
      [
        'secrets',
        'CronJob/prod-backup spec.jobTemplate.spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef.name: no credential declares the Secret "production-db-secret"; declare one with its keys, or write "dev-orders-db-secret"',
      ],
      [
        'claims',
        'CronJob/prod-backup spec.jobTemplate.spec.template.spec.volumes[0].persistentVolumeClaim.claimName: there is no claim "data-production-db-0" in this environment; write "data-prod-db-0" or "prod-uploads"',
      ],
      [
        'services',
        'IngressRoute/dev-shop spec.routes[0].services[0].name: there is no Service "production-orders-svc" in this environment; write "prod-orders-svc"',
      ],
      [
        'middlewares',
        'IngressRoute/dev-shop spec.routes[0].middlewares[0].name: there is no Middleware "production-strip" in this environment; write "prod-strip"',
      ],
    ],
  },
  {
    defect: 'the name prefix changed alone: names built at run time',
    objects: [service('development-orders-db-svc')],
    surroundings: { delivery: selfPrefixing, environment: dev(selfPrefixing) },
    found: [
      [
        'hosts',
        'ConfigMap/development-orders-config data.DB_HOST: the program asks for the host "dev-orders-db-svc" at run time, because it puts the namespace in front, and there is no such Service; make namespace and name prefix agree, or write "development-orders-db-svc"',
      ],
    ],
  },
];
