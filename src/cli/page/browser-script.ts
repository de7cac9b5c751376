import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What the page does in a browser, as one script that needs nothing else. @param packageFolder - folder of Portolan itself */
export async function browserScript(packageFolder: string): Promise<string> {
  const source = join(packageFolder, 'src', 'page', 'browser', 'main.ts');
  const { outputFiles } = await build({
    entryPoints: [existsSync(source) ? source : join(packageFolder, 'lib', 'src', 'page', 'browser', 'main.js')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    platform: 'browser',
    write: false,
    // Whatever lies around: this is no part of a project.
    tsconfigRaw: {},
  });
  return outputFiles[0]?.text.trim() ?? '';
}
