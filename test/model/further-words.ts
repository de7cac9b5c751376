import type { Credential } from '../../src/model/credential.ts';
import { fromDatabase } from '../../src/model/container.ts';
import type { ExternalDatabase } from '../../src/model/database.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import { connectsTo, type Service } from '../../src/model/service.ts';
import { validDelivery, withEnvironment, withService } from '../support/valid-delivery.ts';

const certificate: Credential = {
  name: 'shop-certificate',
  purpose: 'certificate',
  holder: 'ingress-nginx',
  store: { kind: 'kubernetes', secretName: 'prod-shop-certificate', keys: ['tls.crt', 'tls.key'] },
  scope: 'shop.example and www.shop.example',
};

const ledgerPassword: Credential = {
  name: 'ledger-password',
  purpose: 'database',
  holder: 'payments',
  store: { kind: 'kubernetes', secretName: 'prod-ledger', keys: ['password'] },
  scope: 'reads and writes the ledger',
};

/** A managed database in a network of its own. */
const ledger: ExternalDatabase = {
  name: 'ledger',
  host: 'ledger.db.example',
  port: 3306,
  portName: 'mysql',
  addresses: ['10.20.0.0/16'],
  database: 'ledger',
  user: 'payments',
  credential: 'ledger-password',
  passwordKey: 'password',
};

/** Behind the Gateway API, below a path that it takes off. */
const dev = (environment: Environment): Environment => ({
  ...environment,
  host: 'dev.shop.example',
  dns: { kind: 'addresses', addresses: ['169.254.20.10'], port: 53 },
  ingress: {
    kind: 'gateway',
    gateway: { name: 'public', namespace: 'gateways', listener: 'https' },
    controller: { namespace: 'gateways', podLabels: { 'gateway.networking.k8s.io/gateway-name': 'public' } },
  },
});

/** Behind an Ingress of a class, with a certificate of its own. */
const prod = ({ pathPrefix: _, ...environment }: Environment): Environment => ({
  ...environment,
  host: ['shop.example', 'www.shop.example'],
  ingress: {
    kind: 'kubernetes',
    className: 'nginx',
    annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '10m' },
    tls: { kind: 'credential', credential: 'shop-certificate' },
    controller: { namespace: 'ingress-nginx', podLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
  },
  dns: {
    kind: 'pods',
    namespace: 'openshift-dns',
    podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
    port: 5353,
  },
  credentials: [...environment.credentials, certificate, ledgerPassword],
  applications: environment.applications.map((it) => ({
    ...it,
    routing: { ingress: 'shop-public' },
    externalDatabases: [ledger],
    databases: (it.databases ?? []).map((database) => ({
      ...database,
      sharedMemory: '256Mi',
      parameters: { max_connections: '200', 'auto_explain.log_min_duration': '1s' },
    })),
  })),
});

const payments = (service: Service): Service => ({
  ...service,
  routes: [
    { path: '/payments', port: 'http' },
    { path: '/callback', pathType: 'Exact', host: ['pay.shop.example', 'bank.shop.example'], port: 'http' },
  ],
});

const shop = withService(
  withEnvironment(withEnvironment(validDelivery(), 'dev', dev), 'prod', prod),
  'dev',
  'payments',
  payments,
);

const ledgerUser = (service: Service): Service => ({
  ...service,
  containers: service.containers.map((container) => ({
    ...container,
    env: {
      ...container.env,
      LEDGER_HOST: fromDatabase('ledger', 'host'),
      LEDGER_PORT: fromDatabase('ledger', 'port'),
      LEDGER_NAME: fromDatabase('ledger', 'name'),
      LEDGER_USER: fromDatabase('ledger', 'user'),
      LEDGER_PASSWORD: fromDatabase('ledger', 'password'),
    },
  })),
  connects: [
    ...(service.connects ?? []),
    connectsTo('ledger', 'mysql'),
    {
      kind: 'addresses',
      cidrs: ['10.40.0.0/16'],
      ports: [514],
      protocol: 'UDP',
      reason: 'the log server on the premises',
    },
    { kind: 'internet', ports: [123], protocol: 'UDP', reason: 'the time' },
  ],
});

/** A delivery without a problem that says words which exclude those of the other deliveries of the tests. */
export const furtherWords: Delivery = withService(shop, 'prod', 'payments', (service) => ledgerUser(payments(service)));

const issued = withEnvironment(furtherWords, 'prod', (environment) => ({
  ...environment,
  ingress: {
    kind: 'kubernetes',
    className: 'nginx',
    tls: { kind: 'certManager', issuer: 'letsencrypt', issuerKind: 'ClusterIssuer' },
    controller: { namespace: 'ingress-nginx', podLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
  },
  credentials: environment.credentials.filter(({ purpose }) => purpose !== 'certificate'),
  podSecurity: { level: 'baseline', reason: 'images of the old shop start as root' },
}));

/** The same delivery where cert-manager makes the certificates of production, with policies for all that is delivered, and each sync applies everything. */
export const certified: Delivery = {
  ...issued,
  stages: issued.stages.map((stage) =>
    stage.engine.kind === 'argocd' ? { ...stage, engine: { ...stage.engine, applyOutOfSyncOnly: true } } : stage,
  ),
  page: { keptIn: 'gitHubPages', readers: 'repository' },
  policies: { cpuLimits: 'free', imageDigests: 'free', registries: ['docker.io', 'ghcr.io/acme'] },
};
