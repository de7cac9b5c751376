import type { SchemaNode } from '../src/review/schema/schema-node.ts';
import { configurationAdditions } from './additions/configuration-additions.ts';
import { containerAdditions } from './additions/container-additions.ts';
import { networkAdditions } from './additions/network-additions.ts';
import { volumeAdditions } from './additions/volume-additions.ts';
import { workloadAdditions } from './additions/workload-additions.ts';

/**
 * What the API server checks in its code and does not say in its OpenAPI: ranges, words, and fields that exclude each
 * other. By definition; the limits are merged into it.
 *
 * @see https://github.com/kubernetes/kubernetes/tree/v1.36.3/pkg/apis the `validation` folders
 */
export const schemaAdditions: Readonly<Record<string, SchemaNode>> = {
  ...workloadAdditions,
  ...containerAdditions,
  ...volumeAdditions,
  ...networkAdditions,
  ...configurationAdditions,
};
