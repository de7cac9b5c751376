import { describe, expect, test } from '@jest/globals';
import { sourceFile, sourceFilesUnder, withoutComments, textForCluster, type SourceFile } from './source-file.ts';

interface Stage {
  /** What of the repository the stage may import besides itself: a folder of src, or the start of a path. */
  readonly mayImport: readonly string[];
  /** Packages it must not load, each a whole specifier or the start of one that ends in `/` or `:`. */
  readonly mustNotLoad: readonly string[];
}

const imports = 'imports/';
/** One folder for each kind of thing that carries out a word of the model. */
const plugins = ['src/hosts/', 'src/engines/', 'src/builders/', 'src/promoters/', 'src/databases/', 'src/ingresses/'];
const pulumi = ['@pulumi/'];
const cdk8s = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
/** Whatever reaches out of the process, or reads what differs from one run to the next. */
const world = [
  'node:',
  'execa',
  '@octokit/',
  'undici',
  'p-retry',
  'write-file-atomic',
  '@kubernetes/',
  'esbuild',
  ...pulumi,
];

/** The stages of the data, left to right. */
const stages: Readonly<Record<string, Stage>> = {
  model: { mayImport: [], mustNotLoad: [...world, ...cdk8s] },
  objects: { mayImport: ['src/model/'], mustNotLoad: [...world, ...cdk8s] },
  hosts: { mayImport: ['src/model/', 'src/objects/'], mustNotLoad: [...world, ...cdk8s] },
  builders: { mayImport: ['src/model/', 'src/objects/', 'src/hosts/workflow/'], mustNotLoad: [...world, ...cdk8s] },
  promoters: { mayImport: ['src/model/', 'src/objects/', 'src/hosts/workflow/'], mustNotLoad: [...world, ...cdk8s] },
  engines: { mayImport: ['src/model/', 'src/objects/'], mustNotLoad: [...world, ...cdk8s] },
  clients: {
    mayImport: ['src/model/', 'src/objects/', 'src/hosts/', 'src/engines/'],
    mustNotLoad: [...pulumi, ...cdk8s],
  },
  settings: { mayImport: ['src/model/'], mustNotLoad: [...pulumi, ...cdk8s] },
  constructs: { mayImport: ['src/model/', imports], mustNotLoad: world },
  databases: { mayImport: ['src/model/', 'src/objects/', 'src/constructs/', imports], mustNotLoad: world },
  ingresses: { mayImport: ['src/model/', 'src/objects/', 'src/constructs/', imports], mustNotLoad: world },
  charts: {
    mayImport: [
      'src/model/',
      'src/objects/',
      'src/constructs/',
      'src/engines/',
      'src/databases/',
      'src/ingresses/',
      imports,
    ],
    mustNotLoad: world,
  },
  render: {
    mayImport: [
      'src/model/',
      'src/objects/',
      'src/constructs/',
      'src/builders/',
      'src/promoters/',
      'src/charts/',
      imports,
    ],
    mustNotLoad: world,
  },
  // What the package exports. Nobody but a project imports it.
  entries: { mayImport: ['src/model/', 'src/constructs/'], mustNotLoad: world },
  // What a new repository is made of: text.
  init: { mayImport: ['src/model/'], mustNotLoad: [...world, ...cdk8s] },
  workflows: {
    mayImport: ['src/model/', 'src/objects/', ...plugins, 'src/render/'],
    mustNotLoad: [...world, ...cdk8s],
  },
  review: {
    mayImport: ['src/model/', 'src/objects/', ...plugins, 'src/render/', 'src/workflows/'],
    mustNotLoad: [...pulumi, ...cdk8s],
  },
  ops: {
    mayImport: [
      'src/model/',
      'src/objects/',
      ...plugins,
      'src/clients/',
      'src/render/',
      'src/workflows/',
      'src/review/diff/',
    ],
    mustNotLoad: [...pulumi, ...cdk8s],
  },
  page: {
    mayImport: [
      'src/model/',
      'src/objects/',
      'src/engines/',
      'src/review/diff/',
      'src/ops/status/',
      'src/ops/history/',
    ],
    // It takes the sum of what a browser may carry out.
    mustNotLoad: [...world.filter((name) => name !== 'node:'), 'node:fs', 'node:child_process', ...cdk8s],
  },
  cluster: {
    mayImport: ['src/model/', 'src/objects/', ...plugins, 'src/clients/', 'src/render/'],
    mustNotLoad: [...pulumi, ...cdk8s],
  },
  cli: {
    mayImport: [
      'src/model/',
      'src/objects/',
      ...plugins,
      'src/clients/',
      'src/init/',
      'src/settings/',
      'src/cluster/',
      'src/charts/',
      'src/render/',
      'src/workflows/',
      'src/review/',
      'src/ops/',
      'src/page/',
      '#project',
    ],
    mustNotLoad: pulumi,
  },
  pulumi: {
    mayImport: [
      'src/model/',
      'src/objects/',
      ...plugins,
      'src/clients/',
      'src/settings/',
      'src/render/',
      'src/charts/bootstrap',
      'src/charts/whole-delivery.ts',
      'src/workflows/workflows-of.ts',
      'src/workflows/guard/guard-workflow.ts',
      '#project',
      'project.ts',
    ],
    mustNotLoad: cdk8s,
  },
};

