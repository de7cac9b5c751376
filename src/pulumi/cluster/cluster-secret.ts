import { Secret } from '@pulumi/kubernetes/core/v1/secret.js';
import * as pulumi from '@pulumi/pulumi';
import { RandomPassword } from '@pulumi/random/randomPassword.js';
import { secretTypeOf } from '../../model/credential.ts';
import type { Environment } from '../../model/environment.ts';
import type { RepositorySecret } from '../../engines/engine-in-cluster.ts';
import type { NeededSecret } from '../../objects/tools/tool-in-cluster.ts';
import { givenKeys, isGenerated } from '../credential-keys.ts';
import type { StackSecrets } from '../stack-secrets.ts';
import { generationAnnotation, secretKey, type ClusterCredential } from './environment-secrets.ts';
import { formerPasswordName, passwordName, wasGenerated } from './generated-password.ts';
import { importId } from './object-key.ts';

export interface ClusterSecretArgs {
  readonly environment: Environment;
  readonly credential: ClusterCredential;
  readonly secrets: StackSecrets;
  /** What makes it the engine's key to the ops repository; nothing where it is for something else. */
  readonly repositorySecret: RepositorySecret | undefined;
  /** What a builder or a promoter reads it as. @default - none reads it */
  readonly needed?: NeededSecret;
  /** Names of the passwords that the stack's state generated. */
  readonly generated: ReadonlySet<string>;
  /** Whether the Secret is there and is taken over. */
  readonly adopted: boolean;
  readonly provider: pulumi.ProviderResource;
  /** What must be there before it. */
  readonly after: readonly pulumi.Resource[];
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/**
 * A Secret with the values of one credential: given ones, or a password that is generated once per generation.
 *
 * Does not define: who uses it. The engine neither tracks nor prunes it, because no rendered object is a Secret.
 */
export class ClusterSecret extends pulumi.ComponentResource {
  /** The values of the credential's keys, by these: secret outputs. */
  readonly values: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: ClusterSecretArgs, options: pulumi.ComponentResourceOptions) {
    super('portolan:cluster:Secret', name, {}, options);
    const { environment, credential, secrets, repositorySecret, needed, generated, adopted, provider, after } = args;
    const labels = { ...repositorySecret?.labels, ...needed?.labels };
    const generation = String(credential.generation ?? 1);

    // Letters and digits alone: programs put it into URLs without encoding it.
    const generate = (name: string, more: pulumi.CustomResourceOptions = {}): RandomPassword =>
      new RandomPassword(
        name,
        { length: 32, special: false, keepers: { generation } },
        { parent: this, retainOnDelete: true, ...more },
      );
    const valueOf = (key: string): pulumi.Output<string> => {
      if (!secrets.has(credential, key) && isGenerated(credential))
        return pulumi.secret(generate(passwordName(credential, key)).result);
      if (isGenerated(credential) && wasGenerated(generated, credential, key))
        generate(formerPasswordName(credential, key), {
          aliases: [{ name: passwordName(credential, key) }],
          ignoreChanges: ['keepers'],
        });
      return secrets.output(credential, key);
    };
    this.values = Object.fromEntries(givenKeys(credential).map((key) => [key, valueOf(key)]));
    const values: Readonly<Record<string, pulumi.Output<string>>> = {
      ...Object.fromEntries(
        Object.entries({ ...repositorySecret?.fields, ...repositorySecret?.limits, ...needed?.fields }).map(
          ([key, value]) => [key, pulumi.output(value)],
        ),
      ),
      ...this.values,
    };
    const key = secretKey(environment, credential);
    new Secret(
      name,
      {
        metadata: {
          name: key.name,
          namespace: key.namespace,
          annotations: { ...needed?.annotations, [generationAnnotation]: generation },
          ...(Object.keys(labels).length === 0 ? {} : { labels }),
        },
        type: secretTypeOf(credential),
        data: pulumi.secret(
          pulumi
            .all(values)
            .apply((plain) =>
              Object.fromEntries(Object.entries(plain).map(([field, value]) => [field, base64(value)])),
            ),
        ),
      },
      {
        parent: this,
        provider,
        dependsOn: [...after],
        // What runs needs it, also after a rename in this program and after the stack is gone.
        retainOnDelete: repositorySecret === undefined,
        ...(adopted
          ? { import: importId(key), ignoreChanges: ['metadata', 'type', 'data', 'immutable', 'stringData'] }
          : {}),
      },
    );
    this.registerOutputs({});
  }
}
