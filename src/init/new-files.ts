import type { Answers } from './answers.ts';
import { projectSource } from './project-source.ts';
import { firstReadme } from './first-readme.ts';
import { firstTest } from './first-test.ts';

/** Portolan, as a new repository depends on it. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** What some commands work with, and the ranges of it. */
  readonly tools: Readonly<Record<string, string>>;
}

/** The test of the small system. */
const TEST_FILE = 'test/delivery.test.mjs';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** What a project needs on a person's machine and in CI, and never to be rendered. */
function toolsOf({ tools }: Dependency, pulumi: boolean): Readonly<Record<string, string>> {
  const wanted = Object.entries(tools).filter(([name]) => pulumi || !name.startsWith('@pulumi/'));
  const all: readonly (readonly [string, string])[] = [...wanted, ['typescript', '^6.0.3']];
  return Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const packageFile = ({ name, pulumi }: Answers, dependency: Dependency, test: string): string =>
  json({
    name: `${name}-delivery`,
    private: true,
    type: 'module',
    engines: { node: '>=20.12' },
    scripts: {
      start: 'portolan start',
      check: 'portolan check',
      synth: 'portolan synth',
      cdk8s: 'cdk8s',
      test,
    },
    dependencies: { [dependency.name]: `^${dependency.version}` },
    devDependencies: toolsOf(dependency, pulumi),
    allowScripts: { esbuild: false, ...(pulumi ? { '@pulumi/kubernetes': false, protobufjs: false } : {}) },
  });

const compilerFile = json({
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    moduleDetection: 'force',
    types: [],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
  },
  include: ['project.ts'],
});

const platformStackFile = ({ name, owner }: Answers): string => `config:
  portolan:opsRepository: https://github.com/${owner}/${name}-ops.git
  portolan:github:
    plan: team
    ownerKind: organization
  github:owner: ${owner}
`;

const stackFile = (host: string): string => `config:
  kubernetes:context: cluster
  portolan:host: ${host}
`;

const pulumiFile = ({ name }: Answers): string => `name: ${name}
description: What lies around the workloads of ${name} - GitHub, and the clusters before the first sync.
runtime:
  name: nodejs
  options:
    typescript: false
main: pulumi.mjs
# Nothing leaves this machine by default; PULUMI_BACKEND_URL says otherwise.
backend:
  url: file://~
`;

const cdk8sFile = `language: typescript
app: npx --no-install portolan synth
output: dist
`;

/** Every file of a new repository but its workflows, which its own program writes: path and text. */
export function newFiles(answers: Answers, dependency: Dependency): ReadonlyMap<string, string> {
  const { environments, host } = answers;
  const last = environments.at(-1);
  return new Map([
    ['project.ts', projectSource(answers)],
    ['package.json', packageFile(answers, dependency, `tsc && node --test ${TEST_FILE}`)],
    ['tsconfig.json', compilerFile],
    ['README.md', firstReadme(answers)],
    [TEST_FILE, firstTest(dependency.name)],
    ['.gitignore', 'node_modules/\ndist/\n.portolan/\n'],
    ['.npmrc', 'fund=false\naudit=false\n'],
    ['cdk8s.yaml', cdk8sFile],
    ['Pulumi.platform.yaml', platformStackFile(answers)],
    ...environments.map((it) => [`Pulumi.${it}.yaml`, stackFile(it === last ? host : `${it}.${host}`)] as const),
    ...(answers.pulumi
      ? ([
          ['Pulumi.yaml', pulumiFile(answers)],
          ['pulumi.mjs', `export { default } from '${dependency.name}/pulumi';\n`],
        ] as const)
      : []),
  ]);
}

/** An example's files, and of the new ones those that an example does not have. Its test is that its types hold. */
export function filesLike(
  example: ReadonlyMap<string, string>,
  answers: Answers,
  dependency: Dependency,
): ReadonlyMap<string, string> {
  const added = [...newFiles(answers, dependency)].filter(([file]) => !isOfSystem(file));
  const files: readonly (readonly [string, string])[] = [
    ...added,
    ...example,
    ['package.json', packageFile(answers, dependency, 'tsc')],
  ];
  return new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a file is of the small system itself: its program, its test and the settings of its stacks. */
const isOfSystem = (file: string): boolean =>
  ['project.ts', TEST_FILE].includes(file) || /^Pulumi\.(?!yaml$)/.test(file);
