import type { KubernetesObject } from '../../model/application.ts';
import { objectNamesOf, tektonApi, type TektonSupply } from './settings.ts';

/** What every task that reads the source is given. */
const withSource = { workspaces: [{ name: 'source', workspace: 'source' }] } as const;

const taskRef = (name: string) => ({ kind: 'Task', name });

/**
 * What a run does: fetch the commit, check it, and build each image once every check has passed. Its results say the commit and the digests.
 *
 * @see https://tekton.dev/docs/pipelines/pipelines/
 */
export function pipeline(namespace: string, supply: TektonSupply): KubernetesObject {
  const { tasks, images } = supply.builder;
  const names = objectNamesOf(supply);
  const checks = tasks.map(({ name }) => `check-${name}`);
  const fetched = [{ name: 'commit', value: '$(tasks.fetch.results.commit)' }];
  return {
    apiVersion: tektonApi,
    kind: 'Pipeline',
    metadata: { name: names.pipeline, namespace },
    spec: {
      params: [{ name: 'commit', type: 'string', description: 'The commit that is built.' }],
      workspaces: [{ name: 'source' }],
      tasks: [
        {
          name: 'fetch',
          taskRef: taskRef(names.fetch),
          params: [{ name: 'commit', value: '$(params.commit)' }],
          ...withSource,
        },
        ...tasks.map(({ name }) => ({
          name: `check-${name}`,
          runAfter: ['fetch'],
          taskRef: taskRef(names.check(name)),
          ...withSource,
        })),
        ...images.map(({ artifact }) => ({
          name: `image-${artifact}`,
          ...(checks.length === 0 ? {} : { runAfter: checks }),
          taskRef: taskRef(names.image(artifact)),
          params: fetched,
          ...withSource,
        })),
      ],
      results: [
        {
          name: 'commit',
          type: 'string',
          description: 'The commit that was built.',
          value: '$(tasks.fetch.results.commit)',
        },
        ...images.map(({ artifact }) => ({
          name: `digest-${artifact}`,
          type: 'string',
          description: `The digest of ${artifact}, as the registry has it.`,
          value: `$(tasks.image-${artifact}.results.digest)`,
        })),
      ],
    },
  };
}
