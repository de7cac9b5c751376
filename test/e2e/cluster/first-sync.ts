import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';
import { execa } from 'execa';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { notServed } from '../../../src/review/schema/served/served-finding.ts';
import { listAt, textAt } from '../../../src/objects/fields-at.ts';
import { temporaryFolder } from '../../support/git.ts';
import type { Step } from './phase.ts';
import { strictly } from './strictly.ts';
import { environments, everyPod, type World } from './world.ts';
import { timeout } from '../../support/long-enough.ts';

/** Writes an environment's files below a folder of its branch to a folder on this disk. */
export function checkOut({ project }: World, environment: string, below: string): string {
  const folder = temporaryFolder();
  for (const [path, text] of project.files(environment, below)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, below);
}

interface Pod {
  readonly metadata: KubernetesObject['metadata'];
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A pod as a workload or CronJob makes it; a StatefulSet adds the volumes of its claims. */
function podOf({ kind, metadata, spec }: KubernetesObject): KubernetesObject | undefined {
  const { template, jobTemplate } = (spec ?? {}) as { template?: Pod; jobTemplate?: { spec: { template: Pod } } };
  const pod = kind === 'CronJob' ? jobTemplate?.spec.template : template;
  if (pod === undefined) return undefined;
  const claims = listAt(spec, 'volumeClaimTemplates').map((claim) => textAt(claim, 'metadata', 'name'));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...pod.metadata, name: `${metadata.name}-one`, namespace: metadata.namespace ?? '' },
    spec: {
      ...pod.spec,
      volumes: [
        ...listAt(pod.spec, 'volumes'),
        ...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
      ],
    },
  };
}

const dryRun = ['--dry-run=server', '--validate=strict'];

