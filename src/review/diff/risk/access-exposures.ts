import type { KubernetesObject } from '../../../model/application.ts';
import { fieldsOf, itemsOf, textOf, textsOf, valueAt } from '../../../objects/fields.ts';
import { ruleSentences, selectorWords } from '../words/policy-words.ts';
import { everyEngine } from '../../../engines/engines.ts';
import { everyIngress } from '../../../ingresses/ingresses.ts';
import type { Exposure } from '../../../objects/change/exposure.ts';

type Expose = (object: KubernetesObject) => readonly Exposure[];

/** What a NetworkPolicy lets through. What reaches past the cluster counts for a new policy too. */
const policy: Expose = (object) => {
  const pods = selectorWords(valueAt(object, 'spec', 'podSelector'));
  const types = textsOf(valueAt(object, 'spec', 'policyTypes'));
  const limits = (type: string, by: string, open: string): readonly Exposure[] =>
    types.includes(type) || (types.length === 0 && by === 'in')
      ? []
      : [{ key: `no ${type}`, message: `does not limit ${open} ${pods}`, whenCreated: false }];
  const allowed = (['ingress', 'egress'] as const).flatMap((direction) =>
    itemsOf(valueAt(object, 'spec', direction)).flatMap((rule) =>
      ruleSentences(direction, rule).map((sentence): Exposure => {
        const outside = /^(from|to) (any|\S*[/:]\S*\d)/.test(sentence) || sentence.includes(' in any namespace ');
        return {
          key: `${direction} ${pods} ${sentence}`,
          message: `lets traffic of ${pods} ${sentence}`,
          whenCreated: outside,
        };
      }),
    ),
  );
  return [...limits('Ingress', 'in', 'what reaches'), ...limits('Egress', 'out', 'what leaves'), ...allowed];
};

const role: Expose = (object) =>
  itemsOf(object['rules']).flatMap((rule) => {
    const { verbs, resources, nonResourceURLs } = fieldsOf(rule);
    const only = textsOf(valueAt(rule, 'resourceNames'));
    const things = [...textsOf(resources), ...textsOf(nonResourceURLs)].map(
      (thing) => `${thing}${only.length === 0 ? '' : ` named ${only.join(', ')}`}`,
    );
    return textsOf(verbs).flatMap((verb) =>
      things.map((thing) => ({
        key: `${verb} ${thing}`,
        message: `may ${verb === '*' ? 'do everything with' : verb} ${thing === '*' ? 'everything' : thing}`,
      })),
    );
  });

const binding: Expose = (object) => {
  const given = `${textOf(valueAt(object, 'roleRef', 'kind')) ?? 'Role'} ${textOf(valueAt(object, 'roleRef', 'name')) ?? ''}`;
  return itemsOf(object['subjects']).map((subject) => {
    const who = `${textOf(valueAt(subject, 'kind')) ?? ''} ${textOf(valueAt(subject, 'name')) ?? ''}`;
    return { key: `${given} ${who}`, message: `gives ${given} to ${who}` };
  });
};

const service: Expose = (object) => {
  const type = textOf(valueAt(object, 'spec', 'type'));
  return [
    ...(type === 'NodePort' || type === 'LoadBalancer'
      ? [
          {
            key: type,
            message: type === 'NodePort' ? 'is reachable on every node' : 'is reachable from outside the cluster',
          },
        ]
      : []),
    ...textsOf(valueAt(object, 'spec', 'externalIPs')).map((address) => ({
      key: `address ${address}`,
      message: `is reachable at ${address}`,
    })),
  ];
};

const enforce = 'pod-security.kubernetes.io/enforce';
const levels: readonly (string | undefined)[] = ['restricted', 'baseline', 'privileged'];

/** Each level that a namespace allows beyond "restricted". */
const namespace: Expose = ({ metadata }) => {
  const level = metadata.labels?.[enforce];
  const reached = level === undefined || !levels.includes(level) ? levels.length - 1 : levels.indexOf(level);
  return levels.slice(1, reached + 1).map((allowed) => ({
    key: `level ${String(allowed)}`,
    message: `allows pods that Pod Security calls ${String(allowed)}`,
  }));
};

/** Whether a route answers without encryption; only the loss of it is worth a word. */
const route: Expose = (object) =>
  valueAt(object, 'spec', 'tls') === undefined
    ? [{ key: 'no tls', message: 'answers without TLS', whenCreated: false }]
    : [];

const byKind: Readonly<Record<string, Expose>> = {
  NetworkPolicy: policy,
  Role: role,
  ClusterRole: role,
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  Service: service,
  Namespace: namespace,
  ...Object.fromEntries(everyIngress.flatMap(({ listeners }) => listeners.map((kind) => [kind, route]))),
};

/** What an object that is no workload opens: peers, kinds, verbs, ways in from outside. */
export const accessExposures = (object: KubernetesObject): readonly Exposure[] =>
  Object.hasOwn(byKind, object.kind)
    ? (byKind[object.kind]?.(object) ?? [])
    : everyEngine.flatMap((engine) => engine.exposures(object));
