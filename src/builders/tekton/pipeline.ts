import type { KubernetesObject } from '../../model/application.ts';
import { commitResult, digestResult } from '../../model/derived/tekton/promoted-by-runs.ts';
import { duration } from '../../objects/tools/duration.ts';
import { tektonApi } from '../../objects/tools/tekton-task.ts';
import type { Ending } from '../../objects/tools/tool-in-cluster.ts';
import { objectNamesOf, type TektonSupply } from './settings.ts';

/** What every task that reads the source is given. */
const withSource = { workspaces: [{ name: 'source', workspace: 'source' }] } as const;

const taskRef = (name: string) => ({ kind: 'Task', name });

/**
 * What a run does: fetch the commit, check it, and build each image once every check has passed. Its results say the commit and the digests, and what it
 * ends with is given those: it starts once they are there.
 *
 * @see https://tekton.dev/docs/pipelines/pipelines/
 */
export function pipeline(namespace: string, supply: TektonSupply, endings: readonly Ending[]): KubernetesObject {
  const { tasks, images } = supply.builder;
  const names = objectNamesOf(supply);
  const checks = tasks.map(({ name }) => `check-${name}`);
  const results = [
    { ...commitResult, value: '$(tasks.fetch.results.commit)' },
    ...images.map(({ artifact }) => ({
      ...digestResult(artifact),
      value: `$(tasks.image-${artifact}.results.digest)`,
    })),
  ];
  const given = (names: readonly string[]) =>
    results.filter(({ name }) => names.includes(name)).map(({ name, value }) => ({ name, value }));
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
          params: given([commitResult.name]),
          ...withSource,
        })),
        ...endings.map(({ name, task, minutes, takes }) => ({
          name,
          taskRef: taskRef(task),
          params: given(takes),
          timeout: duration(minutes),
        })),
      ],
      results,
    },
  };
}
