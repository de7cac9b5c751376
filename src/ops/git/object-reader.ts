import { execa, type ResultPromise } from 'execa';
import type { Socket } from 'node:net';
import { GitFailure } from './git-failure.ts';
import { ObjectStream, type GitObject } from './object-stream.ts';
import { failureOf, gitOptions, gitArguments, type GitPlace } from './run-git.ts';

/** Milliseconds without a question after which the process is let go. */
const IDLE_MS = 1000;

/** Seconds without an answer, or a part of one, after which it is given up. */
const PATIENCE_SECONDS = 120;

const readers = new Map<string, ObjectReader>();

/**
 * Reads objects, by id, by ref or as `<commit>:<path>`; all questions about one repository go to one process, which ends by itself soon after the last.
 *
 * @returns in the order of the names; undefined for what does not exist
 * @throws GitFailure when there is no repository, what it holds is damaged, or git is not there
 */
export async function readObjects(
  place: GitPlace,
  names: readonly string[],
): Promise<readonly (GitObject | undefined)[]> {
  if (names.length === 0) return [];
  const key = JSON.stringify([place.gitDir, place.folder]);
  let reader = readers.get(key);
  if (reader?.isOpen !== true) {
    reader = new ObjectReader(place);
    readers.set(key, reader);
    void reader.ended.then(() => {
      if (readers.get(key) === reader) readers.delete(key);
    });
  }
  return reader.ask(names);
}

/** A question that was asked and not answered in full. */
interface Question {
  readonly names: readonly string[];
  readonly answers: (GitObject | undefined)[];
  readonly answer: (answers: readonly (GitObject | undefined)[]) => void;
  readonly fail: (error: GitFailure) => void;
}

const started = (place: GitPlace) => ({ ...gitOptions(place), buffer: false, reject: false, cleanup: false }) as const;

/** One `git cat-file --batch`, which answers one question after the other. */
class ObjectReader {
  readonly ended: Promise<void>;
  isOpen = true;
  private readonly process: ResultPromise<ReturnType<typeof started>>;
  private readonly incoming = new ObjectStream();
  private readonly open: Question[] = [];
  private said = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(place: GitPlace) {
    this.process = execa('git', gitArguments(place, ['cat-file', '--batch']), started(place));
    this.process.stdout.on('data', (chunk: Buffer) => {
      this.incoming.push(chunk);
      this.take();
    });
    this.process.stderr.on('data', (chunk: Buffer) => {
      this.said += chunk.toString('utf8');
    });
    // Who is gone reads nothing; that it is gone is told by its end.
    this.process.stdin.on('error', () => undefined);
    this.ended = this.process.then((result) => {
      this.close(failureOf('cat-file', result, this.said));
    });
  }

  ask(names: readonly string[]): Promise<readonly (GitObject | undefined)[]> {
    return new Promise((answer, fail) => {
      this.open.push({ names, answers: [], answer, fail });
      this.hold(true);
      this.wait();
      this.process.stdin.write(names.map((name) => `${name}\n`).join(''));
    });
  }

  /** Takes every answer that is there. */
  private take(): void {
    for (let [question] = this.open; question !== undefined; [question] = this.open) {
      const object = this.incoming.object();
      if (object === undefined) break;
      question.answers.push(object.found);
      if (question.answers.length < question.names.length) continue;
      this.open.shift();
      question.answer(question.answers);
    }
    if (this.open.length > 0) {
      // Answers come in thousands of pieces: another timer for each costs as much as reading it.
      this.timer?.refresh();
      return;
    }
    this.hold(false);
    this.wait();
  }

  /** Whether the program stays for it. */
  private hold(isAsked: boolean): void {
    const { stdin, stdout, stderr } = this.process;
    for (const it of [this.process, ...([stdin, stdout, stderr] as unknown as Socket[])])
      if (isAsked) it.ref();
      else it.unref();
  }

  private wait(): void {
    clearTimeout(this.timer);
    this.timer =
      this.open.length === 0
        ? setTimeout(() => {
            this.isOpen = false;
            this.process.stdin.end();
          }, IDLE_MS).unref()
        : setTimeout(() => {
            this.close(new GitFailure('timeout', 'cat-file', `did not answer within ${PATIENCE_SECONDS} s`));
            this.process.kill('SIGKILL');
          }, PATIENCE_SECONDS * 1000);
  }

  private close(failure: GitFailure): void {
    this.isOpen = false;
    clearTimeout(this.timer);
    for (const { fail } of this.open.splice(0)) fail(failure);
  }
}
