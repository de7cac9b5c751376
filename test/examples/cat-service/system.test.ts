import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { everyText } from '../../../src/objects/every-text.ts';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../../src/workflows/workflows-of.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';
import { cats, objectIn } from './example.ts';

const folder = 'examples/cat-service';

describe('the cats', () => {
  test('break no rule, no check finds anything, and their workflows lack no credential', () => {
    expect([...problemsOf(cats()), ...lackingCredentials(cats())]).toEqual([]);
    expect(findings(withToolchains(cats()))).toEqual([]);
  });

  test('are tested, copied to where kpack builds, and looked for in the registry, each by a workflow of the source', () => {
    const files = repositoryWorkflows(cats())['cat-service']!;
    const text = (name: string): string => files.get(`.github/workflows/portolan-${name}.yaml`) ?? '';

    expect([...files.keys()].sort()).toEqual([
      '.github/workflows/portolan-deliver-cats.yaml',
      '.github/workflows/portolan-discover-dev.yaml',
    ]);
    expect(text('deliver-cats')).toContain('uses: ./.github/workflows/verify.yaml');
    expect(text('deliver-cats')).toContain('repositories: cat-service-release');
    expect(text('discover-dev')).toContain('--newest');
    expect(fieldAt(objectIn('build', 'Image/cats'), 'spec', 'source', 'git')).toEqual({
      url: 'git@github.com:acme/cat-service-release.git',
      revision: 'release',
    });
  });

  test.each([
    ['dev', 1, { app: 'cat-service' }],
    ['prod', 2, { app: 'cat-service', env: 'prod' }],
  ])(
    'take over what runs in %s: names, selectors and ports, and share nothing with the other',
    (place, replicas, labels) => {
      const deployment = objectIn(place, `Deployment/${place}-cat-service`);
      const service = objectIn(place, `Service/${place}-cat-service`);

      expect(deployment.metadata.namespace).toBe(place);
      expect(fieldAt(deployment, 'spec', 'replicas')).toBe(replicas);
      expect(fieldAt(deployment, 'spec', 'selector', 'matchLabels')).toEqual(labels);
      expect(fieldAt(service, 'spec', 'selector')).toEqual(labels);
      expect(fieldAt(service, 'spec', 'ports', 0)).toMatchObject({ name: '8080-8080', port: 8080 });
      expect(fieldAt(objectIn(place, `Application/${place}-cat-service`), 'spec', 'source', 'targetRevision')).toBe(
        `env/${place}`,
      );
      const config = objectIn(place, `ConfigMap/${place}-cat-service-config`);
      expect(fieldAt(config, 'data', 'application.properties')).toContain(
        `jdbc:postgresql://${place}-cat-postgres:5432/bk\n`,
      );
    },
  );

  test('share nothing: no object, no selector, no Secret, no disk and no text of one place is of the other', () => {
    const delivery = withToolchains(cats());
    const [dev, prod] = ['dev', 'prod'].map((place) =>
      rendered(delivery, place, delivery.initialReleases[place] ?? { images: {} }).objects.map(({ object }) => object),
    ) as readonly (readonly KubernetesObject[])[] as [readonly KubernetesObject[], readonly KubernetesObject[]];
    const identities = (objects: readonly KubernetesObject[]): readonly string[] =>
      objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`);
    const foreign = (objects: readonly KubernetesObject[], other: string): readonly string[] =>
      objects.flatMap((object) =>
        [...everyText(object)].flatMap(({ text, path }) =>
          new RegExp(`\\b${other}\\b`).test(text)
            ? [`${object.kind}/${object.metadata.name} ${path}: ${text.slice(0, 60)}`]
            : [],
        ),
      );

    expect(dev.length).toBeGreaterThan(8);
    expect(identities(dev).filter((identity) => identities(prod).includes(identity))).toEqual([]);
    expect([foreign(dev, 'prod'), foreign(prod, 'dev')]).toEqual([[], []]);
    expect(dev.filter(({ kind }) => kind === 'PersistentVolume')).toEqual([]);
  });

  test('are given the time that Spring asks for: ten seconds and twenty, of forty', () => {
    const pod = fieldAt(objectIn('prod', 'Deployment/prod-cat-service'), 'spec', 'template', 'spec');

    expect(fieldAt(pod, 'terminationGracePeriodSeconds')).toBe(40);
    expect(fieldAt(pod, 'containers', 0, 'lifecycle', 'preStop', 'exec', 'command')).toEqual(['sh', '-c', 'sleep 10']);
    expect(fieldAt(objectIn('prod', 'ConfigMap/prod-cat-service-config'), 'data', 'application.properties')).toContain(
      'server.shutdown=graceful\nspring.lifecycle.timeout-per-shutdown-phase=20s\n',
    );
  });

  test('say that base images and buildpacks stand for others, which is refused where it is not said', () => {
    const { exceptions, ...delivery } = cats();

    expect(exceptions?.map(({ check, object }) => [check, object])).toEqual([
      ['image-versions', 'ClusterStack/cat-service-build.cats'],
      ['image-versions', 'ClusterStore/cat-service-build.cats'],
    ]);
    expect(findings(withToolchains(delivery))).toEqual([
      'ClusterStack/cat-service-build.cats spec.buildImage.image (image-versions)',
      'ClusterStack/cat-service-build.cats spec.runImage.image (image-versions)',
      'ClusterStore/cat-service-build.cats spec.sources[0].image (image-versions)',
    ]);
  });

  test('are a repository of what a consumer writes, whose README shows the graph that is drawn of it', () => {
    const files = readdirSync(folder).filter((file) => !['node_modules', 'dist', '.portolan'].includes(file));

    expect(files).toEqual([
      'DEFECTS.md',
      'Pulumi.build.yaml',
      'Pulumi.dev.yaml',
      'Pulumi.platform.yaml',
      'Pulumi.prod.yaml',
      'Pulumi.yaml',
      'README.md',
      'cdk8s.yaml',
      'package.json',
      'project.ts',
      'pulumi.mjs',
      'tsconfig.json',
    ]);
    expect(readFileSync(`${folder}/README.md`, 'utf8')).toContain(
      `\`\`\`mermaid\n${renderMermaid(graphOf(withToolchains(cats()))).trim()}\n\`\`\``,
    );
  });
});
