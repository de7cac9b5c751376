import type { Credential } from '../model/credential.ts';

/** Fields of Argo CD's repository Secret that this program writes itself; nobody has to give them. */
const writtenForArgoCd = ['name', 'project', 'type', 'url'];

/** Whether a credential is how Argo CD reads the ops repository. */
export const isArgoRead = (credential: Credential): boolean => credential.purpose === 'gitRead' && credential.store.kind === 'kubernetes';

/**
 * Whether a key of a credential kept in GitHub is a variable, because it is no secret: the number of a GitHub App.
 * Workflows read it as one.
 */
export const isVariable = (credential: Credential, key: string): boolean => credential.store.kind === 'githubActions' && key.endsWith('APP_ID');

/** Whether Pulumi makes the value of a credential when nobody gives one. */
export const isGenerated = (credential: Credential): boolean => credential.origin === 'generated' && credential.store.kind === 'kubernetes';

/** The keys of a credential whose values a person may give. */
export const givenKeys = (credential: Credential): readonly string[] =>
  credential.store.keys.filter((key) => !isVariable(credential, key) && !(isArgoRead(credential) && writtenForArgoCd.includes(key)));
