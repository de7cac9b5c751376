import { k3sTraefik } from '../../model/environment.ts';
import { labelled } from '../../objects/change/phrase.ts';
import { itemsOf, textOf, valueAt } from '../../objects/fields.ts';
import type { IngressPlugin } from '../ingress.ts';
import { middlewares } from './checks/middlewares.ts';
import { traefikRules } from './checks/traefik-rules.ts';
import { entries } from './entries.ts';
import { services } from './services.ts';
import { ingressRouteWords, matchWords, tlsWords } from './words.ts';

/** Traefik: an IngressRoute for each application, and Middlewares that change paths. */
export const traefik: IngressPlugin<'traefik'> = {
  kind: 'traefik',
  title: 'Traefik',
  controller: k3sTraefik,
  groups: { 'traefik.io': ['traefik.containo.us'] },
  drawn: [
    ['traefik.io/v1alpha1', 'IngressRoute'],
    ['traefik.io/v1alpha1', 'Middleware'],
  ],
  routes: [
    'IngressRoute',
    'IngressRouteTCP',
    'IngressRouteUDP',
    'ServersTransport',
    'TLSOption',
    'TLSStore',
    'TraefikService',
  ],
  modifiers: ['Middleware', 'MiddlewareTCP'],
  entries,
  services,
  references: [
    { from: 'IngressRoute.traefik.io', path: 'spec.tls.options.name', to: 'TLSOption.traefik.io' },
    {
      from: 'IngressRoute.traefik.io',
      path: 'spec.routes[].services[].serversTransport',
      to: 'ServersTransport.traefik.io',
    },
  ],
  listeners: ['IngressRoute'],
  secretFields: {
    IngressRoute: [['spec', 'tls', 'secretName']],
    IngressRouteTCP: [['spec', 'tls', 'secretName']],
    Middleware: [
      ['spec', 'basicAuth', 'secret'],
      ['spec', 'digestAuth', 'secret'],
      ['spec', 'forwardAuth', 'tls', 'certSecret'],
    ],
    TLSStore: [['spec', 'defaultCertificate', 'secretName']],
  },
  words: {
    Middleware: {
      'spec.replacePath.path': labelled('path is replaced by'),
      'spec.stripPrefix.prefixes[]': labelled('prefix that is cut off'),
    },
  },
  say: { IngressRoute: ingressRouteWords },
  summaries: {
    IngressRoute: (object) => {
      const tls = valueAt(object, 'spec', 'tls');
      return [
        ...itemsOf(valueAt(object, 'spec', 'routes')).map(
          (route) => `route ${matchWords(textOf(valueAt(route, 'match')) ?? '')}`,
        ),
        ...(tls === undefined ? [] : [tlsWords(tls)]),
      ];
    },
  },
  checks: [middlewares, traefikRules],
};
