/** One way in which a call goes wrong: before GitHub does the work, or after it was done. */
export interface Fault {
  readonly name: string;
  /** What is answered instead of doing the work. @default - the work is done */
  readonly before?: {
    readonly status: number;
    readonly message: string;
    readonly headers?: Readonly<Record<string, string>>;
  };
  /** What happens once the work is done. @default - the answer is passed on */
  readonly after?: {
    /** What the program that calls is sent, one after the other. @default - nothing */
    readonly signals?: readonly NodeJS.Signals[];
    /** Milliseconds before anything is answered. @default - none */
    readonly holdMs?: number;
    /** What is answered in place of what GitHub said. @default - what GitHub said */
    readonly answers?: 502 | 'nothing';
  };
}

/** Longer than the program waits for an answer, which is 15 seconds; the provider waits for as long as it is not hung up on. */
const longHang = 'a hang past the time-out, and no answer';

/** Everything that is let go wrong, at every call. */
export const faults: readonly Fault[] = [
  { name: '403', before: { status: 403, message: 'Resource not accessible by personal access token' } },
  { name: '422', before: { status: 422, message: 'Validation Failed' } },
  { name: '502 before the work', before: { status: 502, message: 'Server Error' } },
  { name: '502 after the work', after: { answers: 502 } },
  { name: 'a hang, and no answer', after: { holdMs: 3000, answers: 'nothing' } },
  { name: longHang, after: { holdMs: 17_000, answers: 'nothing' } },
  {
    name: 'a secondary limit',
    before: {
      status: 403,
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      headers: { 'retry-after': '1' },
    },
  },
  { name: 'Ctrl-C', after: { signals: ['SIGINT'] } },
  { name: 'Ctrl-C twice', after: { signals: ['SIGINT', 'SIGINT'] } },
  { name: 'kill -9', after: { signals: ['SIGKILL'] } },
];
