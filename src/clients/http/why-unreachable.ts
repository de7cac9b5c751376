/** What is said where the authority behind a server's certificate is not among those that this machine trusts. */
const untrusted = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Why no answer came, and what to do about it. */
export interface NoAnswer {
  /** In a few words, e.g. `ECONNREFUSED`. */
  readonly why: string;
  /** Whether asking again may help: a certificate does not become trusted by itself. */
  readonly mayPass: boolean;
  /** What to type. @default - nothing that is known */
  readonly next?: string;
}

/** Reads why a request came to nothing: `fetch` wraps what happened in errors that say nothing. */
export function whyUnreachable(error: unknown): NoAnswer {
  const { code, message, name } = innermost(error);
  if (code !== undefined && untrusted.has(code))
    return {
      why: `its certificate is not trusted: ${code}`,
      mayPass: false,
      next: 'export NODE_EXTRA_CA_CERTS=PATH_OF_THE_CERTIFICATE_OF_ITS_AUTHORITY',
    };
  if (name === 'TimeoutError') return { why: 'no answer in time', mayPass: true };
  // Codes of undici's own say less than its sentence, e.g. of a proxy that wants a login.
  const said = code === undefined || code.startsWith('UND_') ? (message ?? code) : code;
  return { why: said ?? 'no reason given', mayPass: true };
}

interface Reason {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly name?: string | undefined;
}

/** The cause of the cause, as far as there is one that says something. */
function innermost(error: unknown): Reason {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return innermost(error.errors[0]);
  if ('cause' in error && error.cause !== undefined) return innermost(error.cause);
  const text = (field: 'code' | 'message' | 'name'): string | undefined => {
    const value: unknown = (error as Readonly<Record<string, unknown>>)[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return { code: text('code'), message: text('message'), name: text('name') };
}
