import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Scopes of the packages that a project installs itself, each with what they are needed for. */
const purposes: Readonly<Record<string, string>> = { '@kubernetes': 'asks a cluster', '@pulumi': 'provisions' };

/**
 * What to say where Node.js did not find a package that only some commands need, and how it gets there.
 *
 * @param packageFolder - of Portolan, whose package.json says in which versions such packages work with it
 * @returns nothing for every other error
 */
export function missingPackage(error: unknown, packageFolder: string): Error | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const [, name = ''] = /^Cannot find package '((?:@[^/']+\/)?[^/']+)/.exec(error.message) ?? [];
  const scope = name.split('/')[0] ?? '';
  const purpose = Object.hasOwn(purposes, scope) ? purposes[scope] : undefined;
  return purpose === undefined
    ? undefined
    : new Error(
        `portolan: what ${purpose} needs the package ${name}, which is not installed\n  next: npm install --save-dev ${inVersion(name, packageFolder)}`,
      );
}

/** A package as npm is asked for it. */
function inVersion(name: string, packageFolder: string): string {
  const { portolan } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    readonly portolan: { readonly tools: Readonly<Record<string, string>> };
  };
  const range = portolan.tools[name];
  return range === undefined ? name : `"${name}@${range}"`;
}
