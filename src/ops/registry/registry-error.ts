/** What kept a registry from saying what was asked. */
export type RegistryFault =
  | 'unreachable'
  /** Its certificate is of an authority that this machine does not trust. */
  | 'untrusted'
  /** It limits how often it may be asked: 429. */
  | 'limited'
  | 'notFound'
  | 'denied'
  | 'conflict'
  | 'invalid';

/** A registry could not say what was asked; `kind` says whether asking again may help. */
export class RegistryError extends Error {
  constructor(
    readonly kind: RegistryFault,
    message: string,
    /** Milliseconds after which the registry wants to be asked again. @default - it did not say */
    readonly retryAfterMs?: number,
  ) {
    super(`portolan: ${message}`);
    this.name = 'RegistryError';
  }
}
