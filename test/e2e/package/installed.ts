import { cpSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** How many bytes the files in a folder of packages have, in millions of them whatever the disk's blocks, and how many packages are in it. */
export function sizeOf(modules: string): { readonly megabytes: number; readonly packages: number } {
  let bytes = 0;
  let packages = 0;
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isFile()) bytes += lstatSync(path).size;
      if (entry.isDirectory()) walk(path);
      else if (entry.name === 'package.json' && /node_modules\/(@[^/]+\/)?[^/]+$/.test(folder)) packages++;
    }
  };
  walk(modules);
  return { megabytes: bytes / 1e6, packages };
}

/** Names of the examples of this repository. */
export const examples: readonly string[] = readdirSync('examples');

/** Copies an example out of this repository, as somebody takes it who depends on the published package. */
export function copyOut(example: string, folder: string, name: string): void {
  const from = resolve('examples', example);
  cpSync(from, folder, {
    recursive: true,
    filter: (source) => !/\/(node_modules|dist|\.portolan)$/.test(source.slice(from.length)),
  });
  const file = join(folder, 'package.json');
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  const own = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...own, dependencies: { [name]: `^${version}` } }));
}

/** Gives the application of the small system a construct of cdk8s-plus, which comes with Portolan. */
export function giveConstruct(folder: string): void {
  const file = join(folder, 'project.ts');
  const text = readFileSync(file, 'utf8');
  const changed = text.replace('\nimport {', "\nimport { ConfigMap } from 'cdk8s-plus-28';\nimport {").replace(
    /const application = .*\n {2}name,\n/,
    `$&  constructs: (scope, here) => {
    new ConfigMap(scope, 'hours', { metadata: { name: here.name('hours') }, data: { web: here.host('web') } });
  },
`,
  );
  if (!changed.includes('ConfigMap(scope') || !changed.includes('import { ConfigMap'))
    throw new Error(`${file} is not the small system that init writes`);
  writeFileSync(file, changed);
}
