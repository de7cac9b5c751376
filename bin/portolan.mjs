#!/usr/bin/env node
// Starts Portolan: bundles src/cli/main.ts and the project.ts it is called for, once per change, and runs the bundle.
// Plain JavaScript, and on a warm start nothing but node: modules, because every command waits for this file.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled, expected, folderAbove, keptBeside } from './bundled.mjs';
import { loadBundle } from './load-bundle.mjs';

const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));

await start().catch(async (error) => {
  const { describeFailure, failureData } = await import('./failure.mjs');
  if (process.argv.includes('--json') && error.expected === true) process.stdout.write(failureData(error));
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
});

async function start() {
  const { version, engines } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  refuseOldNode(engines.node.replace('>=', ''));
  const found = folderAbove(process.cwd(), 'project.ts');
  const bundle = await bundled({ packageFolder, projectFolder: found, entry: 'src/cli/main', scripts: true });
  const argv = process.argv.slice(2);
  const { main } = await loadBundle(bundle, argv);
  const folders = { projectFolder: found ?? process.cwd(), packageFolder };
  process.exitCode = await main({
    argv,
    ...folders,
    version,
    kept: () => keptBeside(bundle),
    ...(found === undefined ? { withoutProject: true } : {}),
  });
}

function refuseOldNode(oldest) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw expected(`Node.js ${oldest} or later is needed, this is ${process.versions.node}`);
}
