// Runs the bundles of a program and its project. Of those that were made as scripts the code that V8 compiled is kept, for each command its own, so that most starts compile nothing.
'use strict';

const { isAscii } = require('node:buffer');
const nodeModule = require('node:module');
const { basename, dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const vm = require('node:vm');
// As they are now: whoever listens to what a project asks of the disk does not hear the bundle being read.
const { readFileSync } = require('node:fs');
const { PROJECT, SHARED } = require('./bundled.cjs');
const { KeptCode } = require('./kept-code.cjs');

/** The command that a start is for; none where nothing is named. */
const commandOf = (argv) => argv.find((argument) => !argument.startsWith('-') && argument !== 'help') ?? '';

const asksForHelp = (argv) => argv[0] === 'help' || argv.includes('--help') || argv.includes('-h');

/**
 * Loads the bundle of a program and gives what it exports.
 *
 * @param bundles - what `bundled` gave
 * @param argv - what the program is called with: what is kept is kept for its command
 */
async function loadBundle({ main, project }, argv) {
  optimiseLater();
  if (main.endsWith('.mjs')) {
    nodeModule.enableCompileCache?.(join(dirname(main), 'compiled')); // from Node.js 22 on
    return import(pathToFileURL(main).href);
  }
  const chunks = new Chunks(main, project, commandOf(argv));
  process.once('exit', (exitCode) => chunks.keepCode(argv, exitCode));
  return chunks.load(main);
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

/** What a project is for a program that was started where none is. */
const NO_PROJECT = { __esModule: true, default: undefined };

/** The chunks that were loaded so far, of a program and its project. */
class Chunks {
  #main;
  #project;
  /** Bundles by their folders. */
  #bundles;
  /** Chunks by their files. */
  #chunks = new Map();
  /** Packages that are ES modules, or may be, by the folder that they are looked for from and their name. */
  #outside = new Map();
  /** Names of chunks that the program came to while it ran. */
  #asked = new Set();

  constructor(main, project, command) {
    this.#main = main;
    this.#project = project;
    const place = dirname(dirname(project ?? main));
    this.#bundles = new Map(
      [main, ...(project === undefined ? [] : [project])]
        .map(dirname)
        .map((folder) => [folder, this.#bundleIn(folder, place, command)]),
    );
  }

  #bundleIn(folder, place, command) {
    return {
      folder,
      kept: new KeptCode(join(place, `code-${basename(folder)}`), command),
      require: nodeModule.createRequire(join(folder, 'main.cjs')),
      taken: (name) => this.#taken(name, folder),
      import: (name, options) => this.#import(name, folder, options),
    };
  }

  /** Loads a chunk as `import()` does: once, with all that it needs, and what went wrong goes wrong each time. */
  async load(file) {
    this.#asked.add(basename(file));
    const needed = new Set();
    const add = (it) => {
      if (it === undefined || needed.has(it)) return;
      needed.add(it);
      for (const name of this.#compiled(it).needs) add(this.#fileOf(name, dirname(it)));
    };
    add(file);
    for (const it of needed)
      for (const name of this.#chunks.get(it).outside) {
        const key = join(dirname(it), name);
        if (!this.#outside.has(key)) this.#outside.set(key, likeModule(await this.#import(name, dirname(it))));
      }
    return this.#run(file);
  }

  /** The file of a chunk that one in `folder` names; nothing for a project that is not there. */
  #fileOf(name, folder) {
    if (name === PROJECT) return this.#project;
    return name.startsWith(`${SHARED}:`)
      ? join(dirname(this.#main), name.slice(SHARED.length + 1))
      : join(folder, name);
  }

  #taken(name, folder) {
    const outside = this.#outside.get(join(folder, name));
    if (outside !== undefined) return outside;
    const file = this.#fileOf(name, folder);
    return file === undefined ? NO_PROJECT : this.#run(file);
  }

  async #import(name, folder, options) {
    if (name === PROJECT || /^\.\/[^/]+\.cjs$/.test(name)) {
      const file = this.#fileOf(name, folder);
      return file === undefined ? NO_PROJECT : this.load(file);
    }
    const { from } = await import(pathToFileURL(join(folder, 'outside.mjs')).href);
    return from(name, options);
  }

  #compiled(file) {
    const known = this.#chunks.get(file);
    if (known !== undefined) return known;
    const bundle = this.#bundles.get(dirname(file));
    const url = pathToFileURL(file).href;
    const bytes = readFileSync(file);
    const kept = bundle.kept.of(basename(file), bytes);
    const script = new vm.Script(isAscii(bytes) ? bytes.latin1Slice() : bytes.utf8Slice(), {
      filename: url,
      cachedData: kept,
    });
    const isKept = kept !== undefined && script.cachedDataRejected === false;
    const chunk = { ...script.runInThisContext(), bundle, url, bytes, script, isKept, module: { exports: {} } };
    this.#chunks.set(file, chunk);
    return chunk;
  }

  #run(file) {
    const chunk = this.#compiled(file);
    if (chunk.hasRun !== true) {
      chunk.hasRun = true;
      const { module, url, bundle } = chunk;
      try {
        chunk.run(module.exports, bundle.require, module, bundle.taken, bundle.import, url, file, bundle.folder);
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
    for (const bundle of this.#bundles.values()) {
      const chunks = [...this.#chunks].filter(([, chunk]) => chunk.bundle === bundle);
      const isMoreThanKept = isCommand && exitCode === 0 && bundle.kept.exitCode !== 0;
      if (chunks.length === 0 || (!isMoreThanKept && chunks.every(([, { isKept }]) => isKept))) continue;
      bundle.kept.keep(
        isCommand ? command : '',
        exitCode,
        chunks.map(([file, { script, bytes }]) => ({ name: basename(file), bytes, code: script.createCachedData() })),
      );
    }
  }
}

/** A package that was imported, in the form in which a script takes an ES module. */
function likeModule(namespace) {
  const getters = Object.keys(namespace).map((key) => [key, { enumerable: true, get: () => namespace[key] }]);
  return Object.defineProperties({}, { ...Object.fromEntries(getters), __esModule: { value: true } });
}

module.exports = { loadBundle };
