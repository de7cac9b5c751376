/** Several things at once that people can mend: what was found comes before what kept the rest from being looked at. */
export class SeveralFailures extends Error {
  constructor(readonly failures: readonly Error[]) {
    super(failures.map(({ message }) => message).join('\n'));
    this.name = 'SeveralFailures';
  }
}
