import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../../support/api-server.ts';
import { FakeGitHub } from '../../support/fake-github.ts';
import { copyOut, examples, giveConstruct, sizeOf } from './installed.ts';
import { setUp } from './machine.ts';
import { packPackage, playRegistry, type PlayedRegistry } from './played-registry.ts';
import { previewed, writePreview, type Previewed } from './preview.ts';

const { name } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly name: string };

/** Versions of Node.js that are promised. */
const versions = ['20', '22', '24'] as const;

/** Everything that a page has a reader type, in its order: commands as they stand, and changes of files. */
const typedIn = (page: string): readonly string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^```(sh|diff)\n([^]*?)^```$/gm)].map(([, kind, text = '']) =>
    kind === 'sh' ? text : `git apply --recount --unidiff-zero <<'CHANGE'\n${text}CHANGE\n`,
  );

const applications = ['catalogue', 'catalogue-db', 'frontend', 'recommendation', 'voting'];
const places = ['dev', 'prod', 'staging'];

/** The branches that the start of each example publishes: with several applications, one for each in each environment, and one of the toolchain. */
const published: Readonly<Record<string, readonly string[]>> = {
  'cat-service': ['env/build', 'env/dev', 'env/prod'],
  craftista: [
    ...places.flatMap((place) => applications.map((application) => `app/${place}/${application}`)),
    ...[...places, 'tools'].map((place) => `env/${place}`),
  ],
  first: ['env/dev', 'env/prod'],
  'go-sample-app': ['env/build', 'env/dev', 'env/prod'],
  podinfo: ['dev', 'dev-test', 'prod', 'stg', 'uat'].map((place) => `env/${place}`),
  shop: ['env/dev', 'env/prod', 'env/qa'],
};

/** What somebody sees on a machine with one version of Node.js, from nothing to a preview of what lies around. */
interface Hour {
  readonly node: string;
  readonly typed: string;
  readonly byCdk8s: string;
  readonly lacking: Previewed;
  readonly platform: Previewed;
  readonly dev: Previewed;
}

let packed: string;
let registry: PlayedRegistry;
let gitHub: FakeGitHub;
let cluster: ApiServer;
const hours = new Map<string, PromiseSettledResult<Hour>>();

beforeAll(async () => {
  packed = packPackage();
  registry = await playRegistry(packed);
  gitHub = await FakeGitHub.start('app-token', 'acme', 'shop');
  gitHub.teams.set('maintainers', 7);
  gitHub.installed.push(123456);
  cluster = await ApiServer.start([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } }]);
  // Side by side, because most of it is waiting for a disk.
  const settled = await Promise.allSettled(versions.map(hourOn));
  versions.forEach((version, i) => {
    const one = settled[i];
    if (one !== undefined) hours.set(version, one);
  });
});
afterAll(async () => {
  registry.close();
  await gitHub.stop();
  await cluster.stop();
});

async function hourOn(version: string): Promise<Hour> {
  const { folder, run } = await setUp(version, registry);
  const shop = join(folder, 'shop');
  const node = await run('node --version');
  const typed = await run(typedIn(resolve('docs', 'first-hour.md')).join('\n'));
  const byCdk8s = await run(
    `npx cdk8s synth --no-check-upgrade --output by-cdk8s && npx portolan synth --output by-portolan && diff -r by-cdk8s by-portolan
     rm -rf by-portolan dist && cd test && npm run --silent cdk8s -- synth --no-check-upgrade && cd ..
     find by-cdk8s -name deployment.apps.cart.yaml && diff -r by-cdk8s dist && echo the same from a folder below`,
    shop,
  );
  const preview = async (stack: string): Promise<Previewed> =>
    previewed(
      await run(`PATH="$PWD/node_modules/.bin:$PATH" node preview.mjs ${stack}`, shop, {
        GITHUB_TOKEN: 'app-token',
        KUBECONFIG: cluster.kubeconfig(['cluster'], 'good', join(folder, 'kubeconfig')),
      }),
    );
  writePreview(shop, {});
  const lacking = await preview('platform');
  settle(shop);
  return { node, typed, byCdk8s, lacking, platform: await preview('platform'), dev: await preview('dev') };
}

/** Says everything that a preview asks for, of a GitHub that is played here: its address, its app, and keys made at this moment. */
function settle(shop: string): void {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' });
  const app = { READER_APP_ID: '123457', READER_PRIVATE_KEY: key };
  writePreview(shop, {
    platform: { 'review-program': app, 'verify-ops': app },
    dev: { 'ops-read': { username: 'ann', password: 'a-word' }, 'promote-dev': key, 'publish-dev': key },
  });
  const edit = (file: string, change: (text: string) => string): void => {
    writeFileSync(join(shop, file), change(readFileSync(join(shop, file), 'utf8')));
  };
  const here = (text: string): string => text.replaceAll('https://github.com/', `${gitHub.baseUrl}/`);
  edit('project.ts', (text) => here(text).replace("keys: ['sshPrivateKey']", "keys: ['username', 'password']"));
  edit('Pulumi.platform.yaml', (text) =>
    here(`${text}  github:baseUrl: ${gitHub.baseUrl}/\n`).replace('plan: team', "plan: team\n    appId: '123456'"),
  );
}

/** @throws what went wrong on the machine with that version */
function hour(version: string): Hour {
  const settled = hours.get(version);
  if (settled?.status !== 'fulfilled') throw settled?.reason;
  return settled.value;
}

