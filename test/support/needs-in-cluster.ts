import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { AroundTool, ToolInCluster } from '../../src/objects/tools/tool-in-cluster.ts';
import { withTools } from './with-toolchain.ts';

const delivery = withToolchains(withTools());
const [, prod, tools] = delivery.environments;

/** Of stages of which nothing is rendered, and runs that end with what they built. */
export const around: AroundTool = { released: () => [], follower: () => undefined, endings: () => [] };

/** What of the needs of a builder or a promoter does not belong into its place: objects elsewhere, Secrets, and Secrets that are read elsewhere. */
export function strayNeeds<Served>(
  tool: ToolInCluster<Served> | undefined,
  served: readonly Served[],
): readonly string[] {
  const place = tool?.place === 'toolchain' ? tools! : prod!;
  const namespaces = [place.namespace, ...(place.namespaces ?? [])];
  const objects = tool?.objects(delivery, place, served, around) ?? [];
  const again = tool?.objects(delivery, place, served, around) ?? [];
  return [
    ...objects
      .filter(({ kind, metadata }) => kind === 'Secret' || !namespaces.includes(metadata.namespace ?? place.namespace))
      .map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    ...(tool?.secrets(delivery, place, served) ?? [])
      .filter(({ namespace, keys }) => !namespaces.includes(namespace) || keys.length === 0)
      .map(({ secretName }) => `reads ${secretName}`),
    ...(JSON.stringify(objects) === JSON.stringify(again) ? [] : ['other objects each time']),
  ];
}

/** One that breaks all of that. */
export const stray = <Served>(): ToolInCluster<Served> => ({
  place: 'toolchain',
  objects: () => [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'kube-system' } }],
  secrets: () => [{ purpose: 'gitPush', secretName: 'key', namespace: 'kube-system', keys: [] }],
});
