import type { KubernetesObject } from '../../../model/application.ts';
import type { TektonBuilder } from '../../../model/builders/tekton-builder.ts';
import { PULL_SECRET_KEY } from '../../../model/credential.ts';
import { registryRepositoryOf, type Delivery } from '../../../model/delivery.ts';
import { secretNameOf } from '../../../objects/tools/secret-name.ts';
import { tektonApi, variable } from '../../../objects/tools/tekton-task.ts';
import { objectNamesOf, type TektonSupply } from '../settings.ts';
import { refuse, unprivileged, usedByBuilds, usedByTools } from './step.ts';

/** Capabilities that Kaniko unpacks base images and runs a Dockerfile with, as root of its own container. */
const capabilities = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETFCAP', 'SETGID', 'SETUID'];

/** Folder that an image lies in between its build and its push. */
const built = '/built';

/** Folder that the login lies in, which only the step that pushes can read. */
const login = '/login';

/** Pushes the image, and asks the registry what it has now: the digest of the release is that one or none. */
const push = `#!/bin/sh
set -eu
${refuse}
pushed=$(crane push "$BUILT/image.tar" "$REPOSITORY:$COMMIT")
digest=\${pushed##*@}
case \${digest#sha256:} in *[!0-9a-f]*) refuse "the push told no digest: $pushed" ;; esac
[ "\${#digest}" -eq 71 ] || refuse "the push told no digest: $pushed"
found=$(crane digest "$REPOSITORY:$COMMIT")
[ "$found" = "$digest" ] || refuse "$REPOSITORY:$COMMIT is $found, and $digest was pushed"
printf %s "$digest" > "$RESULT"
`;

/**
 * The task that makes one image and pushes it. What the Dockerfile runs cannot read the login: Kaniko leaves a file, and a step of its own pushes
 * that.
 *
 * @see https://github.com/osscontainertools/kaniko
 */
export function imageTask(
  delivery: Delivery,
  namespace: string,
  supply: TektonSupply,
  { artifact, context, dockerfile, resources = usedByBuilds }: TektonBuilder['images'][number],
): KubernetesObject {
  const { tools, pushesWith } = supply.builder;
  const repository = registryRepositoryOf(delivery, artifact);
  const source = '$(workspaces.source.path)/source';
  const folder = context === '.' ? source : `${source}/${context}`;
  return {
    apiVersion: tektonApi,
    kind: 'Task',
    metadata: { name: objectNamesOf(supply).image(artifact), namespace },
    spec: {
      params: [{ name: 'commit', type: 'string', description: 'The commit that was fetched.' }],
      results: [{ name: 'digest', type: 'string', description: 'The digest of the image, as the registry has it.' }],
      workspaces: [{ name: 'source', readOnly: true }],
      steps: [
        {
          name: 'build',
          image: tools.kaniko,
          command: ['/kaniko/executor'],
          args: [
            `--context=dir://${folder}`,
            `--dockerfile=${dockerfile === undefined ? `${folder}/Dockerfile` : `${source}/${dockerfile}`}`,
            `--destination=${repository}:$(params.commit)`,
            '--label=org.opencontainers.image.revision=$(params.commit)',
            '--no-push',
            `--tar-path=${built}/image.tar`,
          ],
          computeResources: resources,
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'], add: capabilities },
            runAsUser: 0,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          volumeMounts: [{ name: 'built', mountPath: built }],
        },
        {
          name: 'push',
          image: tools.crane,
          env: [
            variable('COMMIT', '$(params.commit)'),
            variable('REPOSITORY', repository),
            variable('BUILT', built),
            variable('DOCKER_CONFIG', login),
            variable('RESULT', '$(results.digest.path)'),
            variable('HOME', '/tmp'),
          ],
          script: push,
          computeResources: usedByTools,
          securityContext: unprivileged,
          volumeMounts: [
            { name: 'built', mountPath: built, readOnly: true },
            { name: 'login', mountPath: login, readOnly: true },
          ],
        },
      ],
      volumes: [
        { name: 'built', emptyDir: {} },
        {
          name: 'login',
          secret: {
            secretName: secretNameOf(delivery, pushesWith),
            items: [{ key: PULL_SECRET_KEY, path: 'config.json' }],
            defaultMode: 0o440,
          },
        },
      ],
    },
  };
}
