import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { writeImageReference, type Release } from '../../../src/model/release.ts';
import type { OpsContext } from '../../../src/ops/ops-context.ts';
import type { Program } from '../../../src/ops/program/program.ts';
import type { PromoteOptions } from '../../../src/ops/promote/promote.ts';
import { readReleaseRecord } from '../../../src/ops/release/read-release-record.ts';
import type { ReleaseRecord } from '../../../src/ops/release/release-record.ts';
import { openLocalRepository } from '../../../src/ops/repository/local-repository.ts';
import type { RenderedObject } from '../../../src/objects/rendered-object.ts';
import type { RenderedEnvironment } from '../../../src/render/rendered-environment.ts';
import { bareRepository, filesOf } from '../../support/git.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

/** A program commit of tests: `program(2)` descends from `program(1)`. */
export const programCommit = (number: number): string => `${number.toString(16).padStart(12, '0')}${'0'.repeat(28)}`;

/** A clean program, merged; commits descend from those of lower number. */
export function program(number = 1, change: Partial<Program> = {}): Program {
  return {
    commit: programCommit(number),
    uncommitted: false,
    merged: true,
    ancestry: { relate: (a, b) => Promise.resolve(a === b ? 'same' : a < b ? 'older' : 'newer') },
    ...change,
  };
}

/** What a fake rendering may vary: what another program would render. */
export interface FakeRendering {
  /** Log level in a ConfigMap. @default 'INFO' */
  readonly level?: string;
  /** Further ConfigMaps. @default 0 */
  readonly more?: number;
  /** Kinds and names left out, as `Kind/name`. @default - none */
  readonly without?: readonly string[];
  /** Kinds that the AppProject allows. @default - Deployment alone */
  readonly kinds?: readonly string[];
  /** Replicas of the Deployment `orders`, or that an autoscaler sets them; then there is an Application. @default - neither */
  readonly replicas?: number | 'autoscaled';
}

/** Renders five small objects, and as many ConfigMaps as asked for, much as the true renderer does. */
export function fakeRender({
  level = 'INFO',
  more = 0,
  without = [],
  kinds = ['Deployment'],
  replicas,
}: FakeRendering = {}): OpsContext['render'] {
  return ({ environment }, release) =>
    rendered(
      environment,
      [
        ...bootstrap(environment, kinds),
        ...(replicas === undefined ? [] : [application(environment, replicas)]),
        deployment(environment, release, 'orders', typeof replicas === 'number' ? { replicas } : {}),
        deployment(environment, release, 'payments'),
        {
          path: `manifests/shop/statefulset.apps.${environment}-orders-db.yaml`,
          application: 'shop',
          construct: `${environment}/shop/orders-db`,
          object: {
            apiVersion: 'apps/v1',
            kind: 'StatefulSet',
            metadata: { name: `${environment}-orders-db`, namespace: environment },
            spec: { image: 'postgres:18.1-trixie' },
          },
        },
        config(environment, 'orders-config', { LOG_LEVEL: level }),
        ...Array.from({ length: more }, (_, i) => config(environment, `more-${i}`, { NUMBER: String(i) })),
      ].filter(({ object }) => !without.includes(`${object.kind}/${object.metadata.name}`)),
    );
}

function rendered(environment: string, objects: readonly RenderedObject[]): RenderedEnvironment {
  const sorted = [...objects].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { environment, objects: sorted, files: new Map(sorted.map(({ path, object }) => [path, stringify(object)])) };
}

function deployment(environment: string, release: Release, name: string, more: object = {}): RenderedObject {
  const image = release.images[name];
  if (image === undefined) throw new Error(`the release has no image ${name}`);
  const object: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${environment}-${name}`, namespace: environment },
    spec: { ...more, template: { spec: { containers: [{ name, image: writeImageReference(image) }] } } },
  };
  return {
    path: `manifests/shop/deployment.apps.${environment}-${name}.yaml`,
    application: 'shop',
    construct: `${environment}/shop/${name}/workload`,
    object,
    artifacts: { [name]: name },
  };
}

const config = (environment: string, name: string, data: Readonly<Record<string, string>>): RenderedObject => ({
  path: `manifests/shop/configmap.${environment}-${name}.yaml`,
  application: 'shop',
  construct: `${environment}/shop/${name}`,
  object: {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${environment}-${name}`, namespace: environment },
    data,
  },
});

