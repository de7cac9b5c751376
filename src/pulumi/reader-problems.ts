import { isReader } from '../model/derived/actions-environments.ts';
import { isPlainKey, type Credential } from '../model/credential.ts';
import type { Problem } from '../model/problem.ts';
import type { StackSecrets } from './stack-secrets.ts';

/**
 * Credentials that are declared to read, and were given the app that promotes: its key writes, whatever the job asks for.
 *
 * @param appId - number of that app. @default - not known
 */
export function readerProblems(
  stack: string,
  credentials: readonly Credential[],
  secrets: StackSecrets,
  appId: number | undefined,
): readonly Problem[] {
  if (appId === undefined) return [];
  return credentials.filter(isReader).flatMap((credential) =>
    credential.store.keys
      .filter((key) => isPlainKey(key) && key.endsWith('APP_ID') && secrets.equals(credential, key, String(appId)))
      .map((key) => ({
        path: `Pulumi.${stack}.yaml: config.portolan:secrets.${credential.name}.${key}`,
        message: 'is the app that promotes, whose key writes; give the number of an app that can only read',
        given: String(appId),
      })),
  );
}
