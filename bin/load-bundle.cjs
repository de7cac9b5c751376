// Runs a bundle. Of one that was made as scripts the code that V8 compiled is kept, for each command its own, so that most starts compile nothing.
'use strict';

const { Buffer, isAscii } = require('node:buffer');
const { createHash } = require('node:crypto');
const nodeModule = require('node:module');
const { basename, dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const vm = require('node:vm');
// As they are now: whoever listens to what a project asks of the disk does not hear the bundle being read.
const { readFileSync } = require('node:fs');
const { keepFile } = require('./bundled.cjs');

/** The command that a start is for; none where nothing is named. */
const commandOf = (argv) => argv.find((argument) => !argument.startsWith('-') && argument !== 'help') ?? '';

const asksForHelp = (argv) => argv[0] === 'help' || argv.includes('--help') || argv.includes('-h');

/**
 * Loads a bundle and gives what it exports.
 *
 * @param bundle - what `bundled` gave
 * @param argv - what the program is called with: what is kept is kept for its command
 */
async function loadBundle(bundle, argv) {
  optimiseLater();
  if (bundle.endsWith('.mjs')) {
    nodeModule.enableCompileCache?.(join(dirname(bundle), 'compiled')); // from Node.js 22 on
    return import(pathToFileURL(bundle).href);
  }
  const chunks = new Chunks(bundle, codeKept(dirname(bundle), commandOf(argv)));
  process.once('exit', (exitCode) => chunks.keepCode(argv, exitCode));
  return chunks.load(basename(bundle));
}

/**
 * What has V8 wait with its optimising compiler, by V8's version (Node.js 20 and 22; from 24 on it waits by itself). A command ends before most of what
 * that compiler makes was worth making: of the processor time of checking 10,000 objects it is a quarter.
 */
const LATER = { 11.3: '--interrupt-budget=1000000', 12.4: '--invocation-count-for-turbofan=20000' };

function optimiseLater() {
  const [version] = /^\d+\.\d+/.exec(process.versions.v8) ?? [];
  // Counts that V8 looks at each time it asks itself whether to optimise; they may change while a program runs.
  if (LATER[version] !== undefined) require('node:v8').setFlagsFromString(LATER[version]);
}

/** The chunks of one bundle that were loaded so far. */
class Chunks {
  #folder;
  #kept;
  #chunks = new Map();
  /** Packages that are ES modules, or may be, by name. */
  #outside = new Map();
  /** Names of chunks that the program came to while it ran. */
  #asked = new Set();
  #require;

  constructor(bundle, kept) {
    this.#folder = dirname(bundle);
    this.#kept = kept;
    this.#require = nodeModule.createRequire(bundle);
  }

  /** Loads a chunk as `import()` does: once, with all that it needs, and what went wrong goes wrong each time. */
  async load(name) {
    this.#asked.add(name);
    const needed = new Set();
    const add = (it) => {
      if (needed.has(it)) return;
      needed.add(it);
      this.#compiled(it).needs.forEach(add);
    };
    add(name);
    for (const path of new Set([...needed].flatMap((it) => this.#chunks.get(it).outside)))
      if (!this.#outside.has(path)) this.#outside.set(path, likeModule(await this.#import(path)));
    return this.#run(this.#chunks.get(name));
  }

  #taken = (name) => this.#outside.get(name) ?? this.#run(this.#chunks.get(name.slice(2)));

  #import = async (name, options) => {
    if (/^\.\/[^/]+\.cjs$/.test(name)) return this.load(name.slice(2));
    const { from } = await import(pathToFileURL(join(this.#folder, 'outside.mjs')).href);
    return from(name, options);
  };

  #compiled(name) {
    const known = this.#chunks.get(name);
    if (known !== undefined) return known;
    const file = join(this.#folder, name);
    const url = pathToFileURL(file).href;
    const bytes = readFileSync(file);
    const kept = this.#kept.of(name, bytes);
    const script = new vm.Script(isAscii(bytes) ? bytes.latin1Slice() : bytes.utf8Slice(), {
      filename: url,
      cachedData: kept,
    });
    const isKept = kept !== undefined && script.cachedDataRejected === false;
    const chunk = { ...script.runInThisContext(), file, url, bytes, script, isKept, module: { exports: {} } };
    this.#chunks.set(name, chunk);
    return chunk;
  }

  #run(chunk) {
    if (chunk.hasRun !== true) {
      chunk.hasRun = true;
      const { module, file, url } = chunk;
      try {
        chunk.run(module.exports, this.#require, module, this.#taken, this.#import, url, file, this.#folder);
      } catch (error) {
        chunk.failure = { error };
      }
    }
    if (chunk.failure !== undefined) throw chunk.failure.error;
    return chunk.module.exports;
  }

  /**
   * Keeps what V8 compiled, at the end, when it has compiled all that the command needs. A start that finds it all kept writes nothing; what a
   * command kept that failed is kept anew by one that did not.
   */
  keepCode(argv, exitCode) {
    const command = commandOf(argv);
    const isCommand = [...this.#asked].some((name) => name.startsWith(`${command}-`));
    if (isCommand && (asksForHelp(argv) || exitCode === 2)) return;
    const isMoreThanKept = isCommand && exitCode === 0 && this.#kept.exitCode !== 0;
    if (!isMoreThanKept && [...this.#chunks.values()].every(({ isKept }) => isKept)) return;
    const made = [...this.#chunks].map(([name, { script, bytes }]) => entryOf(name, bytes, script.createCachedData()));
    const rest = this.#kept.entries.filter(({ name }) => !this.#chunks.has(name));
    writeKept(this.#folder, isCommand ? command : '', { exitCode, entries: [...made, ...rest] });
  }
}

/** A package that was imported, in the form in which a script takes an ES module. */
function likeModule(namespace) {
  const getters = Object.keys(namespace).map((key) => [key, { enumerable: true, get: () => namespace[key] }]);
  return Object.defineProperties({}, { ...Object.fromEntries(getters), __esModule: { value: true } });
}

const entryOf = (name, bytes, code) => ({ name, code, length: code.length, digest: digestOf(bytes, code) });

/** V8 looks at nothing but the length of a source, and not at what it kept. */
const digestOf = (bytes, code) => createHash('sha256').update(bytes).update(code).digest('hex').slice(0, 32);

/** Where code is kept: of each version of Node.js its own. What V8 was told with flags it compares itself. */
const fileOf = (folder, command) => join(folder, `code-${process.version}-${process.arch}-${command}`);

const NOTHING_KEPT = { of: () => undefined, entries: [] };

function codeKept(folder, command) {
  if (!/^[\w-]{0,40}$/.test(command)) return codeKept(folder, '');
  try {
    const bytes = readFileSync(fileOf(folder, command));
    const start = bytes.indexOf('\n') + 1;
    const { exitCode, entries } = JSON.parse(bytes.latin1Slice(0, start));
    let at = start;
    for (const entry of entries) {
      entry.code = bytes.subarray(at, at + entry.length);
      at += entry.length;
    }
    return {
      exitCode,
      entries,
      of(name, source) {
        const entry = entries.find((it) => it.name === name);
        return entry !== undefined && entry.digest === digestOf(source, entry.code) ? entry.code : undefined;
      },
    };
  } catch {
    // Not kept yet, or damaged: V8 compiles what is asked for.
    return command === '' ? NOTHING_KEPT : codeKept(folder, '');
  }
}

function writeKept(folder, command, { exitCode, entries }) {
  const head = { exitCode, entries: entries.map(({ name, length, digest }) => ({ name, length, digest })) };
  keepFile(
    fileOf(folder, command),
    Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...entries.map(({ code }) => code)]),
  );
}

module.exports = { loadBundle };
