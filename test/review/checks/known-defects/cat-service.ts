import { claim, configMap, container, deployment, service, withContainer } from '../small-objects.ts';
import type { KnownDefect } from './known-defect.ts';

const database = (fields: object = {}) =>
  deployment(
    'dev-cat-postgres',
    { containers: [container({ name: 'db', image: 'bitnami/postgresql:latest', ...fields })] },
    {},
    { app: 'cat-postgres' },
  );

/** Fact sheet `cat-service`, section 5. */
export const catService: readonly KnownDefect[] = [
  {
    defect: 'dev selectors match the pods and the database of prod in the same namespace',
    objects: [
      deployment('dev-cat', {}, {}, { app: 'cat' }),
      deployment('prod-cat', {}, {}, { app: 'cat', env: 'prod' }),
      service('dev-cat', { selector: { app: 'cat' } }),
    ],
    found: [
      [
        'selector-overlap',
        'Deployment/dev-cat spec.selector: also selects the pods of Deployment "prod-cat"; add a label that only one of them has, got app=cat',
      ],
      [
        'selector-overlap',
        'Service/dev-cat spec.selector: selects the pods of Deployment "dev-cat" and Deployment "prod-cat"; add a label that only one of them has, got app=cat',
      ],
    ],
  },
  {
    defect: 'a key twice, so that the ConfigMap a Deployment names is never generated',
    objects: [
      deployment('dev-cat', { volumes: [{ name: 'config', configMap: { name: 'cat-service-config' } }] }),
      configMap('dev-catty-config-mh6774bg29'),
    ],
    found: [
      [
        'config-maps',
        'Deployment/dev-cat spec.template.spec.volumes[0].configMap.name: there is no ConfigMap "cat-service-config" in this environment; write "dev-catty-config-mh6774bg29"',
      ],
    ],
  },
  {
    defect: 'a claim that nobody mounts, and a database without one',
    objects: [claim('dev-cat-postgres-pv-claim'), database()],
    found: [
      [
        'unused-claims',
        'PersistentVolumeClaim/dev-cat-postgres-pv-claim: no pod mounts the claim "dev-cat-postgres-pv-claim"; mount it where the data is written, or remove it',
      ],
      [
        'ephemeral-databases',
        'Deployment/dev-cat-postgres spec.template.spec.volumes: container "db" is a database server without a claim, and loses its data at each restart; mount one where it writes',
      ],
    ],
  },
  {
    defect: "a database on every node's port, its password `bk` written out, its image unpinned",
    objects: [
      database({ env: [{ name: 'POSTGRESQL_PASSWORD', value: 'bk' }] }),
      service('dev-cat-postgres', { type: 'NodePort', selector: { app: 'cat-postgres' }, ports: [{ port: 5432 }] }),
      configMap('dev-cat-config', {
        'application.properties': 'spring.datasource.username=bk\nspring.datasource.password=bk\n',
      }),
    ],
    found: [
      [
        'exposed-databases',
        'Service/dev-cat-postgres spec.type: offers the database Deployment "dev-cat-postgres" outside of the cluster; write "ClusterIP", got "NodePort"',
      ],
      [
        'secret-literals',
        'Deployment/dev-cat-postgres spec.template.spec.containers[0].env[0].value: "POSTGRESQL_PASSWORD" is written out, and everybody who reads the branch has it; declare a credential and refer to its key',
      ],
      [
        'secret-literals',
        'ConfigMap/dev-cat-config data["application.properties"]: "spring.datasource.password" is written out, and everybody who reads the branch has it; declare a credential and refer to its key',
      ],
      [
        'image-versions',
        'Deployment/dev-cat-postgres spec.template.spec.containers[0].image: the tag "latest" names another image tomorrow; write a version, e.g. "bitnami/postgresql:1.2.3", got "bitnami/postgresql:latest"',
      ],
    ],
  },
  {
    defect: 'a token in the URL of a Git remote',
    objects: [
      withContainer({ command: ['git', 'push', `https://ci:${['hun', 'ter2'].join('')}@github.com/acme/ops.git`] }),
    ],
    found: [
      [
        'secret-values',
        'Deployment/dev-orders spec.template.spec.containers[0].command[2]: holds what looks like a URL with a password, and everybody who reads the branch has it; declare a credential and refer to its key, then revoke this one',
      ],
    ],
  },
];