/** Both environments, published to a fresh ops repository, admitted, and synced for the first time. */
export function firstSync(world: () => World, step: Step): void {
  const tips: Record<string, string> = {};

  step('publishing makes both branches, says what comes first, and does nothing the second time', async () => {
    const { project } = world();
    project.vary({ firstCommit: { staging: project.commit() } });

    for (const environment of environments) {
      const first = await project.publish(environment);
      const second = await project.publish(environment);

      expect(first).toMatchObject({
        outcome: 'created',
        notices: expect.arrayContaining([
          `bootstrap/ is new: run "pulumi up --stack ${environment}" first, or "kubectl apply -f bootstrap/"`,
        ]),
      });
      expect(second).toMatchObject({ outcome: 'unchanged', commit: first.commit });
      tips[environment] = first.commit;
    }
  });

  step('the doctor names what the cluster still lacks, and only that', async () => {
    const { project } = world();

    const { exitCode, stdout, stderr } = await project.portolan(['doctor', 'production']);

    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: '' });
    expect(
      stdout
        .split('\n')
        .filter((line) => line.startsWith('✖'))
        .map((line) => line.split(':')[0]),
    ).toEqual([
      '✖ Namespace production',
      '✖ AppProject the-project-production',
      '✖ Application the-project-production',
      '✖ Secret production/production-postgres-db-secret',
      '✖ Secret production/slack-webhook-secret',
      '✖ Secret argocd/the-project-production-ops',
    ]);
  });

  step('strict validation on the server has no finding and no warning for any object', async () => {
    const { cluster } = world();
    for (const environment of environments) {
      await cluster.run(
        'apply',
        `--filename=${checkOut(world(), environment, 'bootstrap/')}/10-namespace.${environment}.yaml`,
      );

      for (const below of ['bootstrap/', 'manifests/the-project/']) {
        expect(await strictly(cluster, checkOut(world(), environment, below))).toEqual({
          exitCode: 0,
          stdout: expect.stringContaining('created (server dry run)'),
          findings: '',
        });
      }
    }
  });

  step(
    'every pod of every workload and job is admitted under Pod Security "restricted" without a warning',
    async () => {
      for (const environment of environments) {
        const pods = world()
          .project.objects(environment, 'manifests/')
          .flatMap((object) => podOf(object) ?? []);
        expect(pods.length).toBe(environment === 'production' ? 8 : 5);

        const outcome = await createDry(world(), pods);

        expect(outcome).toEqual({ exitCode: 0, stdout: expect.any(String), stderr: '' });
      }
    },
  );

  step('fails the same look for a pod that is not restricted, and for a field that does not exist', async () => {
    const [pod] = world()
      .project.objects('staging', 'manifests/')
      .flatMap((object) => podOf(object) ?? []);
    const open = { ...pod!, spec: { ...(pod!['spec'] as object), securityContext: {} } };
    const misspelt = { ...pod!, spec: { ...(pod!['spec'] as object), terminationGracePeriod: 30 } };

    expect((await createDry(world(), [open])).stderr).toContain(
      'violates PodSecurity "restricted:v1.28": runAsNonRoot != true',
    );
    expect((await createDry(world(), [misspelt])).stderr).toContain('unknown field "spec.terminationGracePeriod"');
  });

  step(
    'the server is one of the lines that the environments declare, and every kind is served by all of them',
    async () => {
      const lines = { oldest: '1.28', newest: '1.36' } as const;
      const objects = environments.flatMap((environment) => [
        ...world().project.objects(environment, 'manifests/'),
        ...world().project.objects(environment, 'bootstrap/'),
      ]);

      expect(world().cluster.line).toBe(lines.newest);
      expect(objects.flatMap((object) => notServed(object, lines) ?? [])).toEqual([]);
      expect(notServed({ apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR' }, lines)?.message).toContain(
        'is not served by Kubernetes 1.28',
      );
      await Promise.resolve();
    },
  );

  step("the Secrets are made with the lines of the branch's README.md, bootstrap/ with kubectl", async () => {
    const { project, cluster } = world();
    for (const environment of environments) {
      const readme = project.files(environment).get('README.md') ?? '';
      const lines = readme.split('\n').filter((line) => /^ {4}kubectl (create|label) secret /.test(line));
      for (const line of lines) await execa('bash', ['-c', line]);

      await cluster.run('apply', `--filename=${checkOut(world(), environment, 'bootstrap/')}`);
    }
  });

  step('both Applications become Synced and Healthy at the published revision', async () => {
    const { argo } = world();
    for (const environment of environments) await argo.settles(environment, tips[environment]!, 120);

    for (const environment of environments) expect(await world().readyPods(environment)).toEqual(everyPod);
  });

  step('wait, doctor and status say so too', async () => {
    const { project } = world();
    for (const environment of environments) {
      const wait = await project.portolan(['wait', environment, timeout(30), '--ops', project.url]);
      const doctor = await project.portolan(['doctor', environment]);

      expect(wait).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining(`${environment} runs ${tips[environment]!.slice(0, 12)}: Synced and Healthy.`),
      });
      expect(doctor).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining(`Nothing is lacking for ${environment}.`),
      });
    }
  });

  step('the jobs of every CronJob are admitted, and their pods too, without a warning', async () => {
    const { cluster } = world();
    const jobs = await cluster.list('cronjobs.batch', 'production');
    expect(jobs.map(({ metadata }) => metadata.name)).toEqual([
      'production-postgres-backup',
      'production-postgres-backup-restore',
      'production-postgres-backup-restore-drill',
    ]);

    for (const { metadata } of jobs) {
      const outcome = await cluster.kubectl([
        'create',
        'job',
        `e2e-${metadata.name.slice(-8)}`,
        `--from=cronjob/${metadata.name}`,
        '--namespace=production',
      ]);
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
    }
    for (const { metadata } of jobs)
      await cluster.run(
        'wait',
        '--namespace=production',
        '--for=create',
        timeout(30),
        'pod',
        `--selector=batch.kubernetes.io/job-name=e2e-${metadata.name.slice(-8)}`,
      );

    const made = (await cluster.list('jobs.batch', 'production')).filter(({ metadata }) =>
      metadata.name.startsWith('e2e-'),
    );
    expect(
      made.map((job) =>
        listAt(job, 'status', 'conditions').filter((condition) => JSON.stringify(condition).includes('FailedCreate')),
      ),
    ).toEqual([[], [], []]);
    for (const { metadata } of jobs)
      await cluster.run('delete', 'job', `e2e-${metadata.name.slice(-8)}`, '--namespace=production');
  });
}

async function createDry(
  { cluster }: World,
  pods: readonly KubernetesObject[],
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return cluster.kubectl(['create', ...dryRun, '--filename=-'], {
    input: pods.map((pod) => JSON.stringify(pod)).join('\n'),
  });
}
