import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { neededIn } from '../../../src/render/tools.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { repositoryWorkflows } from '../../../src/workflows/workflows-of.ts';
import { lookedForInCluster, nodeImage, withLook } from '../../support/looked-for-in-cluster.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';

function looksIn(delivery: Delivery): readonly KubernetesObject[] {
  return rendered(delivery, 'build', { images: {} }).objects.flatMap(({ object }) =>
    object.metadata.name.startsWith('look-') ? [object] : [],
  );
}

/** The pods of the CronJob, and the last of their containers, which runs the program. */
function podOf(delivery: Delivery): readonly [pod: unknown, container: unknown] {
  const cron = looksIn(delivery).find(({ kind }) => kind === 'CronJob');
  const pod = fieldAt(cron, 'spec', 'jobTemplate', 'spec', 'template', 'spec');
  return [pod, listAt(pod, 'containers')[0]];
}

/** All of them, in the order in which they run. */
const containersOf = (delivery: Delivery): readonly unknown[] => [
  ...listAt(podOf(delivery)[0], 'initContainers'),
  podOf(delivery)[1],
];

const variable = (delivery: Delivery, name: string): string =>
  textAt(
    listAt(podOf(delivery)[1], 'env').find((one) => textAt(one, 'name') === name),
    'value',
  );

describe('a CronJob that looks', () => {
  test('breaks no rule, no check finds anything, and no workflow promotes to its stage', () => {
    expect(problemsOf(lookedForInCluster()).map(describeProblem)).toEqual([]);
    expect(findings(withLook())).toEqual([]);
    expect(lackingCredentials(lookedForInCluster())).toEqual([]);
    expect([...repositoryWorkflows(lookedForInCluster())['cat-service']!.keys()]).toEqual([
      '.github/workflows/portolan-deliver-cats.yaml',
    ]);
  });

  test('runs as often as the discovery says, one run at a time, which ends by itself and is reached by nobody', () => {
    const [cron, policy] = looksIn(withLook());

    expect(cron).toMatchObject({
      kind: 'CronJob',
      metadata: { name: 'look-dev', namespace: 'cat-service-build' },
      spec: {
        schedule: '*/2 * * * *',
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 900 } },
      },
    });
    expect(policy).toMatchObject({
      kind: 'NetworkPolicy',
      spec: { podSelector: { matchLabels: { app: 'look-dev' } }, policyTypes: ['Ingress', 'Egress'] },
    });
    expect(fieldAt(policy, 'spec', 'ingress')).toBeUndefined();
  });

  test('runs the image as it is said, may do no more than any pod, and has no account in the cluster', () => {
    const [pod] = podOf(withLook());

    expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
    expect(containersOf(withLook()).map((it) => textAt(it, 'name'))).toEqual(['prove', 'fetch', 'install', 'promote']);
    for (const container of containersOf(withLook())) {
      expect(container).toMatchObject({
        image: nodeImage,
        securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
      });
      // Kubernetes fills in $(NAME) itself.
      expect(listAt(container, 'command').join('\n')).not.toContain('$(');
    }
  });

  test('is asked for what a workflow would ask the program for, as a run, so that a hold stops it', () => {
    expect(JSON.parse(variable(withLook(), 'ASKED'))).toEqual({
      api: 'https://api.github.com',
      server: 'https://github.com',
      ops: 'cat-service-ops',
      program: { url: 'https://github.com/acme/cat-service-delivery.git', repository: 'cat-service-delivery' },
      sources: [
        { url: 'https://github.com/acme/cat-service.git', folder: 'sources/cat-service', repository: 'cat-service' },
      ],
      images: [],
      promote: [
        ...['promote', 'dev', '--newest', '--ops', 'https://github.com/acme/cat-service-ops.git'],
        ...['--source', '../sources/cat-service'],
      ],
    });
    expect(variable(withLook(), 'PORTOLAN_AUTOMATIC')).toBe('1');
    expect(variable(withLook(), 'PORTOLAN_RUN')).toBe('CronJob cat-service-build/look-dev, pod $(POD)');
  });

  test('reads the Secret of an app, and a login of the registry where the supply names one', () => {
    const secretsOf = (delivery: Delivery) => neededIn(delivery, environmentOf(delivery, 'build'), 'build').secrets;
    const namespace = 'cat-service-build';
    const { supplies, ...rest } = withLook();
    const open = {
      ...rest,
      supplies: supplies.map((it) => ({ ...it, discovery: { kind: 'registryPoll' as const, intervalMinutes: 60 } })),
    };

    expect(secretsOf(withLook()).slice(-2)).toEqual([
      {
        purpose: 'gitPush',
        secretName: 'look-push',
        namespace,
        keys: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
      },
      { purpose: 'registryRead', secretName: 'look-read', namespace, keys: ['.dockerconfigjson'] },
    ]);
    expect(listAt(podOf(withLook())[0], 'volumes').map((it) => textAt(it, 'name'))).toEqual([
      ...['work', 'reading', 'writing'],
      'docker',
    ]);
    expect(listAt(podOf(open)[0], 'volumes').map((it) => textAt(it, 'name'))).toEqual([
      ...['work', 'reading', 'writing'],
    ]);
    expect(secretsOf(open).map(({ secretName }) => secretName)).not.toContain('look-read');
  });

  test('is somebody with a password where the ops repository is not on GitHub', () => {
    const delivery = withLook();
    const elsewhere = {
      ...delivery,
      repositories: delivery.repositories.map((it) => ({
        ...it,
        url: it.url.replace('github.com', 'git.example.com'),
      })),
    };
    const keys = listAt(containersOf(elsewhere)[0], 'env').flatMap((one) => {
      const key = textAt(one, 'valueFrom', 'secretKeyRef', 'key');
      return key === '' ? [] : [key];
    });

    expect(keys).toEqual(['username', 'password']);
  });
});