/** A digest is a function of its input; nothing else of Node.js is pure enough for what comes before the disk. */
const pureModules = ['node:crypto'];

/** The one file of render that writes to disk, and so the only one in front of ops that may load more of Node.js. */
const diskFile = 'src/render/write-tree.ts';

const stageOf = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? '';

const isLocal = (imported: string): boolean => /^(src\/|imports\/|project\.ts$|#)/.test(imported);

function importProblems(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports: imported }) => {
    const name = stageOf(path);
    const stage = stages[name];
    if (stage === undefined) return [`${path}: lies in no stage; put it into one of ${Object.keys(stages).join(', ')}`];
    return imported
      .filter((target) => (isLocal(target) ? !mayImport(name, stage, target) : mustNotLoad(path, stage, target)))
      .map((target) => `${path}: ${name} must not import ${target}`);
  });
}

function mayImport(name: string, stage: Stage, target: string): boolean {
  return [`src/${name}/`, ...stage.mayImport].some((start) => target.startsWith(start));
}

function mustNotLoad(path: string, stage: Stage, target: string): boolean {
  if (path === diskFile && !target.startsWith('@pulumi/')) return false;
  if (pureModules.includes(target) && stageOf(path) !== 'model') return false;
  return stage.mustNotLoad.some((name) => target === name || target.startsWith(/[/:]$/.test(name) ? name : `${name}/`));
}

