/**
 * `npm run bench`: the speeds that are promised, each as a ratio against something else in this very run.
 *
 *     process  what runs behind `npm run synth`, beside a Node.js process that only loads cdk8s and cdk8s-plus-28
 *     growth   rendering ten times the objects, up to 10,000
 *     review   checking and diffing 4,000 objects, beside rendering them, and ten times the objects, up to 10,000
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Delivery } from '../src/model/delivery.ts';
import type { Environment } from '../src/model/environment.ts';
import type { Service } from '../src/model/service.ts';
import { renderEnvironment } from '../src/render/render-environment.ts';
import type { RenderedEnvironment } from '../src/render/rendered-environment.ts';
import { checkEnvironment } from '../src/review/check-environment.ts';
import { diffTrees } from '../src/review/diff/diff-trees.ts';
import { SchemaCatalog } from '../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../src/review/schema/schema-files.ts';
import { validDelivery } from '../test/support/valid-delivery.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pairs = 7;
const catalog = new SchemaCatalog(schemaReader(root));

interface Measure {
  readonly name: string;
  readonly ratio: number;
  readonly atMost: number;
  readonly words: string;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Runs both in turn, so that a machine that slows down slows both, and takes the median ratio of the pairs. */
function ratioOf(a: () => number, b: () => number): number {
  a();
  b();
  return median(Array.from({ length: pairs }, () => a() / b()));
}

function processSeconds(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`);
  return (performance.now() - start) / 1000;
}

/** A delivery whose first environment renders at least `count` objects. */
function deliveryOf(count: number): { readonly delivery: Delivery; readonly environment: Environment } {
  const delivery = validDelivery();
  const environment = delivery.environments[0];
  const application = environment?.applications[0];
  const model = application?.services[0];
  if (environment === undefined || application === undefined || model === undefined) throw new Error('the valid delivery has no service');
  const copy = (i: number): Service => ({ ...model, name: `${model.name}-${i}`, names: {}, configs: (model.configs ?? []).map((config) => ({ ...config })), routes: [], connects: [] });
  const perService = renderedBy(delivery, { ...environment, applications: [{ ...application, services: [...application.services, renamed(copy(0), 0)] }] }).objects.length - renderedBy(delivery, environment).objects.length;
  const services = Array.from({ length: Math.ceil(count / perService) }, (_, i) => renamed(copy(i), i));
  return { delivery, environment: { ...environment, applications: [{ ...application, services: [...application.services, ...services] }] } };
}

/** Configs carry names of their own, so each copy needs its own. */
function renamed(service: Service, i: number): Service {
  const rename = (name: string): string => `${name}-${i}`;
  return {
    ...service,
    configs: (service.configs ?? []).map((config) => ({ ...config, name: rename(config.name) })),
    volumes: (service.volumes ?? []).map((volume) => (volume.kind === 'config' ? { ...volume, config: rename(volume.config) } : volume)),
    containers: service.containers.map((container) => ({ ...container, ...(container.envFrom === undefined ? {} : { envFrom: container.envFrom.map(rename) }) })),
  };
}

function renderedBy(delivery: Delivery, environment: Environment): RenderedEnvironment {
  return renderEnvironment(delivery, environment, delivery.initialReleases[environment.name] ?? { images: {} }, { opsRepository: 'https://example.com/ops.git' });
}

/** Processor time of work in this process: a machine that is busy with something else does not lengthen it. */
function seconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function measureProcess(): Measure {
  const output = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    const load = "import('cdk8s').then(() => import('cdk8s-plus-28'))";
    const ratio = ratioOf(() => processSeconds(['bin/portolan.mjs', 'synth', '--output', output]), () => processSeconds(['-e', load]));
    return { name: 'process', ratio, atMost: 2, words: 'the process behind "npm run synth" takes %s of the time of a Node.js process that only loads cdk8s and cdk8s-plus-28' };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

function measureGrowth(): readonly Measure[] {
  return [100, 1000].map((small) => {
    const few = deliveryOf(small);
    const many = deliveryOf(small * 10);
    const ratio = ratioOf(() => seconds(() => renderedBy(many.delivery, many.environment)), () => seconds(() => renderedBy(few.delivery, few.environment)));
    return { name: `growth to ${small * 10}`, ratio, atMost: 11, words: `rendering ${small * 10} objects takes %s of the time of ${small}` };
  });
}

/** What `portolan publish` does beside rendering: every check, schemas and the branch included, and the difference to the branch. */
function reviewOf(count: number): { readonly render: () => unknown; readonly review: () => unknown } {
  const { delivery, environment } = deliveryOf(count);
  const render = (): RenderedEnvironment => renderedBy(delivery, environment);
  const rendered = render();
  const before = rendered.objects.map((item, i) => (i % 2 === 0 ? item : { ...item, object: { ...item.object, metadata: { ...item.object.metadata, annotations: { changed: 'yes' } } } }));
  const published = before.map(({ object }) => object);
  return { render, review: () => [checkEnvironment({ delivery, environment, rendered, published, catalog }), diffTrees(before, rendered.objects)] };
}

function measureReview(): readonly Measure[] {
  const { render, review } = reviewOf(4000);
  const beside = ratioOf(() => seconds(review), () => seconds(render));
  const [few, many] = [reviewOf(1000), reviewOf(10_000)];
  const growth = ratioOf(() => seconds(many.review), () => seconds(few.review));
  return [
    { name: 'review', ratio: beside, atMost: 1, words: 'checking and diffing 4000 objects takes %s of the time of rendering them' },
    { name: 'growth of review to 10000', ratio: growth, atMost: 11, words: 'checking and diffing 10000 objects takes %s of the time of 1000' },
  ];
}

const measures = [measureProcess(), ...measureGrowth(), ...measureReview()];
for (const { ratio, atMost, words } of measures) {
  const verdict = ratio <= atMost ? '✔' : '✖';
  process.stdout.write(`${verdict} ${words.replace('%s', `${ratio.toFixed(2)} times`)} (at most ${atMost})\n`);
}
process.exitCode = measures.every(({ ratio, atMost }) => ratio <= atMost) ? 0 : 1;
