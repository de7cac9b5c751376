import { describe, expect, test } from '@jest/globals';
import { environmentKeys, platformKeys } from '../../src/model/settings/setting-keys.ts';
import { sourceFile, sourceFilesUnder, withoutComments, textForCluster, type SourceFile } from './source-file.ts';

/** Folders of kinds: a table and an interface lie in each, and one folder for each plug-in. */
const kinds = ['engines', 'builders', 'promoters', 'ingresses', 'databases', 'hosts'] as const;

/** Words that several plug-ins of a kind share; no plug-in itself. */
const shared = 'src/hosts/workflow/';

/** The folder of the plug-in that a file lies in, e.g. `src/engines/argocd`. */
function plugInOf(path: string): string | undefined {
  const found = new RegExp(`^src/(?:${kinds.join('|')})/[^/]+(?=/)`).exec(path)?.[0];
  return found === undefined || path.startsWith(shared) ? undefined : found;
}

/** Whether a file is a table: it lies beside the plug-ins of its kind. */
const isTableBeside = (path: string, plugIn: string): boolean =>
  path.slice(0, path.lastIndexOf('/')) === plugIn.slice(0, plugIn.lastIndexOf('/'));

/** Imports of a plug-in's file by anybody but the plug-in itself and a table of its kind. */
const reachingIn = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(({ path, imports }) =>
    imports.flatMap((target) => {
      const plugIn = plugInOf(target);
      return plugIn === undefined || path.startsWith(`${plugIn}/`) || isTableBeside(path, plugIn)
        ? []
        : [`${path}: must ask a table of ${plugIn.slice(0, plugIn.lastIndexOf('/'))}, got ${target}`];
    }),
  );

/** What is loaded with a file, itself included. */
function loadedWith(path: string, files: ReadonlyMap<string, SourceFile>, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const target of files.get(path)?.imports ?? []) loadedWith(target, files, seen);
  return seen;
}

const settingKeys = { ...platformKeys, ...environmentKeys };

/** Stages in which no engine, ingress, database or host has a name. */
const words = /argo ?-?cd|argoproj|app-?project|traefik|ingressroute|postgres|github/i;

/** A link to the source of a number is no word of ours. */
const withoutLinks = (text: string): string => text.replaceAll(/@see.*$/gm, '').replaceAll(/https?:\/\/\S+/g, '');

const naming = (files: readonly SourceFile[], named = words): readonly string[] =>
  files.filter(({ text }) => named.test(withoutLinks(text))).map(({ path }) => path);

/** Where the command line opens a host for its user, by the variables and the setting that are called after it. */
const openingHosts = [
  'src/cli/open/commit-pages.ts',
  'src/cli/open/github-access.ts',
  'src/cli/open/open-ops.ts',
  'src/cli/open/open-repository.ts',
  'src/cli/open/requester.ts',
  'src/cli/open/said-health.ts',
  'src/cli/project/open-project.ts',
];

/** The command line names the host only there; all else is called by the title of its face. */
const wordsOfFaces = /argo ?-?cd|argoproj|app-?project|traefik|ingressroute|postgres|\bflux\b/i;

describe('plug-ins', () => {
  const files = sourceFilesUnder('src');
  const byPath = new Map(files.map((file) => [file.path, file]));

  test('are imported by the tables of their kind alone, and by no other plug-in', () => {
    expect(reachingIn(files)).toEqual([]);
  });

  test('fails for a stage that reaches into a plug-in, and for a plug-in that imports another', () => {
    const wrong = [
      sourceFile('src/ops/publish.ts', "import { argocd } from '../engines/argocd/argocd.ts';"),
      sourceFile('src/engines/flux/flux.ts', "import { judge } from '../argocd/live.ts';"),
      sourceFile('src/engines/engines.ts', "import { argocd } from './argocd/argocd.ts';"),
    ];

    expect(reachingIn(wrong)).toEqual([
      'src/ops/publish.ts: must ask a table of src/engines, got src/engines/argocd/argocd.ts',
      'src/engines/flux/flux.ts: must ask a table of src/engines, got src/engines/argocd/live.ts',
    ]);
  });

  test.each(kinds)('of %s are asked without loading what draws objects, touches a disk or a network', (kind) => {
    const loaded = [...loadedWith(`src/${kind}/${kind}.ts`, byPath)].filter((path) => !path.startsWith('src/'));

    expect(
      loaded.filter((name) => !['semver/functions/parse.js', 'semver/functions/satisfies.js', 'yaml'].includes(name)),
    ).toEqual([]);
  });

  test('are functions over data: none reads a clock, chance, the environment or the world', () => {
    const impure = /\bprocess\.\w|\bglobalThis\b|\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bfetch\(|\bawait\b/;

    expect(
      files
        .filter(
          ({ path, text }) =>
            plugInOf(path) !== undefined && path !== textForCluster && impure.test(withoutComments(text)),
        )
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

describe('the stages that ask', () => {
  const files = ['review', 'ops', 'cluster', 'objects', 'settings'].flatMap((stage) =>
    sourceFilesUnder(`src/${stage}`),
  );

  test('name no engine, ingress, database or host', () => {
    expect(naming(files)).toEqual([]);
  });

  test('name no engine, ingress or database on the command line, in a stack, nor in a setting', () => {
    expect(
      naming(
        [
          ...sourceFilesUnder('src/cli'),
          ...sourceFilesUnder('src/pulumi'),
          sourceFile('settings', Object.keys(settingKeys).join('\n')),
        ],
        wordsOfFaces,
      ),
    ).toEqual([]);
    expect(naming([sourceFile('src/cli/a.ts', "const waits = 'until Flux has pruned';")], wordsOfFaces)).toEqual([
      'src/cli/a.ts',
    ]);
  });

  test('name a host on the command line only where one is opened', () => {
    expect(naming(sourceFilesUnder('src/cli'), /github/i)).toEqual(openingHosts);
  });

  test('fails for a word in a comment too, and not for a link to the source of a number', () => {
    expect(
      naming([
        sourceFile('src/ops/a.ts', '// as Argo CD does'),
        sourceFile('src/review/b.ts', "const kind = 'AppProject';"),
        sourceFile('src/cluster/c.ts', '/** @see https://github.com/kubernetes/api */\nexport const c = 1;'),
      ]),
    ).toEqual(['src/ops/a.ts', 'src/review/b.ts']);
  });
});