/** Every import cycle once, as the files it leads through. */
function importCycles(files: readonly SourceFile[]): string[] {
  const importsOf = new Map(files.map((file) => [file.path, file.imports]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const next of importsOf.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return cycles;
}

const impureCode =
  /\bprocess\.\w|\bglobalThis\b|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bfetch\(|\brandom(UUID|Bytes)\b|\bperformance\./;

/** Uses of the clock, chance, the network or the environment in the stages that must give the same bytes every time. */
function impureLines(files: readonly SourceFile[]): string[] {
  return files
    .filter(
      ({ path }) =>
        /^src\/(model|objects|hosts|builders|promoters|engines|databases|ingresses|constructs|charts|render|workflows)\//.test(
          path,
        ) &&
        path !== diskFile &&
        path !== textForCluster,
    )
    .flatMap(({ path, text }) => {
      const found = impureCode.exec(withoutComments(text))?.[0];
      return found === undefined ? [] : [`${path}: must be pure, got ${found}`];
    });
}

describe('the direction of imports', () => {
  const files = sourceFilesUnder('src');

  test('every file of src imports only from the stages in front of its own', () => {
    expect(importProblems(files)).toEqual([]);
  });

  test('every stage may import what is there', () => {
    const paths = [...files, ...sourceFilesUnder('imports')].map(({ path }) => path);
    const gone = Object.values(stages)
      .flatMap(({ mayImport: starts }) => starts)
      .filter((start) => /^(src|imports)\//.test(start) && !paths.some((path) => path.startsWith(start)));

    expect(gone).toEqual([]);
  });

  test('no file of src imports itself by way of others', () => {
    expect(importCycles([...files, ...sourceFilesUnder('imports')])).toEqual([]);
  });

  test('everything up to render is pure', () => {
    expect(impureLines(files)).toEqual([]);
  });

  test('what speaks HTTP, or to a cluster, is loaded by the clients alone', () => {
    const outside = (file: SourceFile): boolean =>
      file.imports.some((name) => /^(@octokit\/|octokit$|undici$|node:https?$|@kubernetes\/)/.test(name)) ||
      /(?<![.\w])fetch\(/.test(withoutComments(file.text));

    // Listens on this machine, and asks nobody.
    const answers = ({ text }: SourceFile): boolean =>
      /^import \{ createServer, type IncomingMessage, type ServerResponse \} from 'node:http';$/m.test(text);

    expect(
      files
        .filter(
          (file) =>
            !file.path.startsWith('src/clients/') && file.path !== textForCluster && !answers(file) && outside(file),
        )
        .map(({ path }) => path),
    ).toEqual([]);
    expect(files.filter(answers).map(({ path }) => path)).toEqual(['src/cli/page/serve-page.ts']);
    expect(files.filter(outside).map(({ path }) => path)).toContain('src/clients/http/outside-fetch.ts');
  });

  test('the generated classes load nothing but cdk8s', () => {
    const generated = sourceFilesUnder('imports').flatMap(({ imports: imported }) => imported);

    expect(new Set(generated)).toEqual(new Set(['cdk8s', 'constructs']));
  });

  test('fails for an import to the right, for one of types and for a lazy one too', () => {
    const wrong = [
      sourceFile('src/model/service.ts', "import type { Postgres } from '../constructs/postgres.ts';"),
      sourceFile('src/charts/application-chart.ts', "export const later = () => import('../ops/publish.ts');"),
      sourceFile('src/pulumi/program.ts', "import { Postgres } from '../constructs/postgres.ts';"),
      sourceFile('src/review/totals.ts', "import { publish } from '../ops/publish.ts';"),
      sourceFile('src/ops/publish.ts', "import { graph } from '../review/graph.ts';\nimport project from '#project';"),
    ];

    expect(importProblems(wrong)).toEqual([
      'src/model/service.ts: model must not import src/constructs/postgres.ts',
      'src/charts/application-chart.ts: charts must not import src/ops/publish.ts',
      'src/pulumi/program.ts: pulumi must not import src/constructs/postgres.ts',
      'src/review/totals.ts: review must not import src/ops/publish.ts',
      'src/ops/publish.ts: ops must not import src/review/graph.ts',
      'src/ops/publish.ts: ops must not import #project',
    ]);
  });

  test('fails for a package that the stage must not load', () => {
    const wrong = [
      sourceFile('src/model/service.ts', "import { Size } from 'cdk8s';\nimport { z } from 'zod';"),
      sourceFile('src/model/digest.ts', "import { createHash } from 'node:crypto';"),
      sourceFile(
        'src/render/digest.ts',
        "import { createHash } from 'node:crypto';\nimport { readFileSync } from 'node:fs';",
      ),
      sourceFile('src/cli/main.ts', "import { Provider } from '@pulumi/kubernetes';"),
      sourceFile(diskFile, "import { writeFileSync } from 'node:fs';"),
    ];

    expect(importProblems(wrong)).toEqual([
      'src/model/service.ts: model must not import cdk8s',
      'src/model/digest.ts: model must not import node:crypto',
      'src/render/digest.ts: render must not import node:fs',
      'src/cli/main.ts: cli must not import @pulumi/kubernetes',
    ]);
  });

  test('fails for a file outside of the stages', () => {
    expect(importProblems([sourceFile('src/made-up.ts', '')])).toEqual([
      'src/made-up.ts: lies in no stage; put it into one of model, objects, hosts, builders, promoters, engines, clients, settings, constructs, databases, ingresses, charts, render, entries, init, workflows, review, ops, page, cluster, cli, pulumi',
    ]);
  });

  test('fails for a cycle, and names the files it leads through', () => {
    const wrong = [
      sourceFile('src/model/a.ts', "import './b.ts';"),
      sourceFile('src/model/b.ts', "import type { C } from './c.ts';"),
      sourceFile('src/model/c.ts', "import './b.ts';"),
    ];

    expect(importCycles(wrong)).toEqual(['src/model/b.ts → src/model/c.ts → src/model/b.ts']);
  });

  test('fails for a clock or an environment variable in front of the disk', () => {
    const wrong = [
      sourceFile('src/render/index-file.ts', '// Date.now() is not used\nconst at = new Date();'),
      sourceFile('src/charts/route.ts', 'const host = process.env.HOST;'),
      sourceFile('src/ops/publish.ts', 'const at = new Date();'),
    ];

    expect(impureLines(wrong)).toEqual([
      'src/render/index-file.ts: must be pure, got new Date()',
      'src/charts/route.ts: must be pure, got process.e',
    ]);
  });
});
