import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { valueAt } from '../../../src/objects/fields.ts';
import { graphOf } from '../../../src/review/graph/graph-of.ts';
import { renderMermaid } from '../../../src/review/graph/render-mermaid.ts';
import { lackingCredentials } from '../../../src/workflows/lacking-credentials.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import { places, shop } from './example.ts';

const folder = 'examples/shop';
const read = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');
const program = ts.createSourceFile('project.ts', read('project.ts'), ts.ScriptTarget.ES2022, true);

/** How many lines something of the program takes. */
const linesOf = (node: ts.Node): number => {
  const [first, last] = [node.getStart(), node.getEnd()].map((at) => program.getLineAndCharacterOfPosition(at).line);
  return (last ?? 0) - (first ?? 0) + 1;
};

/** What the program declares at its top, by name. */
const declared = new Map(
  program.statements.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map((it) => [it.name.getText(), { statement, it }] as const)
      : [],
  ),
);

describe('the shop', () => {
  test('breaks no rule, no check finds anything, and its workflows lack no credential', () => {
    expect([...problemsOf(shop()), ...lackingCredentials(shop())]).toEqual([]);
    expect(findings(shop())).toEqual([]);
  });

  test('is said by words alone: no raw object, no construct, no patch, no exception', () => {
    const { environments, exceptions } = shop();
    const applications = environments.flatMap((environment) => environment.applications);
    const others = applications.map(({ objects, constructs, patches }) => [objects, constructs, patches]);

    expect(exceptions).toBeUndefined();
    expect(others).toEqual(applications.map(() => [undefined, undefined, undefined]));
    expect(environments.map(({ patches }) => patches)).toEqual(environments.map(() => undefined));
  });

  test('costs at most twenty lines a service', () => {
    const services = [...declared.values()].filter(({ it }) => /\bService\b/.test(it.getText().split('=>')[0] ?? ''));
    const lines = services.map(({ statement, it }) => [it.name.getText(), linesOf(statement)] as const);

    expect(lines.map(([name]) => name)).toEqual(['front', 'api', 'worker', 'mailer', 'cache', 'shipper']);
    expect(lines.filter(([, count]) => count > 20)).toEqual([]);
  });

  test('costs at most fifteen lines for a third environment, the stack file included', () => {
    const list = declared.get('places')?.it.initializer;
    const entries = list !== undefined && ts.isArrayLiteralExpression(list) ? list.elements : [];
    const costs = entries.map((entry, i) => linesOf(entry) + read(`Pulumi.${places[i] ?? ''}.yaml`).split('\n').length);

    expect(costs).toHaveLength(3);
    expect(Math.max(...costs)).toBeLessThanOrEqual(15);
    // And nothing else says which environments there are.
    expect(read('project.ts').match(/'qa'/g)).toEqual(["'qa'"]);
  });

  test.each(places)('has in %s what a shop needs, each as the object that carries it out', (place) => {
    const { objects } = rendered(shop(), place, shop().initialReleases[place]!);
    const kinds = objects.filter(({ application }) => application !== undefined).map(({ object }) => object);
    const names = kinds.filter(({ kind }) => !['NetworkPolicy', 'ConfigMap', 'Service'].includes(kind));
    const ingress = kinds.find(({ kind }) => kind === 'Ingress');

    expect(names.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort()).toEqual([
      'CronJob/nightly-report',
      'DaemonSet/logs',
      'Deployment/api',
      'Deployment/cache',
      'Deployment/front',
      'Deployment/mailer',
      'Deployment/worker',
      'ExternalSecret/orders',
      'ExternalSecret/registry',
      'ExternalSecret/smtp',
      'HorizontalPodAutoscaler/worker',
      'Ingress/shop',
      'Job/migrate',
      'PodDisruptionBudget/api',
      'PodDisruptionBudget/front',
      'PodMonitor/api',
      'PodMonitor/front',
      'PodMonitor/worker',
    ]);
    expect(valueAt(ingress, 'spec', 'tls')).toEqual([
      { hosts: [place === 'prod' ? 'shop.example' : `${place}.shop.example`], secretName: 'shop-tls' },
    ]);
  });

  test('takes a build of either repository into dev, reaches qa by itself when it is healthy, and prod by an approved pull request alone', () => {
    const { stages, supplies } = shop();
    const [dev, qa, prod] = stages;

    expect(supplies.map(({ source, artifacts }) => [source, artifacts])).toEqual([
      ['shop', ['front', 'api', 'worker']],
      ['shop-mailer', ['mailer']],
    ]);
    const starts = [dev, qa, prod].map((stage) => [
      stage?.intake,
      stage?.gate.kind,
      stage?.triggers.map(({ on }) => on),
    ]);
    expect(starts).toEqual([
      [{ from: 'supply', supplies: ['shop', 'mailer'] }, 'none', ['push', 'push']],
      [{ from: 'stages', stages: ['dev'] }, 'none', ['upstreamHealthy']],
      [{ from: 'stages', stages: ['qa'] }, 'pullRequest', ['manual']],
    ]);
  });
});

describe('its repository', () => {
  test('has what a consumer writes, and nothing else', () => {
    expect(readdirSync(folder).filter((file) => !['node_modules', 'dist', '.portolan'].includes(file))).toEqual([
      'Pulumi.dev.yaml',
      'Pulumi.platform.yaml',
      'Pulumi.prod.yaml',
      'Pulumi.qa.yaml',
      'Pulumi.yaml',
      'README.md',
      'cdk8s.yaml',
      'package.json',
      'project.ts',
      'pulumi.mjs',
      'tsconfig.json',
    ]);
  });

  test('shows in its README the graph that is drawn of it', () => {
    expect(read('README.md')).toContain(`\`\`\`mermaid\n${renderMermaid(graphOf(shop())).trim()}\n\`\`\``);
  });
});
