import { fieldsOf, itemsOf, placesOf, textOf, textsOf, valueAt } from '../../objects/fields.ts';
import { namedService } from '../../objects/traffic/service-references.ts';
import type { IngressPlugin, RequestEntry } from '../ingress.ts';
import { httpRouteSummary, httpRouteWords } from './words.ts';

const entry: RequestEntry = {
  hosts: (object) => textsOf(valueAt(object, 'spec', 'hostnames')),
  paths(object, field) {
    const index = /^spec\.rules\[(\d+)\]/.exec(field)?.[1];
    const rule = fieldsOf(itemsOf(valueAt(object, 'spec', 'rules'))[Number(index)]);
    return placesOf(rule['matches'], '').flatMap(({ fields }) => textOf(valueAt(fields, 'path', 'value')) ?? []);
  },
};

const services: IngressPlugin['services'][string] = (object) =>
  placesOf(valueAt(object, 'spec', 'rules'), 'spec.rules').flatMap(({ fields, path }) =>
    placesOf(fields['backendRefs'], `${path}.backendRefs`).flatMap((each) =>
      (textOf(each.fields['kind']) ?? 'Service') === 'Service' ? namedService(each.fields, each.path) : [],
    ),
  );

/** The Gateway API: an HTTPRoute for each service, attached to a Gateway that somebody else keeps. */
export const gateway: IngressPlugin<'gateway'> = {
  kind: 'gateway',
  title: 'Gateway API',
  controller: { namespace: 'envoy-gateway-system', podLabels: { 'app.kubernetes.io/name': 'envoy' } },
  groups: { 'gateway.networking.k8s.io': ['networking.x-k8s.io'] },
  drawn: [['gateway.networking.k8s.io/v1', 'HTTPRoute']],
  routes: ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute', 'Gateway'],
  modifiers: [],
  entries: { HTTPRoute: entry, GRPCRoute: entry, TCPRoute: entry, TLSRoute: entry },
  services: { HTTPRoute: services, GRPCRoute: services, TCPRoute: services, TLSRoute: services },
  references: [],
  listeners: [],
  secretFields: {},
  words: {},
  say: { HTTPRoute: httpRouteWords },
  summaries: { HTTPRoute: httpRouteSummary },
  checks: [],
};
