/** Portolan was called wrongly: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(`portolan: ${message}`);
    this.name = 'UsageError';
  }
}
