import { createPublicKey, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What a token of an installation was asked for. */
export interface Minted {
  readonly token: string;
  /** Names of the repositories that it opens, without their owner. */
  readonly repositories: readonly string[];
}

/** An app as GitHub keeps it: who signs with its key gets tokens of its installation, which open what was asked for. */
export class App {
  readonly login = 'portolan-promoter[bot]';
  /** What a Secret says of it, by the keys that Kargo reads. */
  readonly secret: Readonly<Record<'githubAppClientID' | 'githubAppInstallationID' | 'githubAppPrivateKey', string>>;
  /** Every token so far, the oldest first. */
  readonly minted: Minted[] = [];
  /** Why somebody got none. */
  readonly refused: string[] = [];

  constructor() {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.secret = {
      githubAppClientID: 'Iv23liMadeUpPromoter',
      githubAppInstallationID: '77001122',
      githubAppPrivateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    };
  }

  /** Makes a token for whoever shows that they have the key. */
  mint(request: IncomingMessage, installation: string, repositories: readonly string[]): Minted | undefined {
    const why =
      installation === this.secret.githubAppInstallationID ? this.whyNot(wordOf(request)) : 'another installation';
    if (why !== undefined) {
      this.refused.push(why);
      return undefined;
    }
    const minted = { token: `ghs_${randomBytes(18).toString('hex')}`, repositories };
    this.minted.push(minted);
    return minted;
  }

  /** Whether a request carries a token that opens a repository, as the API or as Git takes it. */
  opens(request: IncomingMessage, repository: string): boolean {
    const given = wordOf(request);
    return this.minted.some(({ token, repositories }) => token === given && repositories.includes(repository));
  }

  /** What is wrong with a word that the app signed, if anything is. */
  private whyNot(word: string): string | undefined {
    const [head = '', claims = '', signature = ''] = word.split('.');
    const said = (part: string): { readonly alg?: string; readonly iss?: string; readonly exp?: number } =>
      JSON.parse(Buffer.from(part, 'base64url').toString() || '{}') as object;
    if (said(head).alg !== 'RS256') return 'another algorithm';
    const { iss, exp = 0 } = said(claims);
    if (iss !== this.secret.githubAppClientID) return 'another app';
    if (exp * 1000 < Date.now() || exp * 1000 > Date.now() + 600_000) return 'another time';
    const isSigned = createVerify('RSA-SHA256')
      .update(`${head}.${claims}`)
      .verify(createPublicKey(this.secret.githubAppPrivateKey), signature, 'base64url');
    return isSigned ? undefined : 'another key';
  }
}

/** The token, or the password, of a request. */
function wordOf({ headers }: IncomingMessage): string {
  const [, kind = '', word = ''] = /^(\S+) (.*)$/.exec(headers.authorization ?? '') ?? [];
  return kind.toLowerCase() === 'basic'
    ? Buffer.from(word, 'base64')
        .toString()
        .replace(/^[^:]*:/, '')
    : word;
}
