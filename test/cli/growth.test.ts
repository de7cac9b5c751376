import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ProjectCopy } from '../support/project-copy.ts';

jest.setTimeout(120_000);

/** What an owner adds to project.ts: lines, and the line that they follow. */
interface Addition {
  readonly after: string;
  readonly lines: readonly string[];
}

/** A third environment like staging. */
const environment: readonly Addition[] = [
  {
    after: "  { name: 'staging', forwardsToSlack: false, backedUp: false },",
    lines: ["  { name: 'testing', forwardsToSlack: false, backedUp: false },"],
  },
  {
    after: '    stages: [',
    lines: [
      "      stage('testing', {",
      "        intake: { from: 'supply', supplies: ['images'] },",
      "        triggers: [{ on: 'push', repository: 'devops-kubernetes', branches: ['main'] }],",
      "        gate: { kind: 'none' },",
      '      }),',
    ],
  },
  {
    after: '    initialReleases: {',
    lines: [
      "      testing: initialRelease(registryOwner, firstCommit, { source: { repository: 'devops-kubernetes', commit: firstCommit } }),",
    ],
  },
];
const stackFile = 'config:\n  portolan:nodeFolder: /tmp/kube-testing\n  portolan:replicas:\n    broadcaster: 2\n';

/** One more HTTP service, with a route, probes and a connection. */
const service: readonly Addition[] = [
  {
    after: 'const title = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);',
    lines: [
      'const gallery: Service = {',
      "  name: 'gallery',",
      '  containers: [{',
      "    name: 'gallery',",
      "    image: { artifact: 'gallery' },",
      "    env: { BACKEND_URL: text`http://${host('todo-backend')}:${port('todo-backend', 'http')}/todos` },",
      "    ports: [{ name: 'http', port: 8080 }],",
      "    readiness: http('/healthz', {}),",
      "    liveness: http('/', {}),",
      '    resources: standard,',
      '  }],',
      "  ports: [{ name: 'http', port: 80, targetPort: 8080 }],",
      "  routes: [{ path: '/gallery', port: 'http' }],",
      "  connects: [connectsTo('todo-backend', 'http')],",
      '};',
    ],
  },
  { after: 'const builds = [', lines: ["  { artifact: 'gallery', context: 'the_project/gallery' },"] },
];

/** The one line that changes: the list of the services. */
const withGallery = (text: string): string =>
  text.replace('services: [todoApp, todoBackend,', 'services: [gallery, todoApp, todoBackend,');

const added = (text: string, additions: readonly Addition[]): string =>
  additions.reduce((before, { after, lines }) => {
    expect(before.split('\n').filter((line) => line === after)).toHaveLength(1);
    return before.replace(`${after}\n`, `${[after, ...lines].join('\n')}\n`);
  }, text);

const countLines = (additions: readonly Addition[]): number => additions.flatMap(({ lines }) => lines).length;

describe('the todo system grows', () => {
  let copy: ProjectCopy;
  let before: Readonly<Record<string, string>>;

  beforeAll(async () => {
    copy = new ProjectCopy();
    expect(await copy.run(['synth'])).toMatchObject({ code: 0 });
    expect(await copy.run(['publish', 'staging'])).toMatchObject({ code: 0 });
    before = copy.files('dist');
  });

  test('by a third environment like staging: at most 15 lines in project.ts and a stack file', async () => {
    copy.edit('project.ts', (text) => added(text, environment));
    copy.write('Pulumi.testing.yaml', stackFile);
    // What is generated follows by a command.
    expect(await copy.run(['workflows', '--write'])).toMatchObject({ code: 0 });
    const [checked, rendered] = await copy.runEach([['check'], ['synth']]);

    expect(countLines(environment)).toBeLessThanOrEqual(15);
    // An owner copies them from the README, which shows each of them.
    const shown = readFileSync('README.md', 'utf8').split('\n');
    expect(environment.flatMap(({ lines }) => lines).filter((line) => !shown.includes(line))).toEqual([]);
    expect(checked).toMatchObject({ code: 0, stdout: 'Nothing to mend.\n' });
    expect(rendered).toMatchObject({ code: 0 });
    const files = copy.files('dist');
    const namesOf = (environment: string): readonly string[] =>
      Object.keys(files)
        .filter((path) => path.startsWith(`${environment}/`))
        .map((path) => path.replaceAll(environment, 'ENV'));
    expect(namesOf('testing')).toEqual(namesOf('staging'));
    expect(namesOf('testing')).toHaveLength(28);
    const others = Object.entries(files).filter(([path]) => /^(?:staging|production)\//.test(path));
    expect(Object.fromEntries(others)).toEqual(
      Object.fromEntries(Object.entries(before).filter(([path]) => /^(?:staging|production)\//.test(path))),
    );
  });

  test('by one more HTTP service: at most 20 lines in project.ts', async () => {
    const text = copy.read('project.ts');
    copy.edit('project.ts', (it) => withGallery(added(it, service)));
    const [checked, rendered, differs, published] = await copy.runEach([
      ['check'],
      ['synth'],
      ['diff', 'staging'],
      ['publish', 'staging'],
    ]);

    expect(withGallery(text)).not.toBe(text);
    expect(countLines(service) + 1).toBeLessThanOrEqual(20);
    expect(checked).toMatchObject({ code: 0, stdout: 'Nothing to mend.\n' });
    expect(rendered).toMatchObject({ code: 0 });
    const gallery = Object.keys(copy.files('dist')).filter((path) => path.includes('gallery'));
    expect(gallery).toEqual(
      ['production', 'staging', 'testing'].flatMap((environment) => [
        `${environment}/manifests/the-project/deployment.apps.${environment}-gallery.yaml`,
        `${environment}/manifests/the-project/networkpolicy.networking.k8s.io.${environment}-gallery.yaml`,
        `${environment}/manifests/the-project/service.${environment}-gallery-svc.yaml`,
      ]),
    );
    expect(
      copy.read('dist/production/manifests/the-project/ingressroute.traefik.io.production-todo-ingressroute.yaml'),
    ).toContain('/production/gallery');
    // A preview has its first version, and so has a rehearsal; to publish it for real, a build must have brought one.
    expect(differs).toMatchObject({ code: 0, stdout: expect.stringContaining('Deployment/staging-gallery: created') });
    expect(published).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'the release has no version of this artifact; bring one in with: npx portolan promote staging --image gallery=IMAGE:TAG',
      ),
    });
  });

  test('and all of it has the right types', () => {
    const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, types: [], noEmit: true },
      copy.folder,
    );
    const program = ts.createProgram([join(copy.folder, 'project.ts')], options);
    const found = program.getSemanticDiagnostics(program.getSourceFile(join(copy.folder, 'project.ts')));

    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });

  test('and npm start publishes all of it', async () => {
    expect(await copy.run(['start'])).toMatchObject({ code: 0 });
    expect(copy.refs().replaceAll(/ .*/g, '').split('\n')).toEqual(['env/production', 'env/staging', 'env/testing']);
  });
});
