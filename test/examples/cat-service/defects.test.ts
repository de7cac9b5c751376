import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Application, KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import type { Service } from '../../../src/model/service.ts';
import type { Stage } from '../../../src/model/stage.ts';
import type { Supply } from '../../../src/model/supply.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { copyJob } from '../../../src/workflows/copy-job.ts';
import { gitIn } from '../../support/git.ts';
import { findings } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';
import { CopiedSource } from '../../workflows/support/copied-source.ts';
import { cats } from './example.ts';

const problems = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);

const onApplication = (change: (application: Application) => Application): Delivery => ({
  ...cats(),
  environments: cats().environments.map((it) => ({ ...it, applications: it.applications.map(change) })),
});

const onStage = (name: string, change: (stage: Stage) => Stage): Delivery => ({
  ...cats(),
  stages: cats().stages.map((stage) => (stage.name === name ? change(stage) : stage)),
});

const onSupply = (change: Partial<Supply>): Delivery => ({
  ...cats(),
  supplies: cats().supplies.map((supply) => ({ ...supply, ...change })),
});

/** The database as it ran: a Deployment without a volume, behind a port of the node, whose password stands beside it. */
const asItRan = (image: string): Service => ({
  name: 'old-postgres',
  containers: [
    {
      name: 'postgres',
      image,
      env: { POSTGRES_USER: 'bk', POSTGRES_PASSWORD: 'bk', POSTGRES_DB: 'bk' },
      ports: [{ name: 'postgres', port: 5432 }],
      readiness: { action: { kind: 'tcp', port: 'postgres' } },
      liveness: { action: { kind: 'tcp', port: 'postgres' }, failureThreshold: 6 },
      resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    },
  ],
  ports: [{ name: 'postgres', port: 5432 }],
  serviceType: 'NodePort',
});

const withOldDatabase = (image: string): Delivery =>
  onApplication((it) => ({ ...it, services: [...it.services, asItRan(image)] }));

/** The claim that the database never mounted. */
const oldClaim: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'old-postgres-pv-claim', namespace: 'dev' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** What is said of each defect of the original that is refused, by its number. */
const refused: Readonly<Record<number, () => readonly string[]>> = {
  1: () =>
    problems({
      ...cats(),
      artifacts: cats().artifacts.map((it) => ({
        ...it,
        scheme: { kind: 'numeric', pattern: '^(?<tag>b\\d+\\.\\d{8}\\.\\d{6})$', by: ['tag'] },
      })),
    }),
  3: () => problems(onStage('prod', (stage) => ({ ...stage, write: cats().stages[0]!.write }))),
  4: () => problems(onStage('dev', (stage) => ({ ...stage, waitMinutes: 20 }))),
  7: () => problems({ ...cats(), environments: cats().environments.map((it) => ({ ...it, namespace: 'session' })) }),
  8: () =>
    problems(onApplication((it) => ({ ...it, services: it.services.map(({ configs: _, ...service }) => service) }))),
  10: () => [
    ...findings(withOldDatabase('postgres:16.2')).filter((line) => line.includes('ephemeral')),
    ...findings({
      ...cats(),
      environments: cats().environments.map((it) =>
        it.name === 'dev'
          ? { ...it, applications: it.applications.map((one) => ({ ...one, objects: [oldClaim] })) }
          : it,
      ),
    }).filter((line) => line.includes('claims')),
  ],
  11: () => [
    ...findings(withOldDatabase('postgres:16.2')).filter((line) => /exposed|literals/.test(line)),
    ...problems(withOldDatabase('postgres:latest')),
  ],
  12: () =>
    problems({
      ...cats(),
      credentials: cats().credentials.map((it) =>
        it.name === 'kpack-read' && it.store.kind === 'kubernetes'
          ? { ...it, store: { ...it.store, secretName: 'kpack-push', keys: ['.dockerconfigjson'] } }
          : it,
      ),
    }),
  13: () => problems(onSupply({ copiesTo: { repository: 'cat-service-release', branch: 'main' } })),
  14: () =>
    problems(onSupply({ triggers: [{ on: 'push', repository: 'cat-service', branches: ['educates-workshop'] }] })),
};

const places = ['dev', 'prod'];

