const messageOf = (error: unknown): string | undefined =>
  typeof error === 'object' &&
  error !== null &&
  'message' in error &&
  typeof error.message === 'string' &&
  error.message !== ''
    ? error.message
    : undefined;

/** Why a request came to nothing, in one line: the innermost message, because network errors wrap what happened in "fetch failed". */
export function reasonOf(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  return (cause === undefined ? undefined : messageOf(cause)) ?? messageOf(error) ?? String(error);
}
