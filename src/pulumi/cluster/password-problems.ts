import type { Environment } from '../../model/environment.ts';
import type { Problem } from '../../model/problem.ts';
import { givenKeys, isEngineRead, isGenerated } from '../credential-keys.ts';
import { giveLine, type StackSecrets } from '../stack-secrets.ts';
import type { LiveSecret } from '../../clients/kubernetes/open-for-set-up.ts';
import type { StackState } from '../state/stack-state.ts';
import type { ClusterFacts } from './cluster-facts.ts';
import {
  claimsBehind,
  clusterCredentials,
  generationAnnotation,
  secretKey,
  type ClusterCredential,
} from './environment-secrets.ts';
import { kubernetesType } from './kubernetes-type.ts';
import { describeKey, importId } from './object-key.ts';
import { passwordName, passwordType } from './generated-password.ts';

/** What the check knows of one environment. */
export interface PasswordQuestion {
  readonly environment: Environment;
  readonly secrets: StackSecrets;
  readonly facts: ClusterFacts;
  readonly state: StackState;
  /** Whether the stack takes over what runs. */
  readonly adopt: boolean;
  /** Context of the kubeconfig, for the lines that are shown. */
  readonly context: string;
}

/**
 * Passwords that would lock a database: a generated one where the database's disk already has another, a rotation that
 * the database has not been told of, and, when taking over, one that is not the one in use. The messages show no value.
 */
export function passwordProblems(question: PasswordQuestion): readonly Problem[] {
  return clusterCredentials(question.environment).flatMap((credential) => {
    const key = secretKey(question.environment, credential);
    const live = question.facts.secrets.get(describeKey(key));
    return [
      ...generatedProblems(question, credential, live),
      ...(question.adopt && live !== undefined ? takeoverProblems(question, credential, live) : []),
    ];
  });
}

/** The line that copies a value from the cluster into the stack's secrets, without showing it. */
function copyLine({ environment, context }: PasswordQuestion, credential: ClusterCredential, key: string): string {
  const { name, namespace } = secretKey(environment, credential);
  const jsonPath = `{.data.${key.replace(/\./g, '\\.')}}`;
  return `kubectl --context ${context} -n ${namespace} get secret ${name} -o jsonpath='${jsonPath}' | base64 -d | ${giveLine(environment.name, credential, key)}`;
}

function generatedProblems(
  question: PasswordQuestion,
  credential: ClusterCredential,
  live: LiveSecret | undefined,
): readonly Problem[] {
  const { environment, secrets, facts, state } = question;
  if (!isGenerated(credential)) return [];
  const claim = claimsBehind(environment, credential).find((candidate) => facts.existing.has(describeKey(candidate)));
  const path = `environments.${environment.name}.credentials.${credential.name}`;
  const generation = String(credential.generation ?? 1);
  const missing = givenKeys(credential).filter((key) => !secrets.has(credential, key));
  if (missing.length === 0 || (claim === undefined && live === undefined)) return [];
  const liveGeneration = live?.annotations[generationAnnotation];
  // A password that the state has is the database's own, unless somebody else made the Secret that is to be taken over.
  const isOwn = missing.every((key) => state.has(passwordType, passwordName(credential, key)));
  const isOwned = isOwn && (live === undefined || state.has(kubernetesType('v1', 'Secret'), credential.name));
  if (isOwned && (liveGeneration === undefined || liveGeneration === generation)) return [];
  if (isOwned && liveGeneration !== undefined) {
    return [
      {
        path: `${path}.generation`,
        message:
          `was ${liveGeneration}: the database must be told of a new password first; give the new one with: ` +
          `${missing.map((key) => giveLine(environment.name, credential, key)).join('; ')}; tell the database with ALTER ROLE; then run again`,
        given: Number(generation),
      },
    ];
  }
  const because =
    claim === undefined
      ? `Secret ${importId(secretKey(environment, credential))} is there`
      : `the claim ${importId(claim)} is there, so its database has a password`;
  return missing.map((key) => ({
    path,
    message:
      `${because}, and a generated one would not open it; ` +
      (live === undefined
        ? `give the existing one with: ${giveLine(environment.name, credential, key)}`
        : `keep the existing one with: ${copyLine(question, credential, key)}`),
  }));
}

function takeoverProblems(
  question: PasswordQuestion,
  credential: ClusterCredential,
  live: LiveSecret,
): readonly Problem[] {
  const { environment, secrets } = question;
  return givenKeys(credential).flatMap((key) => {
    const value = live.values.get(key);
    // `pulumi config set` takes the last line break off what it reads. A key file means the same without it; a password does not.
    const spellings =
      value === undefined ? [] : [value, ...(isEngineRead(credential) ? [value.replace(/\n$/, '')] : [])];
    if (
      value === undefined ||
      !secrets.has(credential, key) ||
      spellings.some((spelling) => secrets.equals(credential, key, spelling))
    )
      return [];
    return [
      {
        path: `Pulumi.${environment.name}.yaml: config.portolan:secrets.${credential.name}`,
        message:
          `is not the value of ${key} that is in use; a takeover keeps it, and rotation comes after; ` +
          `write it with: ${copyLine(question, credential, key)}`,
      },
    ];
  });
}
