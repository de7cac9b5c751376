import { JsonPatch } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Container } from '../../model/container.ts';
import type { LifecycleAction } from '../../model/pods/lifecycle-action.ts';
import { present } from '../present.ts';
import { intOrString } from './probe.ts';

/** What is done after a container started and before it is told to stop, but for what only {@link sleepPatches} can say. */
export function lifecycleOf(container: Container): k8s.Lifecycle | undefined {
  const { postStart, preStop } = actionsOf(container);
  if ((postStart === undefined && preStop === undefined) || sleeps(container)) return undefined;
  return present({ postStart: postStart && handlerOf(postStart), preStop: preStop && handlerOf(preStop) });
}

/**
 * Lifecycles with a sleep, as changes of a workload: the typed objects are of a Kubernetes line that had none.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations
 */
export const sleepPatches = (
  list: 'containers' | 'initContainers',
  containers: readonly Container[],
): readonly JsonPatch[] =>
  containers.flatMap((container, i) => {
    const { postStart, preStop } = actionsOf(container);
    return sleeps(container)
      ? [
          JsonPatch.add(
            `/spec/template/spec/${list}/${i}/lifecycle`,
            present({ postStart: postStart && plainHandler(postStart), preStop: preStop && plainHandler(preStop) }),
          ),
        ]
      : [];
  });

function actionsOf({ postStart, preStop }: Container): {
  readonly postStart?: LifecycleAction;
  readonly preStop?: LifecycleAction;
} {
  const before: LifecycleAction | undefined =
    preStop === undefined || 'kind' in preStop ? preStop : { kind: 'exec', command: preStop };
  return present({ postStart, preStop: before });
}

const sleeps = (container: Container): boolean =>
  Object.values(actionsOf(container)).some(({ kind }) => kind === 'sleep');

function handlerOf(action: LifecycleAction): k8s.LifecycleHandler {
  return action.kind === 'http'
    ? { httpGet: { path: action.path, port: intOrString(action.port) } }
    : plainHandler(action);
}

const plainHandler = (action: LifecycleAction): object => {
  switch (action.kind) {
    case 'exec':
      return { exec: { command: [...action.command] } };
    case 'http':
      return { httpGet: { path: action.path, port: action.port } };
    case 'sleep':
      return { sleep: { seconds: action.seconds } };
  }
};
