import { labelled } from '../../objects/change/phrase.ts';
import { fieldsOf, itemsOf, placesOf, textOf, valueAt } from '../../objects/fields.ts';
import { namedService, type ServiceReference } from '../../objects/traffic/service-references.ts';
import type { IngressPlugin } from '../ingress.ts';
import { ingressSummary, ingressWords } from './words.ts';

/** Kubernetes' own Ingress, by a controller of whatever class. */
export const kubernetes: IngressPlugin<'kubernetes'> = {
  kind: 'kubernetes',
  title: 'Ingress',
  controller: { namespace: 'ingress-nginx', podLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
  groups: { 'networking.k8s.io': ['extensions'] },
  drawn: [['networking.k8s.io/v1', 'Ingress']],
  routes: ['Ingress', 'IngressClass'],
  modifiers: [],
  entries: {
    Ingress: {
      hosts: (object) =>
        placesOf(valueAt(object, 'spec', 'rules'), '').flatMap(({ fields }) => textOf(fields['host']) ?? []),
      paths(object, field) {
        const [rule, path] = /^spec\.rules\[(\d+)\]\.http\.paths\[(\d+)\]/.exec(field)?.slice(1) ?? [];
        const paths = itemsOf(valueAt(itemsOf(valueAt(object, 'spec', 'rules'))[Number(rule)], 'http', 'paths'));
        return path === undefined ? [] : [textOf(valueAt(paths[Number(path)], 'path')) ?? '/'];
      },
    },
  },
  services: {
    Ingress: (object) => [
      ...behind(valueAt(object, 'spec', 'defaultBackend'), 'spec.defaultBackend'),
      ...placesOf(valueAt(object, 'spec', 'rules'), 'spec.rules').flatMap(({ fields, path }) =>
        placesOf(valueAt(fields, 'http', 'paths'), `${path}.http.paths`).flatMap((each) =>
          behind(each.fields['backend'], `${each.path}.backend`),
        ),
      ),
    ],
  },
  references: [],
  listeners: ['Ingress'],
  secretFields: {},
  words: { Ingress: { 'spec.ingressClassName': labelled('ingress class') } },
  say: { Ingress: ingressWords },
  summaries: { Ingress: ingressSummary },
  checks: [],
};

function behind(value: unknown, path: string): readonly ServiceReference[] {
  const service = fieldsOf(fieldsOf(value)['service']);
  const port = fieldsOf(service['port']);
  return namedService({ name: service['name'], port: port['name'] ?? port['number'] }, `${path}.service`);
}
