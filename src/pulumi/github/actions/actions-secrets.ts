import type * as pulumi from '@pulumi/pulumi';
import type { Credential } from '../../../model/credential.ts';
import type { StackSecrets } from '../../stack-secrets.ts';
import { isAppNumber, isVariable } from '../../credential-keys.ts';

/** The keys of some credentials that are kept as variables. */
export const variablesOf = (credentials: readonly Credential[]): readonly string[] =>
  credentials.flatMap((credential) => credential.store.keys.filter((key) => isVariable(credential, key)));

/** How one key of a credential is put where workflows find it. */
export interface ActionsStore {
  readonly secret: (key: string, value: pulumi.Output<string>) => unknown;
  readonly variable: (key: string, value: pulumi.Input<string>) => unknown;
}

/** Puts every key of some credentials into a store: names and numbers as variables, all else as secrets. */
export function giveActionsKeys(
  credentials: readonly Credential[],
  { secrets, appId }: { readonly secrets: StackSecrets; readonly appId?: number },
  store: ActionsStore,
): void {
  for (const credential of credentials) {
    for (const key of credential.store.keys) {
      if (isAppNumber(credential, key)) store.variable(key, String(appId));
      else if (isVariable(credential, key)) store.variable(key, secrets.output(credential, key));
      else store.secret(key, secrets.output(credential, key));
    }
  }
}
