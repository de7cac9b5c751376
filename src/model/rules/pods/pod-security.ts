import type { Container } from '../../container.ts';
import type { Delivery } from '../../delivery.ts';
import { listed } from '../../formats/listed.ts';
import {
  admits,
  askedBy,
  baselineCapabilities,
  namespaceOfService,
  restrictedCapability,
  type PodSecurityLevel,
} from '../../pods/pod-security.ts';
import type { Problem } from '../../problem.ts';
import { containersOf, servicesIn, type ServicePlace } from '../place.ts';
import { checkName, namesOf } from '../reference/known-names.ts';

/** A word of a service that Pod Security lets stand from some level on. */
interface Asking {
  readonly path: string;
  readonly what: string;
  readonly level: PodSecurityLevel;
  readonly given: unknown;
}

function askedByContainer(path: string, { runAsUser, capabilities = [], privileged }: Container): readonly Asking[] {
  return [
    ...(runAsUser === 0
      ? [{ path: `${path}.runAsUser`, what: 'root', level: 'baseline' as const, given: runAsUser }]
      : []),
    ...(privileged === true
      ? [
          {
            path: `${path}.privileged`,
            what: 'a container that is root on its node',
            level: 'privileged' as const,
            given: privileged,
          },
        ]
      : []),
    ...capabilities.flatMap((capability, i): readonly Asking[] =>
      capability === restrictedCapability
        ? []
        : [
            {
              path: `${path}.capabilities[${i}]`,
              what: `the capability ${capability}`,
              level: baselineCapabilities.includes(capability) ? 'baseline' : 'privileged',
              given: capability,
            },
          ],
    ),
  ];
}

const askedIn = (place: ServicePlace): readonly Asking[] => {
  const { path, service } = place;
  return [
    ...(service.runAs?.user === 0
      ? [{ path: `${path}.runAs.user`, what: 'root', level: 'baseline' as const, given: 0 }]
      : []),
    ...(service.volumes ?? []).flatMap((volume) =>
      volume.kind === 'node'
        ? [
            {
              path: `${path}.volumes.${volume.name}`,
              what: 'a folder of the node',
              level: 'privileged' as const,
              given: volume.path,
            },
          ]
        : [],
    ),
    ...containersOf(place).flatMap(({ path: at, container }) => askedByContainer(at, container)),
  ];
};

const capabilityProblems = (place: ServicePlace): readonly Problem[] =>
  containersOf(place).flatMap(({ path, container }) =>
    (container.capabilities ?? []).flatMap((capability, i) =>
      /^[A-Z][A-Z_]*$/.test(capability) && capability !== 'ALL' && !capability.startsWith('CAP_')
        ? []
        : [
            {
              path: `${path}.capabilities[${i}]`,
              message: 'must be one capability, as Kubernetes calls it, e.g. "NET_BIND_SERVICE"',
              given: capability,
            },
          ],
    ),
  );

/** What cannot follow a service into another namespace than the environment's. */
function leftBehind({ path, environment, service }: ServicePlace): readonly Problem[] {
  const namespace = namespaceOfService(environment, service);
  if (namespace === environment.namespace) return [];
  const why = `pods of the level "${askedBy(service)}" run in ${namespace}`;
  return [
    ...((service.routes ?? []).length === 0
      ? []
      : [
          {
            path: `${path}.routes`,
            message: `must be left out: ${why}, and what lets traffic in reaches services of ${environment.namespace} alone; put a service there in front of it`,
            given: service.routes,
          },
        ]),
    ...(service.volumes ?? []).flatMap((volume) =>
      volume.kind === 'claim'
        ? [
            {
              path: `${path}.volumes.${volume.name}`,
              message: `must be of another kind: ${why}, and claims of the application lie in ${environment.namespace}; write kind: "claimPerReplica" or "ephemeral"`,
              given: volume.claim,
            },
          ]
        : [],
    ),
  ];
}

function problemsOf(place: ServicePlace, allowed: readonly string[] | undefined): readonly Problem[] {
  const { path, environment, service } = place;
  const asked = askedBy(service);
  const enforced = environment.podSecurity?.level ?? 'restricted';
  const level = admits(enforced, asked) ? enforced : asked;
  return [
    ...(service.podSecurity?.reason.trim() === ''
      ? [
          {
            path: `${path}.podSecurity.reason`,
            message: 'must say why less is not enough',
            given: service.podSecurity.reason,
          },
        ]
      : []),
    ...(service.podSecurity === undefined || allowed === undefined || allowed.includes(service.name)
      ? []
      : [
          {
            path: `${path}.podSecurity`,
            message: `must be left out: policies.privileged lets ${allowed.length === 0 ? 'no service' : `${listed(allowed)} alone`} do more than Pod Security "restricted"`,
            given: service.podSecurity.level,
          },
        ]),
    ...askedIn(place).flatMap(({ path: at, what, level: needed, given }) =>
      admits(level, needed)
        ? []
        : [
            {
              path: at,
              message: `${what} is more than Pod Security "${level}" allows; leave it out, or write podSecurity: { level: "${needed}", reason: "…" } of the service`,
              given,
            },
          ],
    ),
    ...capabilityProblems(place),
    ...leftBehind(place),
  ];
}

/** Pods do more than Pod Security "restricted" lets them only where that is said, with a reason, and by whom the delivery lets say it. */
export function podSecurity(delivery: Delivery): readonly Problem[] {
  const allowed = delivery.policies?.privileged;
  const services = servicesIn(delivery);
  const known = namesOf(services.map(({ service }) => service));
  return [
    ...(allowed ?? []).flatMap((name, i) => checkName(`policies.privileged[${i}]`, 'service', name, known)),
    ...delivery.environments.flatMap(({ name, podSecurity: said }) =>
      said === undefined
        ? []
        : [
            ...(said.reason.trim() === ''
              ? [
                  {
                    path: `environments.${name}.podSecurity.reason`,
                    message: 'must say why less is not enough',
                    given: said.reason,
                  },
                ]
              : []),
            ...(allowed === undefined
              ? []
              : [
                  {
                    path: `environments.${name}.podSecurity`,
                    message:
                      'must be left out: policies.privileged names the services that may do more, and this would let every pod; say it of these services',
                    given: said.level,
                  },
                ]),
          ],
    ),
    ...services.flatMap((place) => problemsOf(place, allowed)),
  ];
}
