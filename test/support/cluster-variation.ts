import type { Application } from '../../src/model/application.ts';
import type { Container } from '../../src/model/container.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import type { Engine } from '../../src/model/stage.ts';

/** What a test changes of what project.ts delivers. Every field is by environment. */
export interface Variation {
  /** Commit that the first release was built from; its images are tagged with it. */
  readonly firstCommit?: Readonly<Record<string, string>>;
  /** Seconds until a rollout without progress is called failed. */
  readonly progressDeadlineSeconds?: Readonly<Record<string, number>>;
  /** Version of the databases. */
  readonly databaseVersion?: Readonly<Record<string, string>>;
  /** Broadcasters that may be away at the same time: renders a kind that nothing else does. */
  readonly maxUnavailable?: Readonly<Record<string, number>>;
  /** Most broadcasters that an autoscaler may run, 1 at least: the branch says their number no more. */
  readonly autoscaledTo?: Readonly<Record<string, number>>;
  /** How many broadcasters the branch says. @default - as many as project.ts */
  readonly broadcasters?: Readonly<Record<string, number>>;
  /** Text in an environment variable of the broadcaster that nothing reads; without one there is no such variable. */
  readonly note?: Readonly<Record<string, string>>;
  /** Engine of every stage. */
  readonly engine?: Engine['kind'];
  /** Whether the page goes without its volume, so that no claim is rendered. */
  readonly withoutClaims?: Readonly<Record<string, boolean>>;
}

/** Each engine as project.ts would name it, and where it looks for its key. */
const engines: Readonly<Record<Engine['kind'], { readonly engine: Engine; readonly namespace: string }>> = {
  argocd: { engine: { kind: 'argocd', source: 'plain', prune: true, selfHeal: true }, namespace: 'argocd' },
  flux: {
    engine: { kind: 'flux', source: 'kustomization', prune: true, pollMinutes: 1 },
    namespace: 'flux-system',
  },
};

/** The tests' ops repository is read over HTTP, where a name and a password belong to, not an SSH key. */
function readerOf(credential: Credential, engine: Engine['kind']): Credential {
  const { purpose, store } = credential;
  if (purpose !== 'gitRead' || store.kind !== 'kubernetes') return credential;
  return { ...credential, store: { ...store, namespace: engines[engine].namespace, keys: ['username', 'password'] } };
}

/** A delivery with the changes of a test, as an owner would make them in project.ts. */
export function vary(delivery: Delivery, variation: Variation): Delivery {
  const { engine = 'argocd' } = variation;
  const initialReleases = Object.entries(delivery.initialReleases).map(([name, release]) => {
    const commit = variation.firstCommit?.[name];
    if (commit === undefined || release.source === undefined) return [name, release] as const;
    const images = Object.entries(release.images).map(
      ([artifact, image]) => [artifact, { ...image, tag: commit }] as const,
    );
    return [name, { ...release, images: Object.fromEntries(images), source: { ...release.source, commit } }] as const;
  });
  return {
    ...delivery,
    stages: delivery.stages.map((stage) => ({ ...stage, engine: engines[engine].engine })),
    environments: delivery.environments.map((environment) => ({
      ...environment,
      credentials: environment.credentials.map((credential) => readerOf(credential, engine)),
      applications: environment.applications.map((application) =>
        varyApplication(application, environment.name, variation),
      ),
    })),
    initialReleases: Object.fromEntries(initialReleases),
  };
}

/** Probes that give a start up within five seconds, as a deadline that is shorter than a start is refused. */
const quickStart = ({ startup, readiness }: Container): Pick<Container, 'startup' | 'readiness'> => ({
  ...(startup === undefined ? {} : { startup: { action: startup.action, periodSeconds: 1, failureThreshold: 5 } }),
  ...(readiness === undefined
    ? {}
    : { readiness: { action: readiness.action, periodSeconds: 1, failureThreshold: 5 } }),
});

function varyApplication(application: Application, environment: string, variation: Variation): Application {
  const deadline = variation.progressDeadlineSeconds?.[environment];
  const version = variation.databaseVersion?.[environment];
  const maxUnavailable = variation.maxUnavailable?.[environment];
  const most = variation.autoscaledTo?.[environment];
  const said = variation.broadcasters?.[environment];
  const note = variation.note?.[environment];
  const claimless = variation.withoutClaims?.[environment] === true;
  const { claims, ...rest } = application;
  return {
    ...rest,
    ...(claims === undefined || claimless ? {} : { claims }),
    services: application.services.map((service) => {
      const isScaled = most !== undefined && service.name === 'broadcaster';
      const { volumes = [], replicas: own, ...bare } = service;
      const replicas = service.name === 'broadcaster' ? (said ?? own) : own;
      const kept = claimless ? volumes.filter(({ kind }) => kind !== 'claim') : volumes;
      return {
        ...bare,
        ...(kept.length === 0 ? {} : { volumes: kept }),
        containers: service.containers.map((container) => ({
          ...container,
          mounts: (container.mounts ?? []).filter(({ volume }) => kept.some(({ name }) => name === volume)),
          ...(deadline === undefined ? {} : quickStart(container)),
          ...(note === undefined || service.name !== 'broadcaster'
            ? {}
            : { env: { ...container.env, E2E_NOTE: note } }),
        })),
        ...(deadline === undefined ? {} : { progressDeadlineSeconds: deadline }),
        ...(isScaled
          ? { autoscaling: { min: 1, max: most, cpuPercent: 80 } }
          : replicas === undefined
            ? {}
            : { replicas }),
        ...(maxUnavailable === undefined || service.name !== 'broadcaster' ? {} : { maxUnavailable }),
      };
    }),
    databases: (application.databases ?? []).map((database) => ({
      ...database,
      ...(version === undefined ? {} : { version }),
    })),
  };
}
