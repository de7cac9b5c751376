// What Pulumi runs for every stack: bundles src/pulumi/program, and project.ts once per change, and hands over to them. Pulumi's
// own loader of TypeScript cannot load ES modules with .ts imports.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RunError } from '@pulumi/pulumi/errors.js';
import { bundled, folderAbove } from './bundled.cjs';
import { loadBundle } from './load-bundle.cjs';
import { loadWhenAsked, seldomAsked } from './load-when-asked.mjs';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs the stack that Pulumi chose. What a person can mend in project.ts is shown as its sentence alone. */
export default async function program() {
  loadWhenAsked(seldomAsked, import.meta.resolve('@pulumi/pulumi/errors.js'));
  const projectFolder = folderAbove(process.cwd(), 'project.ts');
  if (projectFolder === undefined)
    throw new RunError('portolan: there is no project.ts, which says what is delivered, beside Pulumi.yaml');
  const bundles = await bundled({ packageFolder, projectFolder, entry: 'src/pulumi/program' }).catch((error) => {
    throw error.expected === true ? new RunError(`portolan: ${error.message}`) : error;
  });
  const { default: run } = await loadBundle(bundles, []).catch((error) => {
    const [, name] = /^Cannot find package '((?:@[^/']+\/)?[^/']+)/.exec(error.message) ?? [];
    throw error.code !== 'ERR_MODULE_NOT_FOUND' || name === undefined
      ? error
      : new RunError(`portolan: the package ${name} is not installed; run: npm install --save-dev ${inVersion(name)}`);
  });
  return run({ projectFolder, packageFolder });
}

/** A package as npm is asked for it, in a version that works with this one. */
function inVersion(name) {
  const { portolan } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const range = portolan.tools[name];
  return range === undefined ? name : `"${name}@${range}"`;
}
