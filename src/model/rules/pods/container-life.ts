import type { Container } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import type { KubernetesLine } from '../../environment.ts';
import type { LifecycleAction } from '../../pods/lifecycle-action.ts';
import type { Problem } from '../../problem.ts';
import { containersIn, type ContainerPlace } from '../place.ts';
import { checkName, namesOf } from '../reference/known-names.ts';

/** The first line that takes a word, and what to write on an older one. */
const since = {
  sidecar: { line: '1.29', instead: 'make it one of the containers' },
  sleep: { line: '1.30', instead: "write { kind: 'exec', command: ['sleep', …] }" },
} as const satisfies Readonly<Record<string, { readonly line: KubernetesLine; readonly instead: string }>>;

const minor = (line: string): number => Number(line.split('.')[1]);

const lineProblems = (
  { environment }: ContainerPlace,
  path: string,
  word: keyof typeof since,
  given: string,
): readonly Problem[] => {
  const { oldest } = environment.cluster.kubernetes;
  const { line, instead } = since[word];
  return minor(oldest) >= minor(line)
    ? []
    : [
        {
          path,
          message: `is there from Kubernetes ${line} on, and ${environment.name} may run on ${oldest}; ${instead}, or raise cluster.kubernetes.oldest`,
          given,
        },
      ];
};

function actionProblems(place: ContainerPlace, path: string, action: LifecycleAction): readonly Problem[] {
  switch (action.kind) {
    case 'exec':
      return action.command.length === 0
        ? [{ path: `${path}.command`, message: 'must name a program', given: action.command }]
        : [];
    case 'http': {
      const { port } = action;
      if (typeof port === 'string')
        return checkName(`${path}.port`, 'port of this container', port, namesOf(place.container.ports ?? []));
      return Number.isInteger(port) && port >= 1 && port <= 65535
        ? []
        : [{ path: `${path}.port`, message: 'must be a whole number from 1 to 65535', given: port }];
    }
    case 'sleep':
      return [
        ...lineProblems(place, `${path}.kind`, 'sleep', action.kind),
        ...(Number.isInteger(action.seconds) && action.seconds >= 1
          ? []
          : [{ path: `${path}.seconds`, message: 'must be a whole number, 1 or more', given: action.seconds }]),
      ];
  }
}

/** Words that Kubernetes refuses of a container that ends before the others start. */
const lasting = [
  'readiness',
  'liveness',
  'startup',
  'postStart',
  'preStop',
] as const satisfies readonly (keyof Container)[];

function problemsOf(place: ContainerPlace): readonly Problem[] {
  const { path, container, init, service } = place;
  const hooks = (['postStart', 'preStop'] as const).flatMap((hook) => {
    const action = container[hook];
    if (action === undefined) return [];
    return actionProblems(place, `${path}.${hook}`, 'kind' in action ? action : { kind: 'exec', command: action });
  });
  const isMain = service.containers.includes(container);
  return [
    ...(container.restartPolicy === undefined
      ? []
      : isMain
        ? [
            {
              path: `${path}.restartPolicy`,
              message: 'makes a sidecar of an init container; move it to initContainers, or leave it out',
              given: container.restartPolicy,
            },
          ]
        : lineProblems(place, `${path}.restartPolicy`, 'sidecar', container.restartPolicy)),
    ...(init
      ? lasting.flatMap((word) =>
          container[word] === undefined
            ? []
            : [
                {
                  path: `${path}.${word}`,
                  message:
                    'must be left out: the container ends before the others start, unless restartPolicy is "Always"',
                },
              ],
        )
      : hooks),
  ];
}

/** What is done around a container's program can be done there, and on every line that the environment may run on. */
export const containerLife = (delivery: Delivery): readonly Problem[] => containersIn(delivery).flatMap(problemsOf);
