import type { Credential } from '../../model/credential.ts';

/** Type of a password that Pulumi makes and its state keeps, as Pulumi names it. */
export const passwordType = 'random:index/randomPassword:RandomPassword';

/** Name of a credential's generated value in the stack. */
export const passwordName = ({ name }: Pick<Credential, 'name'>, key: string): string => `${name}-${key}`;