/** What stands among what is said then. */
const said: Readonly<Record<number, readonly string[]>> = {
  1: [
    'artifacts.cat-service.scheme.by[0]: must be a group of digits alone, e.g. (?<tag>\\d+), because as text b9 would be newer than b10, got "(?<tag>b\\\\d+\\\\.\\\\d{8}\\\\.\\\\d{6})"',
  ],
  3: [
    'stages.prod.write: changes the whole tree on branch env/dev of cat-service-ops, and stages.dev changes the whole tree; give each stage a branch, file or field of its own',
  ],
  4: ['stages.dev.waitMinutes: is shorter than looking and building may take; write at least 36, got 20'],
  7: [
    'environments.prod.namespace: is that of dev too, on the same cluster; give each environment its own, got "session"',
    'environments.dev.applications.cat-service.services.cat-service.selector: selects the pods of environments.prod.applications.cat-service.services.cat-service too; give them different labels, or namespaces, got "app=cat-service"',
  ],
  8: places.map(
    (place) =>
      `environments.${place}.applications.cat-service.services.cat-service.volumes.config: there is no config of this service of this name, and none is declared, got "cat-service-config"`,
  ),
  10: [
    'Deployment/dev-old-postgres volumes (ephemeral-databases, also prod)',
    'PersistentVolumeClaim/old-postgres-pv-claim  (unused-claims)',
  ],
  11: [
    'Service/dev-old-postgres-svc spec.type (exposed-databases, also prod)',
    'Deployment/dev-old-postgres containers[0].env[1].value (secret-literals, also prod)',
    ...places.map(
      (place) =>
        `environments.${place}.applications.cat-service.services.old-postgres.containers.postgres.image: must not be latest, which is another image tomorrow; name a version, e.g. "nginx:1.29.3", got "postgres:latest"`,
    ),
  ],
  12: [
    'credentials.kpack-read: is kept as key .dockerconfigjson of Secret kpack-push in namespace cat-service-build, which serves credentials.kpack-push for another purpose, "registryPush"; make one credential for each, got "gitRead"',
  ],
  13: [
    'supplies.cats.copiesTo.branch: is a branch whose pushes start the workflows of the source, which come along and would start there too; give it another name, e.g. "release", got "main"',
  ],
  14: [
    'supplies.cats.triggers[0].branches: leave out main, the default branch of repositories.cat-service; write "main", or say which is the default as its defaultBranch, or say why as branchReason of the supply, got ["educates-workshop"]',
  ],
};

describe('a defect of the original', () => {
  const rows = readFileSync('examples/cat-service/DEFECTS.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, number, , verdict = ''] = /^\| (\d+)\s+\| (.*?) \| \*\*(\w+)\*\*/.exec(line) ?? [];
      return number === undefined ? [] : [{ number: Number(number), verdict }];
    });

  test('stands in the table, each once, and is refused where a test refuses it', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(rows.filter(({ verdict }) => verdict === 'refused').map(({ number }) => String(number))).toEqual(
      Object.keys(refused),
    );
  });

  test.each(Object.entries(refused))('fails: number %s', (number, find) => {
    const expected = said[Number(number)] ?? [];

    expect(expected).not.toEqual([]);
    expect(find()).toEqual(expect.arrayContaining([...expected]));
  });

  test('fails in the run too, number 13: the copy gets the history, and a branch that somebody else wrote is not overwritten', () => {
    const { repositories, supplies } = cats();
    const copies = supplies.find(({ copiesTo }) => copiesTo !== undefined)!;
    const push = copyJob(
      cats(),
      repositories.find(({ name }) => name === copies.source)!,
      copies,
    ).steps.at(-1);
    const at = new CopiedSource(push !== undefined && 'run' in push ? push.run : '');
    at.commit('first');

    expect(at.run(at.commit('second')).status).toBe(0);
    expect(gitIn(at.copy, 'log', '--format=%s', 'release')).toBe('second\nfirst');

    const others = new CopiedSource(at.script);
    const commit = others.commit('ours');
    const theirs = others.writtenByOthers();
    expect(others.run(commit).status).toBe(1);
    expect(gitIn(others.copy, 'rev-parse', 'release')).toBe(theirs);
  });
});
