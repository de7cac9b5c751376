import type * as pulumi from '@pulumi/pulumi';
import type { Credential } from '../../model/credential.ts';
import type { StackSecrets } from '../stack-secrets.ts';
import { isVariable } from '../credential-keys.ts';

/** How one key of a credential is put where workflows find it. */
export interface ActionsStore {
  readonly secret: (key: string, value: pulumi.Output<string>) => unknown;
  readonly variable: (key: string, value: string) => unknown;
}

/** Puts every key of some credentials into a store: the number of the app as a variable, all else as secrets. */
export function giveActionsKeys(
  credentials: readonly Credential[],
  { secrets, appId }: { readonly secrets: StackSecrets; readonly appId?: number },
  store: ActionsStore,
): void {
  for (const credential of credentials) {
    for (const key of credential.store.keys) {
      if (isVariable(credential, key)) store.variable(key, String(appId));
      else store.secret(key, secrets.output(credential, key));
    }
  }
}
