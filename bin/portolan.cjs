#!/usr/bin/env node
// Starts Portolan: bundles src/cli/main.ts, and the project.ts it is called for once per change, and runs both.
// Plain JavaScript, and on a warm start nothing but node: modules, because every command waits for this file.
'use strict';

const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Answer } = require('./answer.cjs');
const { bundled, expected, folderAbove, keptBeside } = require('./bundled.cjs');

const packageFolder = dirname(__dirname);

/** What a start is called with that is for no command. */
const NO_COMMAND = ['--help', '-h', 'help', '--version', '-V'];

outliveReaders();
start().catch(async (error) => {
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
  const run = { version, found, argv, of: { packageFolder, projectFolder: found, entry: 'src/cli/main' } };
  if (argv.length !== 1 || !NO_COMMAND.includes(argv[0])) process.exitCode = await ran(run);
  else process.exitCode = await answered(run);
}

/** A start that is for no command: what it prints depends on nothing but the files that every start loads. */
async function answered(run) {
  const answer = new Answer(run.of, run.argv);
  const kept = answer.kept();
  if (kept === undefined) return answer.keeping(() => ran({ ...run, startOnly: true }));
  process.stdout.write(kept);
  return 0;
}

async function ran({ version, found, argv, of, startOnly = false }) {
  const bundles = await bundled({ ...of, startOnly });
  const { loadBundle } = require('./load-bundle.cjs');
  const { main } = await loadBundle(bundles, argv);
  const folders = { projectFolder: found ?? process.cwd(), packageFolder };
  return main({
    argv,
    ...folders,
    version,
    kept: () => keptBeside(bundles),
    ...(found === undefined ? { withoutProject: true } : {}),
  });
}

/** What reads the output may end first, as `head` does: the rest is then written to nobody, and the command carries on. */
function outliveReaders() {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

function refuseOldNode(oldest) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw expected(`Node.js ${oldest} or later is needed, this is ${process.versions.node}`);
}
