import type { Credential } from '../../model/credential.ts';

/** Type of a password that Pulumi makes and its state keeps, as Pulumi names it. */
export const passwordType = 'random:index/randomPassword:RandomPassword';

/** Name of a credential's generated value in the stack. */
export const passwordName = ({ name }: Pick<Credential, 'name'>, key: string): string => `${name}-${key}`;

/**
 * Name under which a generated value stays in the stack once another one is given: nothing uses it any more, and nobody is told that a password is
 * deleted. It is another name, so that the value is not taken for the database's own when what was given is taken away again.
 */
export const formerPasswordName = (credential: Pick<Credential, 'name'>, key: string): string =>
  `${passwordName(credential, key)}-former`;

/** Whether a state has a value that was generated before another one was given, by the names of all that it has generated. */
export const wasGenerated = (
  generated: ReadonlySet<string>,
  credential: Pick<Credential, 'name'>,
  key: string,
): boolean => generated.has(passwordName(credential, key)) || generated.has(formerPasswordName(credential, key));
