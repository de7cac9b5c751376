import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { servicesIn } from '../place.ts';

/** A service says only what its kind of workload does: replicas and an order of a StatefulSet, one pod on each node of a DaemonSet. */
export const kindsOfWorkload = (delivery: Delivery): readonly Problem[] =>
  servicesIn(delivery).flatMap(({ path, service }) => {
    const { workload = 'Deployment', ports = [] } = service;
    const unread = (
      word:
        'replicas' | 'autoscaling' | 'maxUnavailable' | 'strategy' | 'podManagementPolicy' | 'progressDeadlineSeconds',
      why: string,
    ): readonly Problem[] =>
      service[word] === undefined
        ? []
        : [{ path: `${path}.${word}`, message: `must be left out: ${why}`, given: service[word] }];
    const perNode = 'a DaemonSet has one pod on each node';
    return [
      ...(workload === 'DaemonSet'
        ? [
            ...unread('replicas', perNode),
            ...unread('autoscaling', perNode),
            ...unread('maxUnavailable', `${perNode}, which a node drain leaves alone`),
          ]
        : []),
      ...(workload === 'Deployment'
        ? []
        : [
            ...unread('strategy', `a ${workload} replaces pods in a way of its own; see rollout`),
            ...unread('progressDeadlineSeconds', `a ${workload} has no deadline`),
          ]),
      ...(workload === 'StatefulSet'
        ? []
        : [
            ...unread('podManagementPolicy', 'only a StatefulSet starts its pods in an order'),
            ...(service.volumes ?? []).flatMap((volume) =>
              volume.kind === 'claimPerReplica'
                ? [
                    {
                      path: `${path}.volumes.${volume.name}`,
                      message: `must be of a StatefulSet: pods of a ${workload} have no claim of their own; write workload: "StatefulSet", or kind: "ephemeral"`,
                      given: volume.kind,
                    },
                  ]
                : [],
            ),
          ]),
      ...(service.publishNotReadyAddresses !== undefined && ports.length === 0
        ? [
            {
              path: `${path}.publishNotReadyAddresses`,
              message: 'is said of a Service, and there is none; give it ports, or leave it out',
              given: service.publishNotReadyAddresses,
            },
          ]
        : []),
    ];
  });
