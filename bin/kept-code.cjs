// The code that V8 compiled of the scripts of a bundle, kept for each command and each version of Node.js.
'use strict';

const { Buffer } = require('node:buffer');
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { keepFile } = require('./bundled.cjs');

/** What is kept of a bundle for a command. */
class KeptCode {
  #folder;
  #entries = [];
  /** Of the start that kept it; nothing where nothing is kept. */
  exitCode;

  /** @param folder - of what is kept of this bundle and no other; it need not exist */
  constructor(folder, command) {
    this.#folder = folder;
    const kept = readKept(fileOf(folder, command)) ?? (command === '' ? undefined : readKept(fileOf(folder, '')));
    if (kept === undefined) return;
    this.exitCode = kept.exitCode;
    this.#entries = kept.entries;
  }

  /** The code of a script, where it was kept of these very bytes. */
  of(name, source) {
    const entry = this.#entries.find((it) => it.name === name);
    return entry !== undefined && entry.digest === digestOf(source, entry.code) ? entry.code : undefined;
  }

  /** Keeps code beside what was kept of other scripts. Where it cannot be kept, the next start compiles again. */
  keep(command, exitCode, made) {
    const rest = this.#entries.filter(({ name }) => !made.some((it) => it.name === name));
    const entries = [...made.map(({ name, bytes, code }) => ({ name, code, digest: digestOf(bytes, code) })), ...rest];
    const head = {
      exitCode,
      entries: entries.map(({ name, code, digest }) => ({ name, length: code.length, digest })),
    };
    try {
      mkdirSync(this.#folder, { recursive: true });
    } catch {
      return;
    }
    keepFile(
      fileOf(this.#folder, command),
      Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...entries.map(({ code }) => code)]),
    );
  }
}

/** V8 looks at nothing but the length of a source, and not at what it kept. */
const digestOf = (bytes, code) => createHash('sha256').update(bytes).update(code).digest('hex').slice(0, 32);

/** Of each version of Node.js its own. What V8 was told with flags it compares itself. */
const fileOf = (folder, command) =>
  join(folder, `${process.version}-${process.arch}-${/^[\w-]{0,40}$/.test(command) ? command : ''}`);

/** What a file keeps; nothing where it is not there, or damaged: V8 compiles what is asked for. */
function readKept(file) {
  try {
    const bytes = readFileSync(file);
    let at = bytes.indexOf('\n') + 1;
    const { exitCode, entries } = JSON.parse(bytes.latin1Slice(0, at));
    for (const entry of entries) {
      entry.code = bytes.subarray(at, at + entry.length);
      at += entry.length;
    }
    return { exitCode, entries };
  } catch {
    return undefined;
  }
}

module.exports = { KeptCode };
