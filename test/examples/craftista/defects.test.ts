import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Application } from '../../../src/model/application.ts';
import type { Container } from '../../../src/model/container.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { connectsTo, type Service } from '../../../src/model/service.ts';
import type { Stage } from '../../../src/model/stage.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { findings } from '../../systems/rendered-system.ts';
import { craftista } from './example.ts';

const onEnvironments = (change: (environment: Environment) => Environment): Delivery => ({
  ...craftista(),
  environments: craftista().environments.map(change),
});

const onApplication = (name: string, change: (application: Application) => Application): Delivery =>
  onEnvironments((environment) => ({
    ...environment,
    applications: environment.applications.map((it) => (it.name === name ? change(it) : it)),
  }));

const onService = (name: string, change: (service: Service) => Service): Delivery =>
  onApplication(name, (application) => ({ ...application, services: application.services.map(change) }));

const onContainer = (name: string, change: (container: Container) => Container): Delivery =>
  onService(name, (service) => ({ ...service, containers: service.containers.map(change) }));

const onStage = (name: string, change: Partial<Stage>): Delivery => ({
  ...craftista(),
  stages: craftista().stages.map((stage) => (stage.name === name ? { ...stage, ...change } : stage)),
});

const problems = (delivery: Delivery): readonly string[] => problemsOf(delivery).map(describeProblem);

/** The database as it ran: a Deployment without a volume, whose password stands beside it. */
const asItRan: Application = {
  name: 'old-db',
  services: [
    {
      name: 'old-db',
      containers: [
        {
          name: 'postgres',
          image: 'postgres:16.2-alpine3.19',
          env: { POSTGRES_USER: 'devops', POSTGRES_PASSWORD: 'devops', POSTGRES_DB: 'catalogue' },
          ports: [{ name: 'postgres', port: 5432 }],
          readiness: { action: { kind: 'tcp', port: 'postgres' } },
          liveness: { action: { kind: 'tcp', port: 'postgres' }, failureThreshold: 6 },
          resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
        },
      ],
      ports: [{ name: 'postgres', port: 5432 }],
    },
  ],
};

/** What is said of each defect of the original that is refused, by its number. */
const refused: Readonly<Record<number, () => void>> = {
  1: () => {
    expect(problems(onStage('frontend-prod', { gate: { kind: 'none' } }))).toEqual([
      'stages.frontend-prod.gate: is the last stage and lets everything in; write a gate, or the reason as accepted, got "none"',
    ]);
  },
  2: () => {
    const {
      readiness: _,
      liveness: __,
      startup: ___,
      ...bare
    } = craftista().environments[0]!.applications[3]!.services[0]!.containers[0]!;

    expect(findings(onContainer('voting', () => bare))).toEqual([
      'Deployment/voting containers (verified-health, also prod and staging)',
      'Deployment/voting containers[0].livenessProbe (probes, also prod and staging)',
      'Deployment/voting containers[0].readinessProbe (probes, also prod and staging)',
    ]);
  },
  3: () => {
    const looping: Delivery = {
      ...craftista(),
      supplies: craftista().supplies.map((supply) =>
        supply.name === 'frontend'
          ? { ...supply, triggers: [{ on: 'push', repository: 'craftista-ops', branches: ['app/**'] }] }
          : supply,
      ),
    };

    expect(problems(looping)).toContain(
      'stages.frontend-dev.write: starts supplies.frontend again by a push to branch app/dev/frontend of craftista-ops; write to another repository or branch, or leave what is written out of the paths that trigger',
    );
  },
  6: () => {
    expect(
      problems(onService('voting', (service) => ({ ...service, connects: [connectsTo('recco', 'http')] }))),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          'services.voting.connects[0]: there is no service or database of this name; write "voting", got "recco"',
        ),
      ]),
    );
    const byHand = onContainer('voting', (container) => ({
      ...container,
      env: { CATALOGUE_SERVICEURL: 'http://catalogue:5001/api/products' },
    }));
    expect(findings(byHand)).toEqual([
      'Deployment/voting containers[0].env[0].value (neighbour-hosts, also prod and staging)',
    ]);
  },
  7: () => {
    const small = <Place extends Pick<Environment, 'cluster'>>(place: Place): Place => ({
      ...place,
      cluster: { ...place.cluster, capacity: { cpu: '2', memory: '4Gi' } },
    });
    const original = onEnvironments(small);

    expect(problems({ ...original, toolchains: (original.toolchains ?? []).map(small) })).toEqual([
      'environments.dev.cluster.capacity.cpu: is less than dev, staging, prod and tools request, 3.75; lower requests or replicas, or give an environment another cluster, got "2"',
    ]);
  },
  8: () => {
    const original = onService('frontend', (service) => ({
      ...service,
      serviceType: 'NodePort',
      routes: [],
      ports: [{ name: 'http', port: 30080, targetPort: 'http' }],
    }));

    expect(findings(original)).toEqual(['Service/frontend spec.ports[0].nodePort (node-ports, also prod and staging)']);
  },
  9: () => {
    const beside = onEnvironments((environment) => ({
      ...environment,
      applications: [...environment.applications, asItRan],
    }));

    expect(findings(beside)).toEqual([
      'Deployment/old-db containers[0].env[1].value (secret-literals, also prod and staging)',
      'Deployment/old-db volumes (ephemeral-databases, also prod and staging)',
    ]);
  },
  14: () => {
    const delivery = craftista();
    const latest = {
      ...delivery,
      initialReleases: {
        ...delivery.initialReleases,
        dev: {
          images: {
            ...delivery.initialReleases['dev']?.images,
            voting: { repository: 'nitheesh86/microservice-voting', tag: 'latest' },
          },
        },
      },
    };

    expect(problems(latest)).toEqual([
      'initialReleases.dev.images.voting.tag: must be a semantic version such as 1.2.3 within >=1.0.0, got "latest"',
    ]);
  },
  18: () => {
    const { write } = craftista().stages.find(({ name }) => name === 'frontend-dev')!;

    expect(problems(onStage('voting-dev', { write }))).toContain(
      'stages.voting-dev.write: changes the whole tree on branch app/dev/frontend of craftista-ops, and stages.frontend-dev changes the whole tree; give each stage a branch, file or field of its own',
    );
  },
};

describe('the defects of the original', () => {
  const rows = readFileSync('examples/craftista/DEFECTS.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, number, , verdict] = /^\| (\d+) \| (.*?) \| \*\*(\w+)\*\*/.exec(line) ?? [];
      return number === undefined ? [] : [{ number: Number(number), verdict }];
    });

  test('are eighteen, each impossible, refused, or outside', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 18 }, (_, i) => i + 1));
    expect(rows.filter(({ verdict = '' }) => !['impossible', 'refused', 'outside'].includes(verdict))).toEqual([]);
  });

  test('are refused where the table says so, and a test holds each of these', () => {
    expect(rows.filter(({ verdict }) => verdict === 'refused').map(({ number }) => String(number))).toEqual(
      Object.keys(refused),
    );
  });

  test.each(Object.entries(refused))('number %s is refused', (_, refuses) => {
    refuses();
  });
});
