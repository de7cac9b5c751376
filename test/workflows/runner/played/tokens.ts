import { randomBytes } from 'node:crypto';

/** Permissions of a token, as GitHub names them. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** What a token is, and what it may do. */
export interface Token {
  /** As whom it acts, e.g. `portolan-promoter[bot]`. */
  readonly login: string;
  /** Full names of the repositories that it is for. */
  readonly repositories: readonly string[];
  readonly permissions: Permissions;
  /** Whether GitHub made it for one run: what it does starts no workflow. */
  readonly ofRun: boolean;
}

/** The tokens that are given out; their values are made as they are asked for. */
export class Tokens {
  readonly #given = new Map<string, Token>();

  give(token: Token): string {
    const value = `ghs_${randomBytes(18).toString('hex')}`;
    this.#given.set(value, token);
    return value;
  }

  /** Every value that was given out. */
  values(): readonly string[] {
    return [...this.#given.keys()];
  }

  /** The token of an `authorization` header, as git or as a client of the API sends it. */
  of(header: string | undefined): Token | undefined {
    const [, scheme = '', value = ''] = /^(basic|token|bearer) (.*)$/i.exec(header ?? '') ?? [];
    const plain =
      scheme.toLowerCase() === 'basic'
        ? Buffer.from(value, 'base64')
            .toString()
            .replace(/^x-access-token:/, '')
        : value;
    return this.#given.get(plain);
  }
}

/** Whether a token may do something in a repository. */
export const may = (
  token: Token | undefined,
  repository: string,
  permission: string,
  access: 'read' | 'write',
): boolean =>
  token?.repositories.includes(repository) === true &&
  (token.permissions[permission] === 'write' || token.permissions[permission] === access);
