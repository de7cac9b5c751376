import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peer } from './peers.ts';
import { secondsOf } from './promotion.ts';
import { ratioOf, root, type Measure } from './ratio.ts';

const folder = join(root, 'scripts', 'bench', 'many');

/** Runs a command of the large project; gives its processor time in seconds. */
const portolan = (call: string, variables: string): number =>
  secondsOf(`env ${variables} node ${root}/bin/portolan.cjs ${call} > /dev/null`, folder);

function inScratch<Result>(use: (scratch: string) => Result): Result {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    return use(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** 300 services in each of two environments: 2,416 objects. */
const several = 'BENCH_SERVICES=300';

/** 600 in one: 2,408. */
const many = 'BENCH_SERVICES=600 BENCH_ONLY=dev';

/** A command that looks at the published branches of the large project, beside `check` of it. */
const besideCheck = (call: string): number =>
  inScratch((scratch) => {
    const ops = join(scratch, 'ops.git');
    secondsOf(`git init --quiet --bare ${ops}`, scratch);
    for (const place of ['dev', 'prod']) portolan(`publish ${place} --ops ${ops} --allow-unmerged`, several);
    return ratioOf(
      () => portolan(`${call} --ops ${ops}`, several),
      () => portolan('check', several),
      5,
    );
  });

/** Every manifest of an environment that was rendered into a folder, path by path. */
function manifestsIn(rendered: string): readonly string[] {
  const manifests = join(rendered, 'manifests');
  return readdirSync(manifests, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => readFileSync(join(manifests, path), 'utf8'));
}

/** Two trees of which 120 objects differ: `diff --trees`, beside dyff, which is given all objects of each in one file. */
const besideDyff = (): number =>
  inScratch((scratch) => {
    const sides = ['no', 'yes'].map((changed) => {
      const out = join(scratch, changed);
      portolan(`synth --output ${out}`, `${many} BENCH_CHANGED=${changed}`);
      const whole = `${out}.yaml`;
      writeFileSync(whole, manifestsIn(join(out, 'dev')).join('---\n'));
      return { tree: join(out, 'dev', 'manifests'), whole };
    });
    const trees = sides.map(({ tree }) => tree).join(' ');
    const wholes = sides.map(({ whole }) => whole).join(' ');
    // Whoever is quicker because it sees less is not quicker.
    const found = said(`node ${root}/bin/portolan.cjs diff --trees ${trees}`, /^~ \S+\/(\S+)/gm);
    const foundByDyff = said(
      `${peer('dyff')} between --omit-header ${wholes}`,
      /^\S+ {2}\(v1\/ConfigMap\/(?:[^/)]+\/)?([^/)]+)\)/gm,
    );
    if (![...foundByDyff].every((name) => found.has(name)) || foundByDyff.size === 0)
      throw new Error(`bench: dyff found ${foundByDyff.size} objects, and portolan ${found.size}`);
    return ratioOf(
      () => portolan(`diff --trees ${trees}`, ''),
      () => secondsOf(`${peer('dyff')} between ${wholes} > /dev/null`, scratch),
    );
  });

function said(line: string, pattern: RegExp): ReadonlySet<string> {
  // Colours are there wherever CI is set, too.
  const env = { ...process.env, NO_COLOR: '1' };
  const text = execFileSync('bash', ['-c', line], { cwd: folder, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  return new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
}

/** 4,000 objects of one environment, rendered and checked, beside kustomize, which is given their files in one kustomization. */
const besideKustomize = (): number =>
  inScratch((scratch) => {
    const variables = 'BENCH_SERVICES=1000 BENCH_ONLY=dev';
    portolan(`synth --output ${join(scratch, 'out')}`, variables);
    const texts = manifestsIn(join(scratch, 'out', 'dev'));
    const base = join(scratch, 'base');
    mkdirSync(base);
    texts.forEach((text, i) => {
      writeFileSync(join(base, `${i}.yaml`), text);
    });
    writeFileSync(join(base, 'kustomization.yaml'), `resources:\n${texts.map((_, i) => `  - ${i}.yaml\n`).join('')}`);
    return ratioOf(
      () => portolan('check', variables),
      () => secondsOf(`${peer('kustomize')} build ${base} > /dev/null`, scratch),
      1,
    );
  });

/** What whole commands take for thousands of objects. */
export const commandMeasures: readonly Measure[] = [
  {
    words:
      'status of 2416 objects, of which the last status found that they are as rendered, takes %s of the processor time of check',
    atMost: 0.6,
    measure: () => besideCheck('status --no-cluster'),
  },
  {
    words: 'diff of 2416 objects takes %s of the processor time of check',
    atMost: 1.2,
    measure: () => besideCheck('diff'),
  },
  {
    words: 'the difference of two trees of 2406 objects, of which 5 % differ, takes %s of the processor time of dyff',
    atMost: 0.7,
    measure: besideDyff,
  },
  {
    words: 'rendering and checking 4000 objects takes %s of the processor time of kustomize',
    // Kustomize's work grows with the square of the objects and lives on memory: it takes twice as long where others use the machine.
    atMost: 1 / 5,
    measure: besideKustomize,
  },
];
