/**
 * `npm run build`: what the package ships beside bin/ and schemas/, in lib/.
 *
 * Every source becomes one JavaScript file; the types are those of what the package exports. A few libraries are carried inside,
 * because a user's install of them is mostly types that nobody reads there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = join(root, 'lib');

/** Starts of the names of libraries that are carried inside; what they import goes with them. */
const carried: readonly string[] = ['@octokit/', 'hast', 'd3-'];

const isOfLibrary = (file: string): boolean => file.includes('/node_modules/');

/** Leaves every import as it is, but that of a source, which is JavaScript now, and those of what is carried inside. */
const oneFileEach: Plugin = {
  name: 'one-file-each',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || isOfLibrary(importer) || carried.some((start) => path.startsWith(start)))
        return undefined;
      return { path: path.startsWith('.') ? path.replace(/\.ts$/, '.js') : path, external: true };
    });
  },
};

const sources = ['src', 'imports'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);

/** Folders of the libraries that files are of. */
const librariesOf = (files: readonly string[]): readonly string[] => [
  ...new Set(files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [])),
];

/** The licence of each library, as its makers ask whoever passes it on to say. */
const licencesOf = (folders: readonly string[]): string =>
  folders
    .map((folder) => {
      const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e/i.test(name));
      if (file === undefined) throw new Error(`${folder} says no licence`);
      const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
        readonly name: string;
        readonly version: string;
      };
      return `${name} ${version}\n\n${readFileSync(join(root, folder, file), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);

rmSync(output, { recursive: true, force: true });
const { metafile } = await bundle({
  absWorkingDir: root,
  entryPoints: sources,
  outbase: '.',
  outdir: output,
  chunkNames: 'carried/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  metafile: true,
  tsconfigRaw: { compilerOptions: { target: 'es2022' } },
  plugins: [oneFileEach],
});
const libraries = librariesOf(Object.keys(metafile.inputs));
mkdirSync(join(output, 'carried'), { recursive: true });
writeFileSync(join(output, 'carried', 'LICENSES'), licencesOf([...libraries].sort()));
// By its whole name: what lies in node_modules/.bin may be another one.
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '--project', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
if (!existsSync(join(output, 'src', 'entries', 'model.d.ts'))) throw new Error('no types were written');
