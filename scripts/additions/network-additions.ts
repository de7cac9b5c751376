import type { SchemaNode } from '../../src/review/schema/schema-node.ts';
import { port } from './port.ts';

/** What the API server checks of Services, routes and network policies in its code. */
export const networkAdditions: Readonly<Record<string, SchemaNode>> = {
  'core#v1.Service': { required: ['spec'] },
  'core#v1.ServicePort': {
    properties: {
      name: { format: 'dns-label' },
      nodePort: { minimum: 0, maximum: 65535 },
      port,
      protocol: { default: 'TCP' },
      targetPort: { format: 'port' },
    },
  },
  'core#v1.ServiceSpec': {
    properties: {
      loadBalancerSourceRanges: { items: { format: 'cidr' } },
      ports: { 'x-needed-when-many': 'name' },
      trafficDistribution: { enum: ['PreferClose', 'PreferSameNode', 'PreferSameZone'] },
    },
    'x-field-rules': [{ field: 'type', values: ['ExternalName'], needs: 'externalName' }],
  },
  'core#v1.HostAlias': { properties: { ip: { format: 'ip' } } },
  'networking.k8s.io#v1.HTTPIngressPath': {
    properties: { path: { pattern: '^(/.*)?$' } },
    'x-field-rules': [{ field: 'pathType', values: ['Exact', 'Prefix'], needs: 'path' }],
  },
  'networking.k8s.io#v1.HTTPIngressRuleValue': { properties: { paths: { minItems: 1 } } },
  'networking.k8s.io#v1.IngressServiceBackend': { required: ['port'], properties: { name: { minLength: 1 } } },
  'networking.k8s.io#v1.IngressBackend': { 'x-exactly-one': ['resource', 'service'] },
  'networking.k8s.io#v1.IPBlock': { properties: { cidr: { format: 'cidr' }, except: { items: { format: 'cidr' } } } },
  'networking.k8s.io#v1.NetworkPolicyPeer': {
    'x-at-least-one': ['ipBlock', 'namespaceSelector', 'podSelector'],
    'x-at-most-one': ['ipBlock', 'podSelector'],
  },
  'networking.k8s.io#v1.IngressSpec': { 'x-at-least-one': ['defaultBackend', 'rules'] },
  'networking.k8s.io#v1.Ingress': { required: ['spec'] },
  'networking.k8s.io#v1.NetworkPolicyPort': {
    properties: { endPort: port, port: { format: 'port' } },
    'x-field-rules': [{ field: 'endPort', needs: 'port' }],
  },
  'networking.k8s.io#v1.NetworkPolicySpec': { properties: { policyTypes: { items: { enum: ['Egress', 'Ingress'] } } } },
  'networking.k8s.io#v1.ServiceBackendPort': { properties: { number: port }, 'x-exactly-one': ['name', 'number'] },
};
