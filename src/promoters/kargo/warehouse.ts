import type { KubernetesObject } from '../../model/application.ts';
import type { Artifact } from '../../model/artifact.ts';
import type { Delivery } from '../../model/delivery.ts';
import { minutesBetweenLooks } from '../../model/derived/kargo/registry-looks.ts';
import type { Supply } from '../../model/supply.ts';
import { duration } from '../../objects/tools/duration.ts';
import { kargoApi } from './settings.ts';

/** Tags of a repository that are looked at, the newest first: a release is made of the newest, the others are there for a person. */
const tagsLookedAt = 5;

/**
 * What finds the images of a supply: one subscription for each, and what it finds together becomes Freight.
 *
 * @see https://docs.kargo.io/user-guide/how-to-guides/working-with-warehouses
 */
export function warehouse(delivery: Delivery, project: string, supply: Supply): KubernetesObject {
  const images = delivery.artifacts.filter(({ name, kind }) => kind === 'image' && supply.artifacts.includes(name));
  return {
    apiVersion: kargoApi,
    kind: 'Warehouse',
    metadata: { name: supply.name, namespace: project },
    spec: {
      interval: duration(minutesBetweenLooks(delivery, supply)),
      freightCreationPolicy: 'Automatic',
      subscriptions: images.map((artifact) => ({ image: subscription(artifact, supply) })),
    },
  };
}

function subscription({ repository, scheme }: Artifact, { discovery }: Supply): Readonly<Record<string, unknown>> {
  const { prefix = '', range } = scheme.kind === 'semver' ? scheme : {};
  const excluded = discovery.kind === 'registryWebhook' ? (discovery.exclude ?? []) : [];
  return {
    repoURL: repository,
    imageSelectionStrategy: 'SemVer',
    // Kargo takes v1.0.0 and 1.0.0 for one version, of which the order of the text would decide.
    allowTagsRegexes: [`^${prefix}[0-9]`],
    ...(excluded.length === 0 ? {} : { ignoreTagsRegexes: excluded.map((tag) => `^${escaped(tag)}$`) }),
    ...(range === undefined ? {} : { constraint: range }),
    strictSemvers: true,
    discoveryLimit: tagsLookedAt,
    // A version is pushed once, so that the manifest of each tag is asked for once.
    cacheByTag: true,
  };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
