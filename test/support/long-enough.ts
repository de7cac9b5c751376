/** How many times as long as on an idle machine is waited: what runs tests runs several at once, and a wait that ends well costs nothing. */
const busy = 3;

/** Seconds that are waited for what an idle machine has after so many at the latest. */
export const longEnough = (seconds: number): number => seconds * busy;

/** The same as `kubectl` and `portolan` are told it, e.g. `--timeout=90s` for 30. */
export const timeout = (seconds: number): string => `--timeout=${longEnough(seconds)}s`;
