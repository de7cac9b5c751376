#!/usr/bin/env node
// Starts Portolan: bundles src/cli/main.ts and the project.ts it is called for, once per change, and runs the bundle.
// Plain JavaScript, and on a warm start nothing but node: modules, because every command waits for this file.
import { createRequire } from 'node:module';
import { bundled, expected, folderAbove, keptBeside } from './bundled.mjs';
import { loadBundle } from './load-bundle.mjs';

// Required and not imported: Node.js looks at every single thing of what it hands to an ES module, and loads what nobody asks for.
const require = createRequire(import.meta.url);
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { fileURLToPath } = require('node:url');

// Not by import.meta.dirname, which a Node.js that is refused below has not.
const packageFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** What a start is called with that is for no command. */
const NO_COMMAND = ['--help', '-h', 'help', '--version', '-V'];

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
  const argv = process.argv.slice(2);
  const startOnly = argv.length === 1 && NO_COMMAND.includes(argv[0]);
  const bundle = await bundled({
    packageFolder,
    projectFolder: found,
    entry: 'src/cli/main',
    scripts: true,
    startOnly,
  });
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
