import { text } from '../../../../src/model/formats/text.ts';
import { SchemaCatalog } from '../../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../../src/review/schema/schema-files.ts';
import { validDelivery, withService } from '../../../support/valid-delivery.ts';
import { bootstrap, container, deployment, dev, object, service, withContainer } from '../small-objects.ts';
import type { KnownDefect } from './known-defect.ts';

const catalog = new SchemaCatalog(schemaReader('.'));
const kargo = 'kargo.akuity.io/v1alpha1';

const wired = withService(validDelivery(), 'dev', 'orders', (orders) => ({
  ...orders,
  containers: orders.containers.map((it) => ({
    ...it,
    env: { RECCO: text`http://${{ kind: 'host', of: 'recco' }}:8080` },
  })),
}));

const small = { ...dev(), cluster: { ...dev().cluster, capacity: { cpu: '2', memory: '4Gi' } } };

/** Fact sheet `craftista`, section 5. */
export const craftista: readonly KnownDefect[] = [
  {
    defect: 'every stage promotes itself, because a label says so',
    objects: [
      object(kargo, 'ProjectConfig', 'craftista', {
        spec: {
          promotionPolicies: [{ autoPromotionEnabled: true, stageSelector: { matchLabels: { autopromote: 'true' } } }],
        },
      }),
    ],
    found: [
      [
        'auto-promotion',
        'ProjectConfig/craftista spec.promotionPolicies[0].stageSelector: whoever may edit a stage can let it be promoted without a person; name the stage',
      ],
    ],
  },
  {
    defect: 'no probes, so that "healthy" means "started"',
    objects: [withContainer({ readinessProbe: undefined, livenessProbe: undefined }), service('dev-orders-svc')],
    found: [
      [
        'verified-health',
        'Deployment/dev-orders spec.template.spec.containers: the stage "dev" calls a release verified when it is healthy, and no container says when it is; add a readiness probe that can fail',
      ],
      [
        'probes',
        'Deployment/dev-orders spec.template.spec.containers[0].readinessProbe: container "orders" receives traffic before anybody knows that it can serve it; add a readiness probe',
      ],
    ],
  },
  {
    defect: 'a `kustomization.yaml` among the applied files',
    objects: [object('kustomize.config.k8s.io/v1beta1', 'Kustomization', 'dev')],
    surroundings: { catalog },
    found: [
      [
        'schema',
        'Kustomization/dev apiVersion: no schema for Kustomization of kustomize.config.k8s.io/v1beta1; write kustomize.toolkit.fluxcd.io/v1, got "kustomize.config.k8s.io/v1beta1"',
      ],
    ],
  },
  {
    defect: 'hosts that are called `recco` and served as `recommendation`',
    objects: [deployment('dev-orders'), service('dev-recommendation-svc')],
    surroundings: { delivery: wired },
    found: [
      [
        'hosts',
        'Deployment/dev-orders spec.template.spec.containers[0].env.RECCO: refers to "recco", which is no service or database of the application',
      ],
    ],
  },
  {
    defect: 'requests of 3.6 CPU on a cluster of 2',
    objects: [
      deployment(
        'dev-orders',
        { containers: [container({ resources: { requests: { cpu: '450m', memory: '128Mi' } } })] },
        { replicas: 8 },
      ),
    ],
    surroundings: { environment: small },
    found: [
      [
        'capacity',
        'Namespace/dev: all pods together request 3.6 of cpu, and the cluster "local" offers 2; lower requests or replicas, or declare more',
      ],
    ],
  },
  {
    defect: 'a Service port that looks like a node port and is none',
    objects: [service('dev-orders-svc', { type: 'NodePort', ports: [{ port: 30080, targetPort: 3000 }] })],
    found: [
      [
        'node-ports',
        "Service/dev-orders-svc spec.ports[0].nodePort: the port 30080 looks like a node port, but the node's port is another; write it as nodePort too, or write the program's own port as port",
      ],
    ],
  },
  {
    defect:
      "an administrator's password hash, a signing key and a database password in Git, and the database without a claim",
    objects: [
      object('argoproj.io/v1alpha1', 'Application', 'kargo', {
        spec: {
          project: 'craftista',
          source: {
            helm: {
              parameters: [
                { name: 'api.adminAccount.passwordHash', value: `$$2a$$10$$${'a'.repeat(53)}` },
                { name: 'api.adminAccount.tokenSigningKey', value: 'literal' },
              ],
            },
          },
        },
      }),
      deployment('catalogue-db-dev', {
        containers: [
          container({
            name: 'db',
            image: 'postgres:16.2-alpine3.19',
            env: [{ name: 'POSTGRES_PASSWORD', value: 'devops' }],
          }),
        ],
      }),
    ],
    found: [
      [
        'secret-values',
        'Application/kargo spec.source.helm.parameters[0].value: holds what looks like a password hash, and everybody who reads the branch has it; declare a credential and refer to its key, then revoke this one',
      ],
      [
        'secret-literals',
        'Application/kargo spec.source.helm.parameters[1].value: "api.adminAccount.tokenSigningKey" is written out, and everybody who reads the branch has it; declare a credential and refer to its key',
      ],
      [
        'secret-literals',
        'Deployment/catalogue-db-dev spec.template.spec.containers[0].env[0].value: "POSTGRES_PASSWORD" is written out, and everybody who reads the branch has it; declare a credential and refer to its key',
      ],
      [
        'ephemeral-databases',
        'Deployment/catalogue-db-dev spec.template.spec.volumes: container "db" is a database server without a claim, and loses its data at each restart; mount one where it writes',
      ],
    ],
  },
  {
    defect: 'an AppProject that allows everything',
    objects: [
      bootstrap(
        object('argoproj.io/v1alpha1', 'AppProject', 'craftista', {
          spec: {
            sourceRepos: ['*'],
            destinations: [],
            namespaceResourceWhitelist: [{ group: '*', kind: '*' }],
            clusterResourceWhitelist: [],
          },
        }),
      ),
    ],
    found: [
      [
        'app-project',
        'AppProject/craftista spec.sourceRepos[0]: a wildcard allows more than this environment needs; write what it needs, got "*"',
      ],
      [
        'app-project',
        'AppProject/craftista spec.namespaceResourceWhitelist[0].group: a wildcard allows more than this environment needs; write what it needs, got "*"',
      ],
    ],
  },
  {
    defect: 'an annotation that authorizes a stage which does not exist',
    objects: [
      object(kargo, 'Stage', 'catalogue-dev-stage', { spec: {} }),
      object(
        'argoproj.io/v1alpha1',
        'Application',
        'catalogue-db-dev',
        { spec: {} },
        { annotations: { 'kargo.akuity.io/authorized-stage': 'dev:catalogue-db-dev-stage' } },
      ),
    ],
    found: [
      [
        'custom-resources',
        'Application/catalogue-db-dev metadata.annotations["kargo.akuity.io/authorized-stage"]: there is no Stage "catalogue-db-dev-stage" in this environment; write "catalogue-dev-stage"',
      ],
    ],
  },
  {
    defect: 'an update that waits for the health of any revision',
    objects: [
      object(kargo, 'PromotionTask', 'promotion-frontend', {
        spec: { steps: [{ uses: 'argocd-update', config: { apps: [{ name: '${{ vars.argocdApp }}' }] } }] },
      }),
    ],
    found: [
      [
        'awaited-revision',
        'PromotionTask/promotion-frontend spec.steps[0].config.apps[0].sources: the health of any revision counts as that of this promotion; name the commit as desiredRevision',
      ],
    ],
  },
  {
    defect: 'a chart whose default image is `latest`',
    objects: [withContainer({ image: 'nitheesh86/microservice-frontend:latest' })],
    found: [
      [
        'image-versions',
        'Deployment/dev-orders spec.template.spec.containers[0].image: the tag "latest" names another image tomorrow; write a version, e.g. "nitheesh86/microservice-frontend:1.2.3", got "nitheesh86/microservice-frontend:latest"',
      ],
    ],
  },
];
