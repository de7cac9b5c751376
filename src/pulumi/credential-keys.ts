import { everyEngine } from '../engines/engines.ts';
import { isReader } from '../model/derived/actions-environments.ts';
import { isPlainKey, SSH_SECRET_KEY, type Credential } from '../model/credential.ts';

/** Fields of an engine's repository Secret that this program writes itself; nobody has to give them. */
const writtenForEngine = everyEngine.flatMap(({ setUp }) => setUp.writtenKeys);

/** Whether a credential is how the engine reads the ops repository, and not how a builder in the cluster reads a source. */
export const isEngineRead = (credential: Credential): boolean =>
  credential.purpose === 'gitRead' &&
  credential.store.kind === 'kubernetes' &&
  !credential.store.keys.includes(SSH_SECRET_KEY);

/** Whether a key of a credential kept in GitHub is a variable, because it is no secret. Workflows read it as one. */
export const isVariable = (credential: Credential, key: string): boolean =>
  credential.store.kind === 'githubActions' && isPlainKey(key);

/**
 * Whether a variable is the number of the promotion app, which is a setting of the platform; nobody has to give it again. An app that
 * only reads is another one, whose number is given.
 */
export const isAppNumber = (credential: Credential, key: string): boolean =>
  isVariable(credential, key) && key.endsWith('APP_ID') && !isReader(credential);

/** Whether Pulumi makes the value of a credential when nobody gives one. */
export const isGenerated = (credential: Credential): boolean =>
  credential.origin === 'generated' && credential.store.kind === 'kubernetes';

/** The keys of a credential whose values a person may give. */
export const givenKeys = (credential: Credential): readonly string[] =>
  credential.store.keys.filter(
    (key) => !isAppNumber(credential, key) && !(isEngineRead(credential) && writtenForEngine.includes(key)),
  );
