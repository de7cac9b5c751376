import { test } from '@jest/globals';

/** A test that others build on. */
export interface Step {
  readonly name: string;
  /** The test because of which its ground is gone for others: itself, or one that it builds on. */
  failed?: string;
}

/** A test that is not tried after one that it builds on failed: what it would say is not what is wrong. */
export function step(name: string, ground: readonly Step[], work: () => Promise<void>): Step {
  const own: Step = { name };
  test(name, async () => {
    const gone = ground.find(({ failed }) => failed !== undefined)?.failed;
    if (gone !== undefined) own.failed = gone;
    if (gone !== undefined) throw notTried(gone);
    try {
      await work();
    } catch (error) {
      own.failed = name;
      throw error;
    }
  });
  return own;
}

/** An error without a place in the code: there is nothing to look at. */
export function notTried(because: string): Error {
  const error = new Error(`not tried, because this failed before: ${because}`);
  error.stack = error.message;
  return error;
}
