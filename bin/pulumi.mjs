// What Pulumi runs for every stack: bundles src/pulumi/program.ts and project.ts once per change, and hands over to the bundle. Pulumi's
// own loader of TypeScript cannot load ES modules with .ts imports.
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RunError } from '@pulumi/pulumi/errors.js';
import { bundled } from './bundled.mjs';

/** Folder of Pulumi.yaml, of project.ts and of Portolan itself. */
const folder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs the stack that Pulumi chose. What a person can mend in project.ts is shown as its sentence alone. */
export default async function program() {
  const bundle = await bundled({ packageFolder: folder, projectFolder: folder, entry: 'src/pulumi/program.ts' }).catch(
    (error) => {
      throw error.expected === true ? new RunError(`portolan: ${error.message}`) : error;
    },
  );
  const { default: run } = await import(pathToFileURL(bundle).href);
  return run(folder);
}
