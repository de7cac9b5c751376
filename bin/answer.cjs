// What a start for help or for the version printed: the same start prints it again and loads no program, while no file has changed that every start loads.
'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { areTexts, cacheFolderOf, cacheOf, filesOfStart, keepFile, stampsOf } = require('./bundled.cjs');

const KEPT_ANSWERS = 16;

/** The answer to what a start was called with. */
class Answer {
  #file;
  #question;
  #of;

  constructor(of, argv) {
    const { isTTY = false, columns } = process.stdout;
    const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM } = process.env;
    this.#of = of;
    this.#file = join(cacheOf(of.packageFolder), 'answers.json');
    // All that an answer depends on beside the program's files: what was asked of whom, by which Node.js, and what is at the other end.
    this.#question = JSON.stringify([
      [argv, of.packageFolder, of.projectFolder === undefined, process.version],
      [isTTY, columns, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, TERM],
    ]);
  }

  /** What an earlier start answered; nothing where none did, or a file has changed since that it had loaded. */
  kept() {
    const { files, stamps, answers } = this.#read();
    const answer = answers[this.#question];
    return typeof answer === 'string' && isSame(stamps, stampsOf(files)) ? answer : undefined;
  }

  /** Has `run` answer, and keeps what it printed where all went well and nothing had to be said beside it. */
  async keeping(run) {
    const [out, err] = [process.stdout, process.stderr].map(heard);
    const exitCode = await run();
    if (exitCode === 0 && err.length === 0) this.#keep(out.join(''));
    return exitCode;
  }

  #keep(answer) {
    const files = filesOfStart(cacheFolderOf({ ...this.#of, projectFolder: undefined }));
    const stamps = files && stampsOf(files);
    if (stamps === undefined) return;
    const before = this.#read();
    const others = isSame(before.stamps, stamps) ? Object.entries(before.answers) : [];
    const answers = Object.fromEntries([...others, [this.#question, answer]].slice(-KEPT_ANSWERS));
    keepFile(this.#file, JSON.stringify({ files, stamps: [...stamps], answers }));
  }

  #read() {
    try {
      const { files, stamps, answers } = JSON.parse(readFileSync(this.#file, 'utf8'));
      if (areTexts(files) && Array.isArray(stamps) && typeof answers === 'object' && answers !== null)
        return { files, stamps, answers };
    } catch {
      // Not kept yet, or damaged.
    }
    return { files: [], stamps: [], answers: {} };
  }
}

const isSame = (one, other) =>
  other !== undefined && one.length > 0 && one.length === other.length && one.every((it, i) => it === other[i]);

/** The texts that are written to a stream from now on. */
function heard(stream) {
  const texts = [];
  const { write } = stream;
  stream.write = (text, ...rest) => {
    texts.push(text);
    return write.call(stream, text, ...rest);
  };
  return texts;
}

module.exports = { Answer };
