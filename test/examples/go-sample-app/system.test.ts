import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../../src/workflows/workflows-of.ts';
import { findings } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';
import { objectIn, sample } from './example.ts';

const folder = 'examples/go-sample-app';

describe('the sample', () => {
  test('breaks no rule, no check finds anything, and its workflows lack no credential', () => {
    expect([...problemsOf(sample()), ...lackingCredentials(sample())]).toEqual([]);
    expect(findings(withToolchains(sample()))).toEqual([]);
  });

  test('is built by what GitHub tells of pushes to master, and looked for in the registry by a workflow of the source', () => {
    const files = repositoryWorkflows(sample())['go-sample-app']!;

    expect([...files.keys()]).toEqual(['.github/workflows/portolan-discover-dev.yaml']);
    expect([...files.values()].join('\n')).toContain('--newest');
    expect(
      fieldAt(
        objectIn('build', 'EventListener/go-sample-app'),
        'spec',
        'triggers',
        0,
        'interceptors',
        1,
        'params',
        0,
        'value',
      ),
    ).toBe(
      'body.ref == "refs/heads/master" && body.deleted == false && body.repository.full_name == "acme/go-sample-app" && body.after.matches("^(?:[0-9a-f]{40}|[0-9a-f]{64})$")',
    );
    expect(fieldAt(objectIn('build', 'Ingress/go-sample-app'), 'spec', 'rules', 0, 'host')).toBe('hooks.acme.example');
  });

  test('starts nothing anew by what a promotion writes: no workflow and no listener is told of the ops repository', () => {
    const workflows = Object.entries(repositoryWorkflows(sample()));
    const onPush = workflows.flatMap(([repository, files]) =>
      [...files].flatMap(([file, text]) => (/^ {2}push:/m.test(text) ? [`${repository}: ${file}`] : [])),
    );

    expect(onPush).toEqual(['go-sample-app-delivery: .github/workflows/portolan-publish-program.yaml']);
  });

  test.each([
    ['dev', { app: 'go-sample-app' }],
    ['prod', { app: 'go-sample-app', env: 'prod' }],
  ])('takes over what runs in %s: names, selectors and ports', (place, labels) => {
    const deployment = objectIn(place, `Deployment/${place}-go-sample-app`);
    const service = objectIn(place, `Service/${place}-go-sample-app`);

    expect(deployment.metadata.namespace).toBe(place);
    expect(fieldAt(deployment, 'spec', 'selector', 'matchLabels')).toEqual(labels);
    expect(fieldAt(service, 'spec', 'selector')).toEqual(labels);
    expect(fieldAt(service, 'spec', 'ports', 0)).toMatchObject({ name: '8080-8080', port: 8080 });
    expect(fieldAt(objectIn(place, `Application/go-sample-app-${place}`), 'spec', 'source', 'targetRevision')).toBe(
      `env/${place}`,
    );
  });

  test('says that the images of its pipeline stand for others, which is refused where it is not said', () => {
    const { exceptions, ...delivery } = sample();

    expect(new Set(findings(withToolchains(delivery)).map((line) => line.split(' ')[0]))).toEqual(
      new Set(exceptions?.map(({ object }) => object)),
    );
    expect(exceptions).toHaveLength(5);
  });

  test('is a repository of what a consumer writes, whose README shows the graph that is drawn of it', () => {
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
      `\`\`\`mermaid\n${renderMermaid(graphOf(withToolchains(sample()))).trim()}\n\`\`\``,
    );
  });
});
