import { describe, expect, test } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import { terminal, type Stream, type Terminal } from '../../src/cli/terminal.ts';

/** A stream that remembers what was written to it. */
class Recorder implements Stream {
  text = '';

  constructor(
    readonly isTTY: boolean,
    readonly columns = 80,
  ) {}

  write(text: string): void {
    this.text += text;
  }
}

interface Recorded {
  readonly out: string;
  readonly err: string;
}

const clear = '\r\x1b[2K';

const timeless = (text: string): string => text.replaceAll(/\(\d+\.\d\d s\)/g, '(TIME)');

/** Whether a person's terminal gets colours is up to the environment variables that the tests run with. */
const colourless = (text: string): string => text.split(clear).map(stripVTControlCharacters).join(clear);

const recorded = async (
  work: (terminal: Terminal) => unknown,
  { json = false, isTTY = false, columns = 80, dumb = false } = {},
): Promise<Recorded> => {
  const streams = { out: new Recorder(isTTY, columns), err: new Recorder(isTTY, columns), dumb };
  await work(terminal(json, streams));
  return { out: streams.out.text, err: timeless(isTTY ? colourless(streams.err.text) : streams.err.text) };
};

const green = '\x1b[32mgood\x1b[39m';

describe('a terminal', () => {
  test('shows a step while it runs and replaces that by what came of it', async () => {
    const { out, err } = await recorded(
      (it) =>
        it.step(
          'render',
          () => 28,
          (count) => `${count} objects`,
        ),
      { isTTY: true },
    );

    expect({ out, err }).toEqual({ out: '', err: `  … render${clear}  ✔ render: 28 objects (TIME)\n` });
  });

  test('marks a step that failed, and lets the error through', async () => {
    const failing = async (it: Terminal): Promise<void> => {
      await expect(
        it.step('render', () => {
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
    };

    expect((await recorded(failing)).err).toBe('  ✖ render (TIME)\n');
  });

  test('cuts a line that it will clear to the width of a narrow window', async () => {
    const { err } = await recorded((it) => it.step('publish an environment with a long name', () => undefined), {
      isTTY: true,
      columns: 20,
    });

    const [shown = ''] = err.split(clear);
    expect(shown).toBe('  … publish an env…');
    expect(shown.length).toBeLessThan(20);
  });

  test('gives a pipe neither colours nor cursor codes', async () => {
    const { out, err } = await recorded(async (it) => {
      it.say(green);
      await it.step(green, () => undefined);
    });

    expect({ out, err }).toEqual({ out: 'good\n', err: '  ✔ good (TIME)\n' });
  });

  test('leaves the colours that a person’s terminal gets', async () => {
    const { out } = await recorded(
      (it) => {
        it.say(green);
      },
      { isTTY: true },
    );

    expect(out).toBe(`${green}\n`);
  });

  test('gives a dumb terminal no cursor codes', async () => {
    const { err } = await recorded((it) => it.step('render', () => undefined), { isTTY: true, dumb: true });

    expect(err).toBe('  ✔ render (TIME)\n');
  });

  test('prints one JSON value and nothing else where that was asked for', async () => {
    const { out, err } = await recorded(
      async (it) => {
        it.say('hello');
        await it.step('render', () => undefined);
        it.result({ objects: 28 });
      },
      { json: true, isTTY: true },
    );

    expect({ out, err }).toEqual({ out: '{\n  "objects": 28\n}\n', err: '' });
  });

  test('prints no JSON where it was not asked for', async () => {
    const { out } = await recorded((it) => {
      it.result({ objects: 28 });
    });

    expect(out).toBe('');
  });
});
