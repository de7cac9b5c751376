import type { Tools } from '../../src/render/tools.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import type { Stage } from '../../src/model/stage.ts';
import type { Supply } from '../../src/model/supply.ts';
import type { ToolInCluster } from '../../src/objects/tools/tool-in-cluster.ts';

const configMap = (name: string, namespace: string, data: Readonly<Record<string, string>>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

/** A builder that runs in the second namespace of its toolchain, with a ConfigMap for each supply and a Secret for them all. */
export const furnace: ToolInCluster<Supply> = {
  place: 'toolchain',
  objects: (_delivery, { namespaces: [builds = ''] = [] }, supplies) =>
    supplies.map(({ name, source }) => configMap(`build-${name}`, builds, { source })),
  secrets: (_delivery, { namespaces: [builds = ''] = [] }) => [
    {
      purpose: 'registryPush',
      secretName: 'furnace-registry',
      namespace: builds,
      keys: ['password'],
      labels: { 'furnace.example/reads': 'it' },
      annotations: { 'furnace.example/opens': 'docker.io' },
      fields: { registry: 'docker.io' },
    },
  ],
};

/** A promoter that runs in its toolchain, with a ConfigMap for each stage in the toolchain's own namespace and one of the same name beside the builder. */
export const ferry: ToolInCluster<Stage> = {
  place: 'toolchain',
  objects: (_delivery, { namespace, namespaces: [builds = ''] = [] }, stages) =>
    stages.flatMap(({ name, write }) =>
      [namespace, builds].map((where) => configMap(`move-${name}`, where, { branch: write.branch })),
    ),
  secrets: () => [],
};

/** A promoter that lives in the environment that it moves. */
export const tugboat: ToolInCluster<Stage> = {
  place: 'environment',
  objects: (_delivery, { namespace }, stages) => stages.map(({ name }) => configMap(`tow-${name}`, namespace, {})),
  secrets: () => [],
};

/** What supplies and stages of a toolchain are built and moved by; the others' stages are towed. */
export const madeUpTools: Tools = {
  ofSupply: ({ toolchain }) => (toolchain === undefined ? undefined : furnace),
  ofStage: ({ toolchain, environment }) =>
    toolchain === undefined ? (environment === 'dev' ? tugboat : undefined) : ferry,
};
