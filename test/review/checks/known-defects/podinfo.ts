import { SchemaCatalog } from '../../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../../src/review/schema/schema-files.ts';
import { bootstrap, deployment, object } from '../small-objects.ts';
import type { KnownDefect } from './known-defect.ts';

const catalog = new SchemaCatalog(schemaReader('.'));
const autoscaler = (version: string, metrics: object = {}) =>
  object(`autoscaling/${version}`, 'HorizontalPodAutoscaler', 'dev-orders', {
    spec: {
      minReplicas: 2,
      maxReplicas: 4,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'dev-orders' },
      ...metrics,
    },
  });

const notification = 'notification.toolkit.fluxcd.io/v1beta3';

/** Fact sheet `podinfo`, section 5. */
export const podinfo: readonly KnownDefect[] = [
  {
    defect: 'a bot that writes to main past the gate of what follows main',
    objects: [
      bootstrap(
        object('argoproj.io/v1alpha1', 'Application', 'shop-dev', { spec: { source: { targetRevision: 'main' } } }),
      ),
    ],
    found: [
      [
        'followed-branch',
        'Application/shop-dev spec.source.targetRevision: commits on "main" reach the cluster without passing the stage "dev"; write "env/dev"',
      ],
    ],
  },
  {
    defect: 'an unanchored tag pattern',
    objects: [
      object('image.toolkit.fluxcd.io/v1', 'ImagePolicy', 'podinfo-latest', {
        spec: { filterTags: { pattern: '[a-f0-9]+-(?P<ts>[0-9]+)', extract: '$ts' } },
      }),
    ],
    found: [
      [
        'tag-patterns',
        'ImagePolicy/podinfo-latest spec.filterTags.pattern: picks every tag that holds the pattern somewhere; write "^[a-f0-9]+-(?P<ts>[0-9]+)$", got "[a-f0-9]+-(?P<ts>[0-9]+)"',
      ],
    ],
  },
  {
    defect: 'an autoscaler of at least two replicas over a Deployment of one',
    objects: [deployment('dev-orders'), autoscaler('v2')],
    found: [
      [
        'scale-targets',
        'Deployment/dev-orders spec.replicas: HorizontalPodAutoscaler "dev-orders" chooses the replicas; leave them out, or each sync resets what it chose',
      ],
    ],
  },
  {
    defect: 'an API version that Kubernetes has removed',
    objects: [autoscaler('v2beta1')],
    surroundings: { catalog },
    found: [
      [
        'schema',
        'HorizontalPodAutoscaler/dev-orders apiVersion: HorizontalPodAutoscaler of autoscaling/v2beta1 is not served by Kubernetes 1.36, it ended with 1.24; write autoscaling/v2, got "autoscaling/v2beta1"',
      ],
    ],
  },
  {
    defect: 'an alert about a Kustomization that does not exist',
    objects: [
      object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'app-promo-podinfo-dev', { spec: {} }),
      object(notification, 'Alert', 'podinfo-kustomize-sync', {
        spec: { eventSources: [{ kind: 'Kustomization', name: 'app-promo-podinfo-dev-test' }] },
      }),
    ],
    found: [
      [
        'custom-resources',
        'Alert/podinfo-kustomize-sync spec.eventSources[0].name: there is no Kustomization "app-promo-podinfo-dev-test" in this environment; write "app-promo-podinfo-dev"',
      ],
    ],
  },
  {
    defect: 'a namespace twice',
    objects: [bootstrap(object('v1', 'Namespace', 'demo')), bootstrap(object('v1', 'Namespace', 'demo'))],
    found: [
      [
        'unique-objects',
        'Namespace/demo metadata.name: dev/Bootstrap/demo makes a Namespace "demo" too; give one of them another name',
      ],
    ],
  },
  {
    defect: 'a generic provider without a signature',
    objects: [object(notification, 'Provider', 'promotion', { spec: { type: 'generic' } })],
    found: [
      [
        'trigger-authentication',
        'Provider/promotion spec.type: the receiver cannot tell who sent the event; write "generic-hmac" and name the Secret of a declared credential, got "generic"',
      ],
    ],
  },
  {
    defect: 'a placeholder that nobody replaced',
    objects: [
      object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'app-podinfo-${environment:=dev}', { spec: {} }),
    ],
    found: [
      [
        'object-names',
        'Kustomization/app-podinfo-${environment:=dev} metadata.name: the name of a Kustomization must be lower-case letters, digits, dashes and dots, with a letter or digit at both ends, got "app-podinfo-${environment:=dev}"',
      ],
    ],
  },
];
