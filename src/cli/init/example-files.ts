import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../ops/git/run-git.ts';
import { oneOf } from '../../model/suggestion.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** Where Portolan's own repository is, of this very version. */
export interface PackageOrigin {
  /** Folder of Portolan; in its own repository the examples are in it. */
  readonly packageFolder: string;
  /** https URL that it is cloned from. */
  readonly url: string;
  readonly version: string;
}

/** Folder of a repository that holds an example each. */
const EXAMPLES = 'examples';

/**
 * The files of an example, by path. An installed package has none, so there it is fetched, as it was at this version.
 *
 * @throws UsageError when there is no such example, or it cannot be fetched
 */
export async function exampleFiles(name: string, origin: PackageOrigin): Promise<ReadonlyMap<string, string>> {
  if (existsSync(join(origin.packageFolder, EXAMPLES))) return filesIn(origin.packageFolder, name);
  const folder = mkdtempSync(join(tmpdir(), 'portolan-example-'));
  try {
    const tag = `v${origin.version}`;
    await git(['clone', '--quiet', '--depth', '1', '--branch', tag, '--end-of-options', origin.url, folder], {
      folder: tmpdir(),
    }).catch(() => {
      throw new UsageError(`--like: the examples cannot be fetched from ${origin.url} at ${tag}; leave --like out`);
    });
    return filesIn(folder, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(root: string, name: string): ReadonlyMap<string, string> {
  const own = ownExample(root);
  if (name === own) return read(root, readdirSync(root).filter(isProgram));
  const names = readdirSync(join(root, EXAMPLES));
  const all = [...names, ...(own === undefined ? [] : [own])].sort();
  if (!names.includes(name)) throw new UsageError(`--like: must be ${oneOf(all)}, got "${name}"`);
  const folder = join(root, EXAMPLES, name);
  return read(folder, readdirSync(folder, { recursive: true, encoding: 'utf8' }));
}

/** The name of the system that the repository itself delivers, which is an example too. */
function ownExample(root: string): string | undefined {
  const { portolan } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly portolan?: { readonly example?: string };
  };
  return portolan?.example;
}

/** Whether a file of the repository itself belongs to its system: the program and its settings. */
const isProgram = (file: string): boolean => file === 'project.ts' || /^Pulumi\..+\.yaml$/.test(file);

const read = (folder: string, files: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    files
      .filter((file) => !file.split(/[\\/]/).some((step) => ['node_modules', 'dist', '.portolan'].includes(step)))
      .filter((file) => statSync(join(folder, file)).isFile())
      .sort()
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
  );
