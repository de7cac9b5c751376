import { createHash } from 'node:crypto';
import type { TektonBuilder } from '../../src/model/builders/tekton-builder.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { withToolchains } from '../../src/model/derived/places/toolchains.ts';
import type { Supply } from '../../src/model/supply.ts';
import { tools } from './with-toolchain.ts';
import { validDelivery } from './valid-delivery.ts';

const image = (name: string): string => `${name}@sha256:${createHash('sha256').update(name).digest('hex')}`;

/** A builder of Tekton's that reads with a key. */
export const tektonBuilder = (change: Partial<TektonBuilder> = {}): TektonBuilder => ({
  kind: 'tekton',
  tasks: [
    { name: 'lint', image: image('golangci/golangci-lint'), script: 'golangci-lint run ./...' },
    { name: 'test', image: image('golang'), script: 'go test ./...', env: { CGO_ENABLED: '0' } },
  ],
  images: [{ artifact: 'orders', context: 'orders' }],
  tools: {
    git: image('cgr.dev/chainguard/git'),
    kaniko: image('ghcr.io/osscontainertools/kaniko'),
    crane: image('cgr.dev/chainguard/crane'),
    kubectl: image('alpine/k8s'),
  },
  listener: { address: 'https://hooks.acme.example/orders' },
  pushesWith: 'tekton-push',
  readsWith: 'tekton-read',
  workspace: { size: '2Gi' },
  ...change,
});

const inBuilds = (
  name: string,
  purpose: Credential['purpose'],
  keys: readonly string[],
  scope: string,
): Credential => ({
  name,
  purpose,
  holder: 'Tekton',
  store: { kind: 'kubernetes', namespace: 'shop-builds', secretName: name, keys },
  scope,
});

/** What the images are pushed with. */
export const tektonPush = inBuilds('tekton-push', 'registryPush', ['.dockerconfigjson'], 'write on acme/orders');

/** What the source is read with. */
export const tektonRead = inBuilds('tekton-read', 'gitRead', ['ssh-privatekey'], 'contents: read on shop');

/** What GitHub signs with. */
export const gitHubHook: Credential = {
  ...inBuilds('github-hook', 'webhook', ['secret'], 'signs the pushes of shop'),
  origin: 'generated',
};

/** What lets Kaniko be root. */
const podSecurity = { level: 'baseline', reason: 'Kaniko unpacks base images as root' } as const;

/** The valid delivery, whose orders Tekton builds in the cluster, and a workflow builds the payments. */
export function builtByTekton(change: Partial<Supply> = {}, builder: Partial<TektonBuilder> = {}): Delivery {
  const delivery = validDelivery();
  const [images] = delivery.supplies;
  return {
    ...delivery,
    supplies: [
      {
        ...images!,
        artifacts: ['payments'],
        builder: { kind: 'githubActions', images: [{ artifact: 'payments', context: 'payments' }] },
      },
      {
        name: 'orders',
        artifacts: ['orders'],
        source: 'shop',
        builder: tektonBuilder(builder),
        toolchain: 'tools',
        checks: [],
        triggers: [
          { on: 'push', repository: 'shop', branches: ['main'], by: 'webhook', authentication: 'github-hook' },
        ],
        discovery: { kind: 'sameJob' },
        ...change,
      },
    ],
    toolchains: [tools({ podSecurity }, delivery)],
    stages: delivery.stages.map((stage) =>
      stage.name === 'dev' ? { ...stage, intake: { from: 'supply', supplies: ['images', 'orders'] } } : stage,
    ),
    credentials: [...delivery.credentials, tektonPush, tektonRead, gitHubHook],
  };
}

/** Two images of the one source, of which the registry tells: nothing else is built, and dev is moved by a look. */
export function foundInRegistry(): Delivery {
  const images = [
    { artifact: 'orders', context: 'orders' },
    { artifact: 'payments', context: 'payments' },
  ];
  const delivery = builtByTekton(
    { discovery: { kind: 'registryPoll' }, artifacts: ['orders', 'payments'] },
    { images },
  );
  return {
    ...delivery,
    supplies: delivery.supplies.slice(1),
    stages: delivery.stages.map((stage) =>
      stage.name === 'dev'
        ? {
            ...stage,
            intake: { from: 'supply', supplies: ['orders'] },
            triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'poll' }],
          }
        : stage,
    ),
  };
}

/** {@link builtByTekton}, with the toolchain among its environments. */
export const withTekton = (change: Partial<Supply> = {}, builder: Partial<TektonBuilder> = {}): Delivery =>
  withToolchains(builtByTekton(change, builder));

/** What the host of the listener is known by. */
const certificate: Credential = {
  ...inBuilds('hooks-certificate', 'certificate', ['tls.crt', 'tls.key'], 'hooks.acme.example'),
  origin: 'external',
};

/** {@link builtByTekton}, with every word that a builder of this kind has. */
export function everyWordOfTekton(): Delivery {
  const used = { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } };
  const { tasks } = tektonBuilder();
  const delivery = builtByTekton(
    { buildMinutes: 90 },
    {
      tasks: tasks.map((task) => ({ ...task, resources: used })),
      images: [{ artifact: 'orders', context: '.', dockerfile: 'build/Dockerfile', resources: used }],
      listener: {
        address: 'https://hooks.acme.example/orders',
        ingressClass: 'traefik',
        certificate: 'hooks-certificate',
      },
      workspace: { size: '2Gi', storageClass: 'fast' },
      keptRuns: 5,
    },
  );
  return { ...delivery, credentials: [...delivery.credentials, certificate] };
}