const bootstrap = (environment: string, kinds: readonly string[]): readonly RenderedObject[] => [
  {
    path: `bootstrap/10-namespace.${environment}.yaml`,
    construct: `${environment}/bootstrap/namespace`,
    object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: environment } },
  },
  {
    path: `bootstrap/20-appproject.${environment}.yaml`,
    construct: `${environment}/bootstrap/project`,
    object: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: `shop-${environment}`, namespace: 'argocd' },
      spec: { namespaceResourceWhitelist: kinds.map((kind) => ({ group: 'apps', kind })) },
    },
  },
];

const application = (environment: string, replicas: number | 'autoscaled'): RenderedObject => ({
  path: `bootstrap/30-application.${environment}.yaml`,
  construct: `${environment}/bootstrap/application`,
  object: {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: `shop-${environment}`, namespace: 'argocd' },
    spec: {
      project: `shop-${environment}`,
      ...(replicas === 'autoscaled'
        ? {
            ignoreDifferences: [
              { group: 'apps', kind: 'Deployment', name: `${environment}-orders`, jsonPointers: ['/spec/replicas'] },
            ],
          }
        : {}),
    },
  },
});

/** A context of tests, on a bare repository of its own unless told otherwise. */
export async function opsContext(
  change: Partial<OpsContext> & {
    readonly bare?: string;
    readonly rendering?: FakeRendering;
    readonly delivery?: Delivery;
  } = {},
): Promise<OpsContext & { readonly bare: string }> {
  const { bare = bareRepository(), rendering = {}, ...rest } = change;
  return {
    bare,
    repository: await openLocalRepository({ path: bare }),
    delivery: validDelivery(),
    render: fakeRender(rendering),
    program: program(),
    requester: { actor: 'alice' },
    clock: () => new Date('2026-01-31T12:00:00Z'),
    ...rest,
  };
}

/** The whole message of the error that a promise ends with. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/** A commit of the source in tests, newer than the first release; those of higher number are newer. */
export const sourceCommit = (number: number): string => `a${number.toString(16).padStart(11, '0')}${'0'.repeat(28)}`;

/** Both images as a build of that commit makes them. */
export const builtImages = (number: number): Readonly<Record<string, string>> => ({
  orders: `acme/orders:${sourceCommit(number)}`,
  payments: `acme/payments:${sourceCommit(number)}`,
});

/** Options that promote a build of that commit to `dev`. */
export const build = (number: number): PromoteOptions => ({
  environment: 'dev',
  source: { kind: 'build', images: builtImages(number) },
});

/** The digest that registries of tests say: of another reference it is another one. */
export const digestOf = (reference: string): string => `sha256:${createHash('sha256').update(reference).digest('hex')}`;

/** Options that promote a build of that commit to `dev`, digests included; another `attempt` built other bits. */
export const buildWithDigests = (number: number, attempt = 1): PromoteOptions => ({
  ...build(number),
  resolveDigest: (reference) => Promise.resolve(digestOf(`${reference} ${attempt}`)),
});

/** Options that promote what `dev` runs to `prod` under a tag. */
export const fromDev = (gitTag: string, release?: string): PromoteOptions => ({
  environment: 'prod',
  gitTag,
  source: { kind: 'environment', environment: 'dev', ...(release === undefined ? {} : { release }) },
});

/** The release on record at the tip of an environment's branch. */
export const recordOf = (bare: string, environment: string): ReleaseRecord =>
  readReleaseRecord(filesOf(bare, `env/${environment}`).get('release.yaml') ?? '');
