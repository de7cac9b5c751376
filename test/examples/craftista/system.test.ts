import { describe, expect, test } from '@jest/globals';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { fieldAt, listAt } from '../../../src/objects/fields-at.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { findings } from '../../systems/rendered-system.ts';
import { byWorkflows, craftista, objectIn, objectsIn, places, services } from './example.ts';

describe('the second system', () => {
  test('breaks no rule, no check finds anything, and its workflows lack no credential', () => {
    const delivery = craftista();

    expect([...problemsOf(delivery), ...lackingCredentials(delivery)]).toEqual([]);
    expect(findings(delivery)).toEqual([]);
  });

  test('is the same system where workflows promote it: no rule, no check and no credential says otherwise', () => {
    const delivery = byWorkflows();

    expect([...problemsOf(delivery), ...lackingCredentials(delivery)]).toEqual([]);
    expect(findings(delivery)).toEqual([]);
  });

  test('is moved by Kargo from one toolchain, whose objects no check finds anything in', () => {
    const delivery = withToolchains(craftista());
    const kinds = [...objectsIn('tools', delivery).values()].map(({ kind }) => kind);

    expect(findings(delivery)).toEqual([]);
    expect(kinds.filter((kind) => kind === 'Stage')).toHaveLength(12);
    expect(kinds.filter((kind) => kind === 'Warehouse')).toHaveLength(4);
    // Four images of Docker Hub, which answers a hundred requests in six hours, of which looks may use up half.
    for (const name of services)
      expect(fieldAt(objectIn('tools', `Warehouse/${name}`, delivery), 'spec')).toMatchObject({
        interval: '29m0s',
        subscriptions: [{ image: { imageSelectionStrategy: 'SemVer', constraint: '>=1.0.0' } }],
      });
    expect(
      services.map((name) =>
        places.map((place) =>
          fieldAt(objectIn('tools', `Stage/${name}-${place}`, delivery), 'spec', 'requestedFreight', 0, 'sources'),
        ),
      ),
    ).toEqual(
      services.map((name) => [
        { direct: true },
        { stages: [`${name}-dev`], requiredSoakTime: '10m0s' },
        { stages: [`${name}-staging`] },
      ]),
    );
    expect(fieldAt(objectIn('tools', 'ProjectConfig/craftista', delivery), 'spec', 'promotionPolicies')).toEqual(
      ['dev', 'staging'].flatMap((place) =>
        services.map((service) => ({ stageSelector: { name: `${service}-${place}` }, autoPromotionEnabled: true })),
      ),
    );
  });

  test.each(places)('takes over what runs in %s: names, selectors, ports and requests of the charts', (place) => {
    const told = services.map((name) => {
      const deployment = objectIn(place, `Deployment/${name}`);
      const service = objectIn(place, `Service/${name}`);
      return [
        name,
        fieldAt(deployment, 'spec', 'replicas'),
        fieldAt(deployment, 'spec', 'selector', 'matchLabels'),
        fieldAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'containerPort'),
        fieldAt(deployment, 'spec', 'template', 'spec', 'containers', 0, 'resources', 'requests'),
        fieldAt(service, 'spec', 'ports', 0, 'port'),
        fieldAt(service, 'spec', 'selector'),
      ];
    });

    const memory = '128Mi';
    expect(told).toEqual([
      ['frontend', 2, { app: 'frontend' }, 3000, { cpu: '100m', memory }, 3000, { app: 'frontend' }],
      ['catalogue', 2, { app: 'catalogue' }, 5000, { cpu: '200m', memory }, 5000, { app: 'catalogue' }],
      ['recommendation', 2, { app: 'recommendation' }, 8080, { cpu: '100m', memory }, 8080, { app: 'recommendation' }],
      ['voting', 2, { app: 'voting' }, 8080, { cpu: '200m', memory }, 8081, { app: 'voting' }],
    ]);
  });

  test('is fifteen Applications that are called as they are today, each on a branch of its own, pruned and healed', () => {
    const applications = places.flatMap((place) =>
      [...objectsIn(place).values()].filter(({ kind }) => kind === 'Application'),
    );

    expect(
      applications.map((it) => `${it.metadata.name} ${String(fieldAt(it, 'spec', 'source', 'targetRevision'))}`).sort(),
    ).toEqual(
      places
        .flatMap((place) => [...services, 'catalogue-db'].map((name) => `${name}-${place} app/${place}/${name}`))
        .sort(),
    );
    for (const it of applications)
      expect(fieldAt(it, 'spec', 'syncPolicy', 'automated')).toEqual({
        prune: true,
        selfHeal: true,
        allowEmpty: false,
      });
  });

  test.each(places)('gives %s one AppProject: one repository, one namespace, the kinds that are there', (place) => {
    const projects = [...objectsIn(place).values()].filter(({ kind }) => kind === 'AppProject');

    expect(projects).toMatchObject([
      {
        metadata: { name: `craftista-${place}` },
        spec: {
          sourceRepos: [expect.stringContaining('environments.git')],
          destinations: [{ namespace: place, server: 'https://kubernetes.default.svc' }],
          clusterResourceWhitelist: [],
        },
      },
    ]);
    const allowed = fieldAt(projects[0]!, 'spec', 'namespaceResourceWhitelist') as readonly { readonly kind: string }[];
    expect(allowed.map(({ kind }) => kind).sort()).toEqual(
      [...new Set([...objectsIn(place).values()].filter(isApplied).map(({ kind }) => kind))].sort(),
    );
  });

  test.each(places)('lets into %s no pod that is not restricted', (place) => {
    const { labels } = objectIn(place, `Namespace/${place}`).metadata;
    const pods = [...objectsIn(place).values()].flatMap((it) => {
      const spec = fieldAt(it, 'spec', 'template', 'spec');
      return spec === undefined ? [] : [spec];
    });

    expect(labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    expect(pods).toHaveLength(5);
    for (const pod of pods) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      for (const container of [...listAt(pod, 'initContainers'), ...listAt(pod, 'containers')])
        expect(container).toMatchObject({
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        });
    }
  });

  test.each(places)('lets in %s reach one another exactly those who ask one another', (place) => {
    const peers = [...services, 'catalogue-db'].map((name) => {
      const rules = fieldAt(objectIn(place, `NetworkPolicy/${place}-${name}`), 'spec', 'ingress') as readonly object[];
      return [name, JSON.stringify(rules).match(/(?<="app(\.kubernetes\.io\/name)?":")[a-z-]+/g) ?? []];
    });

    expect(Object.fromEntries(peers)).toEqual({
      frontend: ['traefik'],
      catalogue: ['frontend', 'voting'],
      recommendation: ['frontend'],
      voting: ['frontend'],
      'catalogue-db': ['catalogue'],
    });
  });

  test('keeps what the database has on a claim, and its password in no file', () => {
    for (const place of places) {
      expect(fieldAt(objectIn(place, 'StatefulSet/catalogue-db'), 'spec', 'volumeClaimTemplates')).toMatchObject([
        { spec: { resources: { requests: { storage: '1Gi' } } } },
      ]);
      // The user is called so, and nothing else.
      const said = JSON.stringify([...objectsIn(place).values()]).replaceAll('{"name":"DB_USER","value":"devops"}', '');
      expect(said.match(/[^"]*":"devops"/g)).toEqual(['POSTGRES_USER":"devops"']);
    }
  });
});

const isApplied = ({ kind }: { readonly kind: string }): boolean =>
  !['Application', 'AppProject', 'Namespace'].includes(kind);
