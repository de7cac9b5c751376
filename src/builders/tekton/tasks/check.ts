import type { KubernetesObject } from '../../../model/application.ts';
import type { TektonBuilder } from '../../../model/builders/tekton-builder.ts';
import { tektonApi, variable } from '../../../objects/tools/tekton-task.ts';
import { objectNamesOf, type TektonSupply } from '../settings.ts';
import { anyOwner, unprivileged, usedByBuilds, usedByTools } from './step.ts';

/** Where a check has its copy of the source: a mount, so that the folder it works in is there, and its own, before anything has run. */
const copied = { name: 'copied', mountPath: '/copied' };

/** Where all else is that it writes. */
const home = { name: 'work', mountPath: '/work' };

const copy = `#!/bin/sh
set -eu
cp -R "$SOURCE/source/." "$COPY"
`;

/** A task that a commit must pass: whatever it writes is written to a copy, so that nothing of it gets into an image. */
export function checkTask(
  namespace: string,
  supply: TektonSupply,
  { name, image, script, env = {}, resources = usedByBuilds }: TektonBuilder['tasks'][number],
): KubernetesObject {
  const mounts = { volumeMounts: [copied, home], securityContext: unprivileged };
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
          env: [variable('SOURCE', '$(workspaces.source.path)'), variable('COPY', copied.mountPath)],
          script: copy,
          computeResources: usedByTools,
          ...mounts,
        },
        {
          name: 'check',
          image,
          workingDir: copied.mountPath,
          env: [
            ...Object.entries({ HOME: home.mountPath, ...env }).map(([key, value]) => variable(key, value)),
            ...anyOwner,
          ],
          script,
          computeResources: resources,
          ...mounts,
        },
      ],
      volumes: [copied, home].map(({ name: volume }) => ({ name: volume, emptyDir: {} })),
    },
  };
}
