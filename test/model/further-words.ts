import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Service } from '../../src/model/service.ts';
import { validDelivery, withEnvironment, withService } from '../support/valid-delivery.ts';

const certificate: Credential = {
  name: 'shop-certificate',
  purpose: 'certificate',
  holder: 'ingress-nginx',
  store: { kind: 'kubernetes', secretName: 'prod-shop-certificate', keys: ['tls.crt', 'tls.key'] },
  scope: 'shop.example and www.shop.example',
};

/** Behind the Gateway API, below a path that it takes off. */
const dev = (environment: Environment): Environment => ({
  ...environment,
  host: 'dev.shop.example',
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
  credentials: [...environment.credentials, certificate],
  applications: environment.applications.map((it) => ({ ...it, routing: { ingress: 'shop-public' } })),
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

/** A delivery without a problem that says words which exclude those of the other deliveries of the tests. */
export const furtherWords: Delivery = withService(shop, 'prod', 'payments', payments);

/** The same delivery where cert-manager makes the certificates of production. */
export const certified: Delivery = withEnvironment(furtherWords, 'prod', (environment) => ({
  ...environment,
  ingress: {
    kind: 'kubernetes',
    className: 'nginx',
    tls: { kind: 'certManager', issuer: 'letsencrypt', issuerKind: 'ClusterIssuer' },
    controller: { namespace: 'ingress-nginx', podLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
  },
  credentials: environment.credentials.filter(({ purpose }) => purpose !== 'certificate'),
}));
