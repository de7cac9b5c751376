import type { KubernetesObject } from '../../../model/application.ts';
import type { TektonBuilder } from '../../../model/builders/tekton-builder.ts';
import { objectNamesOf, tektonApi, type TektonSupply } from '../settings.ts';
import { anyOwner, unprivileged, usedByBuilds, usedByTools, variable } from './step.ts';

/** Where a check has its copy of the source, and all else that it writes. */
const work = '/work';

const copy = `#!/bin/sh
set -eu
mkdir "$WORK/home"
cp -R "$SOURCE/source" "$WORK/source"
`;

/** A task that a commit must pass: whatever it writes is written to a copy, so that nothing of it gets into an image. */
export function checkTask(
  namespace: string,
  supply: TektonSupply,
  { name, image, script, env = {}, resources = usedByBuilds }: TektonBuilder['tasks'][number],
): KubernetesObject {
  const mounts = { volumeMounts: [{ name: 'work', mountPath: work }], securityContext: unprivileged };
  return {
    apiVersion: tektonApi,
    kind: 'Task',
    metadata: { name: objectNamesOf(supply).check(name), namespace },
    spec: {
      workspaces: [{ name: 'source', readOnly: true }],
      steps: [
        {
          name: 'copy',
          image: supply.builder.tools.git,
          env: [variable('SOURCE', '$(workspaces.source.path)'), variable('WORK', work)],
          script: copy,
          computeResources: usedByTools,
          ...mounts,
        },
        {
          name: 'check',
          image,
          workingDir: `${work}/source`,
          env: [
            ...Object.entries({ HOME: `${work}/home`, ...env }).map(([key, value]) => variable(key, value)),
            ...anyOwner,
          ],
          script,
          computeResources: resources,
          ...mounts,
        },
      ],
      volumes: [{ name: 'work', emptyDir: {} }],
    },
  };
}