describe.each(versions)('on Node.js %s', (version) => {
  test('the first hour goes as docs/first-hour.md says, word for word', () => {
    const { node, typed } = hour(version);

    expect(node).toMatch(new RegExp(`^v${version}\\.`));
    for (const line of [
      /✔ publish dev: env\/dev created at /,
      /web: memory limit 256Mi → 512Mi/,
      /\+ Deployment\/cart/,
      /✔ promote to dev: env\/dev updated/,
      /✔ promote to prod: env\/prod updated/,
      /✔ roll prod back: env\/prod updated/,
    ])
      expect(typed).toMatch(line);
    // The runner of Node.js counts what is to be done, and finds none.
    expect(typed.replaceAll(/^(?:#|ℹ) todo 0$/gm, '')).not.toMatch(/todo|npm error/);
  });

  test('cdk8s renders what portolan renders, from a folder below too', () => {
    const { byCdk8s } = hour(version);

    expect(byCdk8s).toMatch(/by-cdk8s\/dev\/\S*deployment\.apps\.cart\.yaml/);
    expect(byCdk8s).toMatch(/the same from a folder below\n$/);
  });

  test('a preview of Pulumi says what it lacks, and then runs the program of this project through Pulumi’s mocks', () => {
    const { lacking, platform, dev } = hour(version);

    expect(lacking).toEqual({
      made: [],
      failed: expect.stringMatching(
        /^portolan: the stack "platform" is not valid[^]*Pulumi\.platform\.yaml: config\.portolan:github\.appId: is missing/,
      ),
    });
    expect(platform.failed).toBeUndefined();
    expect(platform.made.filter((it) => it.startsWith('github:index/repository:'))).toEqual([
      'github:index/repository:Repository shop',
      'github:index/repository:Repository shop-delivery',
      'github:index/repository:Repository shop-ops',
    ]);
    expect(dev.failed).toBeUndefined();
    expect(dev.made.filter((it) => it.startsWith('kubernetes:'))).toEqual([
      'kubernetes:argoproj.io/v1alpha1:AppProject shop-dev',
      'kubernetes:argoproj.io/v1alpha1:Application shop-dev',
      'kubernetes:core/v1:Namespace shop-dev',
      'kubernetes:core/v1:Secret ops-read',
      'kubernetes:core/v1:Secret session',
    ]);
  });
});

describe('the packed package', () => {
  test('has compiled JavaScript, types, schemas and the launcher, and nothing else', () => {
    const files = execFileSync('tar', ['-tzf', packed], { encoding: 'utf8' }).trim().split('\n');
    const shipped =
      /^package\/(package\.json|README\.md|LICENSE|bin\/[a-z-]+\.[cm]js|schemas\/[\w.-]+\.json|lib\/(src|imports)\/.+\.(js|d\.ts)|lib\/carried\/([\w-]+\.js|LICENSES))$/;

    expect(files.filter((file) => !shipped.test(file))).toEqual([]);
    expect(files.length).toBeGreaterThan(500);
  });

  test('is small for whoever only renders, asks for what else a command needs by its name, and keeps its deep paths to itself', async () => {
    const { folder, run } = await setUp('22', registry);
    const shop = join(folder, 'shop');
    await run(`npx --yes ${name} init shop && cd shop && npm install --omit=dev`);
    const { megabytes, packages } = sizeOf(join(shop, 'node_modules'));

    expect(megabytes).toBeLessThanOrEqual(60);
    expect(packages).toBeLessThanOrEqual(120);
    expect(packages).toBeGreaterThan(10);
    expect(await run('npx portolan check', join(shop, 'test'))).toContain('Nothing to mend.');
    expect(await run('npx portolan doctor dev || true', shop)).toContain(
      'needs the package @kubernetes/client-node, which is not installed',
    );
    const deep = `import('${name}/lib/src/cli/main.js').catch(({ code }) => console.log(code))`;
    expect(await run(`node --input-type=module -e "${deep}"`, shop)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED\n');
  });

  test('fails where there is no project, with the word that begins one, and writes nothing', async () => {
    const { folder, run } = await setUp('22', registry);
    mkdirSync(join(folder, 'empty'));

    expect(await run(`npx --yes ${name} check || true`, join(folder, 'empty'))).toContain(
      'or begin one: npx portolan init DIR',
    );
    expect(readdirSync(join(folder, 'empty'))).toEqual([]);
  });

  test.each(examples)('is enough for a copy of examples/%s, which renders what it renders here', async (example) => {
    const { folder, run } = await setUp('24', registry);
    const copy = join(folder, example);
    copyOut(example, copy, name);
    await run('npm install --omit=dev && npx portolan check && npx portolan synth --output out', copy);
    const here = join(folder, 'here');
    await run(`node ${resolve('bin', 'portolan.cjs')} synth --output ${here}`, resolve('examples', example));

    expect(await run(`diff -r out ${here} && echo the same`, copy)).toBe('the same\n');
    expect(await run('npm start', copy)).toContain('Nothing left this machine.');
    const branches = "git --git-dir .portolan/ops.git for-each-ref --format='%(refname:lstrip=2)' refs/heads";
    expect((await run(branches, copy)).trim().split('\n')).toEqual(published[example]);
    if (example !== 'first') return;
    // What init writes takes constructs of a library that comes with Portolan.
    giveConstruct(copy);
    expect(await run('npx portolan check --twice', copy)).toContain('Nothing to mend.');
    expect(
      await run('npx portolan synth --output out && cat out/dev/manifests/*/configmap.hours.yaml', copy),
    ).toContain('web: web-svc');
  });
});
