import type { KubernetesObject } from '../../model/application.ts';
import type { Delivery } from '../../model/delivery.ts';
import { builtSourceOf } from '../../model/derived/kpack/built-source.ts';
import type { Environment } from '../../model/environment.ts';
import { sshAddressOf } from '../../model/formats/repository-address.ts';
import { secretNameOf } from '../../objects/tools/secret-name.ts';
import { kpackApi, namespaceOf, type KpackSupply } from './settings.ts';

/** Builds that are kept, of those that failed and of those that did not; kpack fills in as many. */
const keptBuilds = 10;

/**
 * What kpack needs for one supply: base images and buildpacks of the cluster, a builder made of them, and the image that it builds. What kpack would
 * fill in is said, or an engine would see a difference.
 *
 * @see https://github.com/buildpacks-community/kpack/tree/main/docs
 */
export function kpackObjects(delivery: Delivery, place: Environment, supply: KpackSupply): readonly KubernetesObject[] {
  const { name, builder } = supply;
  const namespace = namespaceOf(delivery, place, supply);
  const metadata = { name, namespace };
  // Two of the kinds are the whole cluster's. A namespace has no dot, so no other supply of the cluster is called so.
  const whole = { name: `${namespace}.${name}` };
  const account = { name, namespace };
  const pushing = { name: secretNameOf(delivery, builder.pushesWith) };
  const reading = builder.readsWith === undefined ? [] : [{ name: secretNameOf(delivery, builder.readsWith) }];
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata,
      automountServiceAccountToken: false,
      secrets: [pushing, ...reading],
      // Pods of a build run the builder's image, which is in the same registry.
      imagePullSecrets: [pushing],
    },
    {
      apiVersion: kpackApi,
      kind: 'ClusterStore',
      metadata: whole,
      spec: { serviceAccountRef: account, sources: builder.store.map((image) => ({ image })) },
    },
    {
      apiVersion: kpackApi,
      kind: 'ClusterStack',
      metadata: whole,
      spec: {
        id: builder.stack.id,
        serviceAccountRef: account,
        buildImage: { image: builder.stack.build },
        runImage: { image: builder.stack.run },
      },
    },
    {
      apiVersion: kpackApi,
      kind: 'Builder',
      metadata,
      spec: {
        tag: builder.builderRepository,
        serviceAccountName: name,
        stack: { kind: 'ClusterStack', name: whole.name },
        store: { kind: 'ClusterStore', name: whole.name },
        lifecycle: { kind: 'ClusterLifecycle', name: 'default-lifecycle' },
        order: builder.order.map((id) => ({ group: [{ id }] })),
      },
    },
    image(delivery, namespace, supply),
  ];
}

function image(delivery: Delivery, namespace: string, supply: KpackSupply): KubernetesObject {
  const { name, builder, artifacts } = supply;
  const source = builtSourceOf(delivery, supply);
  const { cache, env = {} } = builder;
  const url = source?.repository.url ?? '';
  return {
    apiVersion: kpackApi,
    kind: 'Image',
    metadata: { name, namespace },
    spec: {
      tag: delivery.artifacts.find((artifact) => artifact.name === artifacts[0])?.repository ?? name,
      // Each image gets a tag of its own besides, b<build>.<date>.<time>.
      imageTaggingStrategy: 'BuildNumber',
      builder: { kind: 'Builder', name },
      serviceAccountName: name,
      source: {
        git: {
          url: builder.readsWith === undefined ? url : sshAddressOf(url),
          revision: source?.branch ?? '',
        },
      },
      successBuildHistoryLimit: keptBuilds,
      failedBuildHistoryLimit: keptBuilds,
      ...(cache === undefined
        ? {}
        : {
            cache: {
              volume: {
                size: cache.size,
                ...(cache.storageClass === undefined ? {} : { storageClassName: cache.storageClass }),
              },
            },
          }),
      ...(Object.keys(env).length === 0
        ? {}
        : // The webhook writes the empty field where there is none.
          { build: { env: Object.entries(env).map(([key, value]) => ({ name: key, value })), resources: {} } }),
    },
  };
}
