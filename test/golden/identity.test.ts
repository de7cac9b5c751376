import { describe, expect, test } from '@jest/globals';
import project from '../../project.ts';
import type { KubernetesObject } from '../../src/model/application.ts';
import { renderEnvironment } from '../../src/render/render-environment.ts';
import { settings } from '../support/settings.ts';
import { liveApplication, liveSystem } from '../support/live-system.ts';

interface WorkloadSpec {
  readonly replicas: number;
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly serviceName?: string;
  readonly volumeClaimTemplates?: unknown;
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: { readonly containers: readonly { readonly name: string; readonly image: string; readonly resources: unknown; readonly env?: readonly EnvVariable[]; readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[] }[] };
  };
}
interface EnvVariable {
  readonly name: string;
  readonly value?: string;
}
interface ServiceSpec {
  readonly ports: readonly { readonly protocol?: string }[];
}

const delivery = project(settings);

/** What the two sides call the same object. */
const survivorOf = ({ kind, metadata }: KubernetesObject): string => `${kind}/${metadata.namespace ?? ''}/${metadata.name.replace(/^(\w+-)\1/, '$1')}`;

describe.each(['staging', 'production'] as const)('taking %s over', (env) => {
  const environment = delivery.environments.find(({ name }) => name === env)!;
  const rendered = renderEnvironment(delivery, environment, delivery.initialReleases[env]!, settings.platform).objects.map(({ object }) => object);
  const live = liveSystem(env);
  const after = (object: KubernetesObject): KubernetesObject | undefined => rendered.find((candidate) => survivorOf(candidate) === survivorOf(object));
  const survivors = live.filter(({ kind }) => kind !== 'Secret').map((object) => [survivorOf(object), object] as const);
  const ofKind = (...kinds: readonly string[]) => survivors.filter(([, { kind }]) => kinds.includes(kind));

  test.each(survivors)('%s is still there', (_name, object) => {
    expect(after(object)).toBeDefined();
  });

  test.each(ofKind('Deployment', 'StatefulSet'))('%s keeps what cannot be changed, and what its owner chose', (_name, object) => {
    const [was, is] = [object['spec'] as WorkloadSpec, after(object)!['spec'] as WorkloadSpec];

    expect(after(object)?.apiVersion).toBe(object.apiVersion);
    expect(is.selector).toEqual(was.selector);
    expect(is.template.metadata.labels).toEqual(was.template.metadata.labels);
    expect(is.serviceName).toBe(was.serviceName);
    expect(is.volumeClaimTemplates).toEqual(was.volumeClaimTemplates);
    expect(is.replicas).toBe(was.replicas);
    expect(is.template.spec.containers.map(({ name }) => name)).toEqual(was.template.spec.containers.map(({ name }) => name));
    expect(is.template.spec.containers.map(({ resources }) => resources)).toEqual(was.template.spec.containers.map(({ resources }) => resources));
  });

  test.each(ofKind('Deployment'))('%s gives its programs the variables that they read', (_name, object) => {
    // Settings that no program reads, and the address of a NATS of its own.
    const changed = ['LOG_FORMAT', 'TODO_BACKEND_API', 'NATS_URL', 'PGDATA', 'POSTGRES_INITDB_ARGS'];
    const variablesOf = (objects: readonly KubernetesObject[], of: KubernetesObject): Readonly<Record<string, string | undefined>> =>
      Object.fromEntries(
        (of['spec'] as WorkloadSpec)
          .template.spec.containers.flatMap((container) => [
            ...(container.envFrom ?? []).flatMap(({ configMapRef }) => Object.entries(objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name)?.['data'] as Record<string, string> | undefined ?? {})),
            ...(container.env ?? []).map(({ name, value }) => [name, value] as const),
          ])
          .filter(([name]) => !changed.includes(name)),
      );

    expect(variablesOf(rendered, after(object)!)).toMatchObject(variablesOf(live, object));
  });

  test.each(ofKind('Deployment'))('%s starts from the images that run', (_name, object) => {
    const imagesOf = (of: KubernetesObject) => (of['spec'] as WorkloadSpec).template.spec.containers.map(({ image }) => image);

    expect(imagesOf(after(object)!)).toEqual(imagesOf(object));
  });

  test.each(ofKind('Service'))('%s keeps its address and its ports', (_name, object) => {
    const withDefaults = (of: KubernetesObject) => {
      const spec = (of['spec'] as ServiceSpec);
      return { ...spec, ports: spec.ports.map((port) => ({ protocol: 'TCP', ...port })) };
    };

    expect(withDefaults(after(object)!)).toEqual(withDefaults(object));
  });

  test.each(ofKind('PersistentVolume', 'PersistentVolumeClaim'))('%s keeps its whole spec', (_name, object) => {
    expect(after(object)?.['spec']).toEqual(object['spec']);
  });

  test.each(survivors.filter(([, { metadata }]) => metadata.labels !== undefined))('%s keeps its labels', (_name, object) => {
    expect(after(object)?.metadata.labels).toMatchObject({ ...object.metadata.labels });
  });

  // Only one environment has any.
  for (const [name, object] of ofKind('CronJob')) {
    test(`${name} keeps its schedule and the name of its container`, () => {
      expect(after(object)).toHaveProperty('spec.schedule', '*/15 * * * *');
      expect(after(object)).toHaveProperty('spec.jobTemplate.spec.template.spec.containers.0.name', 'postgres-backup');
      expect(after(object)).toMatchObject({ spec: { successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 } });
    });
  }

  test('the Secret that is there is the one that pods ask for', () => {
    const secrets = environment.credentials.flatMap(({ store }) => (store.kind === 'kubernetes' ? [[store.secretName, store.keys]] : []));

    expect(secrets).toContainEqual([`${env}-postgres-db-secret`, ['POSTGRES_PASSWORD']]);
    if (env === 'production') expect(secrets).toContainEqual(['slack-webhook-secret', ['webhook_url']]);
  });

  test('the Application keeps its name, so that Argo CD goes on with what it tracks', () => {
    expect(rendered.filter(({ kind }) => kind === 'Application').map(({ metadata }) => metadata)).toMatchObject([liveApplication(env).metadata]);
  });
});
