import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource.js';
import { Namespace } from '@pulumi/kubernetes/core/v1/namespace.js';
import { Provider } from '@pulumi/kubernetes/provider.js';
import * as pulumi from '@pulumi/pulumi';
import type { KubernetesObject } from '../../model/application.ts';
import { namespacesOf } from '../../model/derived/places/namespaces.ts';
import type { Environment } from '../../model/environment.ts';
import type { AnyEngine } from '../../engines/engine.ts';
import type { Binding } from '../../engines/binding.ts';
import { readAs, type Tools } from '../../render/tools.ts';
import type { StackSecrets } from '../stack-secrets.ts';
import { ClusterSecret } from './cluster-secret.ts';
import { kubernetesType } from './kubernetes-type.ts';
import { clusterCredentials, secretKey } from './environment-secrets.ts';
import { describeKey, importId, keyOf, resourceNameOf, type ObjectKey } from './object-key.ts';

/** An object of the core API, which has no group: the provider knows it by its type alone. */
class OfNoGroup extends pulumi.CustomResource {}

export interface ClusterContentsArgs {
  readonly environment: Environment;
  /** The objects rendered to `bootstrap/`, in the order of their files. */
  readonly bootstrap: readonly KubernetesObject[];
  readonly engine: AnyEngine;
  readonly binding: Binding;
  readonly secrets: StackSecrets;
  /** Names of the passwords that the stack's state generated. */
  readonly generated: ReadonlySet<string>;
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Objects that are taken over, as {@link describeKey} writes them. */
  readonly adopted: ReadonlySet<string>;
  /** What builders and promoters need in a cluster. @default - as their tables have it */
  readonly tools?: Tools | undefined;
}

/** Fields that the engine and the cluster write, by kind. */
export const fieldsOfOthers = (engine: AnyEngine): Readonly<Record<string, readonly string[]>> => ({
  Namespace: ['spec', 'status'],
  ...engine.setUp.writes,
});

/**
 * What an environment's cluster holds before the first sync.
 *
 * Defines: every object of `bootstrap/` as it is rendered, and the Secrets of the environment's credentials.
 * Does not define: workloads. The engine owns those.
 */
export class ClusterContents extends pulumi.ComponentResource {
  /** The Secrets of the environment's credentials, by the names of these. */
  readonly secrets: ReadonlyMap<string, ClusterSecret>;

  constructor(
    name: string,
    { environment, bootstrap, engine, binding, secrets, generated, context, adopted, tools }: ClusterContentsArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:cluster:Cluster', name, {}, options);
    const provider = new Provider(
      `${name}-cluster`,
      {
        context,
        // Found by the provider as kubectl finds it. Otherwise the SDK puts the path in KUBECONFIG here, which differs between
        // machines, and is none where it lists several files.
        kubeconfig: '',
        // Another name for the same cluster must not replace everything in it.
        clusterIdentifier: environment.cluster.name,
        // A changed value changes the Secret in place; replacing it would leave what runs without one.
        enableSecretMutable: true,
        // These objects are the program's: what kubectl or the old set-up wrote into their fields gives way.
        enablePatchForce: true,
        upsertExistingObjects: false,
      },
      { parent: this },
    );
    const writtenByOthers = fieldsOfOthers(engine);
    const isAdopted = (key: ObjectKey): boolean => adopted.has(describeKey(key));

    const made: pulumi.Resource[] = [];
    const make = (object: KubernetesObject): pulumi.Resource => {
      const key = keyOf(object);
      const resourceOptions = {
        parent: this,
        provider,
        dependsOn: [...made],
        retainOnDelete: object.kind === 'Namespace',
        ignoreChanges: isAdopted(key)
          ? [...new Set(['metadata', 'spec', 'status', 'operation', ...fieldsOf(object)])]
          : [...(writtenByOthers[object.kind] ?? [])],
        ...(isAdopted(key) ? { import: importId(key) } : {}),
      };
      return object.kind === 'Namespace'
        ? new Namespace(object.metadata.name, { metadata: object.metadata }, resourceOptions)
        : object.apiVersion.includes('/')
          ? new CustomResource(resourceNameOf(environment, key), object, resourceOptions)
          : new OfNoGroup(
              kubernetesType(object.apiVersion, object.kind),
              resourceNameOf(environment, key),
              { ...object },
              resourceOptions,
            );
    };

    const [namespaces, others] = [
      bootstrap.filter(({ kind }) => kind === 'Namespace'),
      bootstrap.filter(({ kind }) => kind !== 'Namespace'),
    ];
    for (const object of namespaces) made.push(make(object));
    // The Secrets stand before the Application, so that its first sync finds them.
    const secretResources = clusterCredentials(environment).map((credential) => {
      const key = secretKey(environment, credential);
      const needed = readAs(binding.delivery, environment, credential, tools);
      const after = namespacesOf(environment).includes(key.namespace ?? '') ? [...made] : [];
      const secret = new ClusterSecret(
        credential.name,
        {
          environment,
          credential,
          secrets,
          repositorySecret: engine.repositorySecret(binding, credential),
          ...(needed === undefined ? {} : { needed }),
          generated,
          adopted: isAdopted(key),
          provider,
          after,
        },
        { parent: this },
      );
      return [credential.name, secret] as const;
    });
    this.secrets = new Map(secretResources);
    made.push(...this.secrets.values());
    for (const object of others) made.push(make(object));
    this.registerOutputs({ namespace: environment.namespace });
  }
}

/** Fields of an object that hold what it is: all but those by which it is found. */
const fieldsOf = (object: KubernetesObject): readonly string[] =>
  Object.keys(object).filter((field) => field !== 'apiVersion' && field !== 'kind');
