import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ApiServer } from '../support/api-server.ts';
import { gitIn, temporaryFolder } from '../support/git.ts';
import { PlayedImages } from '../support/played-images.ts';
import { ProjectCopy } from '../support/project-copy.ts';
import '../support/patience.ts';
import { startNetwork, type Answer, type Network } from '../workflows/runner/played/network.ts';

/** What is typed after `portolan`, what is said then, and the exit code where it is not 0. */
type Typed = readonly [line: string, said: string, code?: number];

/** What is typed in an example, in this order, after `npm start`. */
interface Example {
  readonly name: string;
  /** Default branch of its source. @default 'main' */
  readonly branch?: string;
  /** Text of project.ts that stands for the first commit of the source. @default - nothing does */
  readonly firstCommit?: string;
  /** Workflows that the source has. @default - none that anybody asks for */
  readonly checks?: readonly string[];
  readonly typed: readonly Typed[];
}

const drawn: Typed = ['graph --format mermaid --initial', 'flowchart LR'];
const published: Typed = ['publish --help', 'Usage: portolan publish'];

/** What there is to say of an environment that nobody has changed yet. */
const asPublished = (environment: string, release: string): readonly Typed[] => [
  drawn,
  published,
  [`diff ${environment} --exit-code`, `${environment}: no manifest changes`],
  [`verify ${environment}`, `${environment} at COMMIT is what this program renders for ${release}.`],
];

/** What somebody asks afterwards. */
const atTheEnd = (environment: string): readonly Typed[] => [
  [`unhold ${environment}`, `Automation may change ${environment} again.`],
  [`history ${environment}`, 'by ann; program COMMIT'],
  [`status ${environment} --no-cluster`, `branch    env/${environment} at COMMIT, as this program renders it`],
];

const reviewed = 'wrote  .github/workflows/portolan-review-program.yaml';

const examples: readonly Example[] = [
  {
    name: 'cat-service',
    typed: [
      ...asPublished('prod', 'b9.20210710.200537'),
      ['promote dev --newest --source ../cat-service', 'promote to dev: env/dev updated'],
      ['promote dev --newest --source ../cat-service --source-commit "$SHA"', 'promote to dev: env/dev is as it was'],
      ['promote prod --from dev', 'promote to prod: env/prod updated'],
      ['hold dev --reason "the cats are being fed"', 'Automation leaves dev alone until'],
      ['rollback prod', 'prod: COMMIT → b9.20210710.200537'],
      ['workflows --write', reviewed],
      ...atTheEnd('dev'),
    ],
  },
  {
    name: 'go-sample-app',
    branch: 'master',
    firstCommit: '5d0c2f1e8a9b4c7d6e3f2a1b0c9d8e7f6a5b4c3d',
    typed: [
      ...asPublished('prod', 'FIRST'),
      ['promote dev --newest --source ../go-sample-app', 'promote to dev: env/dev updated'],
      ['promote dev --newest --source ../go-sample-app --source-commit "$SHA"', 'promote to dev: env/dev is as it was'],
      ['promote prod --from dev --source ../go-sample-app', 'promote to prod: env/prod updated'],
      ['hold dev --reason "we look at it"', 'Automation leaves dev alone until'],
      ['rollback prod', 'prod: COMMIT → FIRST'],
      ['workflows --write', reviewed],
      ...atTheEnd('dev'),
    ],
  },
  {
    name: 'podinfo',
    checks: ['test', 'chart-install', 'chart-policy'],
    typed: [
      ...asPublished('uat', '1.1.4'),
      ['promote dev --newest --source ../podinfo', 'promote to dev: env/dev updated'],
      ['hold dev --reason "a demo"', 'Automation leaves dev alone until'],
      ['promote dev-test --image podinfo-chart=ghcr.io/acme/charts/podinfo:1.1.5', 'promote to dev-test: env/dev-test'],
      ['promote uat --from dev-test', 'promote to uat: env/uat updated'],
      ['history dev-test', '1.1.4 → 1.1.5  by ann'],
      ['rollback uat', 'uat: 1.1.5 → 1.1.4'],
      ['hold dev-test --reason "a look"', 'Automation leaves dev-test alone until'],
      ['workflows --write --repository podinfo=../podinfo', '/.github/workflows/portolan-deliver-releases.yaml'],
      ...atTheEnd('dev-test'),
    ],
  },
  {
    name: 'shop',
    firstCommit: '0000000000000000000000000000000000000001',
    typed: [
      ...asPublished('qa', 'FIRST'),
      ['doctor dev', 'things are lacking for dev.', 1],
      ['promote dev --image front=ghcr.io/acme/front:$SHA --source shop=../shop', 'promote to dev: env/dev updated'],
      ['promote qa --from dev --source shop=../shop', 'promote to qa: env/qa updated'],
      [
        'promote prod --from qa --source shop=../shop --source shop-mailer=../shop-mailer',
        'promote to prod: env/prod updated',
      ],
      ['rollback qa', 'qa: '],
      ['hold dev --reason "a sale"', 'Automation leaves dev alone until'],
      ['workflows --write', reviewed],
      ...atTheEnd('dev'),
    ],
  },
  {
    name: 'first',
    firstCommit: '0000000000000000000000000000000000000001',
    typed: [
      drawn,
      ['--help', 'Usage: portolan'],
      ['diff', 'dev: no manifest changes'],
      ['synth', 'dist'],
      ['verify prod', 'prod at COMMIT is what this program renders'],
      ['promote dev --image web=REPOSITORY:TAG --source ../first', 'promote to dev: env/dev updated'],
      ['rollback dev', 'Automation may not undo it until: npx portolan unhold dev'],
      ['hold prod --reason "a look"', 'Automation leaves prod alone until'],
      ['unhold prod', 'Automation may change prod again.'],
      ['workflows --write', reviewed],
      ...atTheEnd('dev'),
    ],
  },
  {
    name: 'craftista',
    typed: [
      drawn,
      published,
      ['diff tools --exit-code', 'tools: no manifest changes'],
      ['verify prod', 'prod/voting at COMMIT is what this program renders for 1.0.1.'],
      ['history dev', 'voting: 1.0.1  by ann'],
      ['workflows --write', 'wrote  .github/workflows/portolan-publish-program.yaml'],
      [
        'promote dev --application voting --image voting=nitheesh86/microservice-voting:1.1.0 --no-resolve --allow-older',
        'promote to dev/voting: app/dev/voting updated',
      ],
      [
        'promote staging --application voting --from dev --no-resolve --allow-older',
        'promote to staging/voting: app/staging/voting updated',
      ],
      ['hold staging --application voting --reason "we count votes"', 'Automation leaves staging/voting alone until'],
      ['rollback staging --application voting', 'staging/voting: 1.1.0 → 1.0.1'],
      ['unhold staging --application voting', 'Automation may change staging/voting again.'],
      ['status staging', 'branch    app/staging/catalogue-db at COMMIT, as this program renders it'],
      // In a cluster without Kargo: what is missing, and the lines that install it.
      ['doctor tools', 'Kargo 1.11 or later: the cluster does not know Promotion', 1],
      ['doctor tools', 'kubectl --context craftista apply -f https://', 1],
      ['doctor tools', 'helm --kube-context craftista upgrade --install kargo oci://', 1],
    ],
  },
];

/** Of which every registry here has the images. */
const images = new PlayedImages();
let network: Network;
let cluster: ApiServer;

beforeAll(async () => {
  const answer: Answer = (request, response) => {
    images.serve(request, response);
  };
  const registries = ['ghcr.io', 'gcr.io', 'registry-1.docker.io'].map((host) => [host, answer] as const);
  network = await startNetwork(temporaryFolder(), Object.fromEntries(registries), answer);
  cluster = await ApiServer.start([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } }]);
});
afterAll(async () => {
  await network.stop();
  await cluster.stop();
});

describe.each(examples)('the commands, in the example $name', (example) => {
  const { name, branch = 'main', firstCommit, checks = [], typed } = example;
  const copy = new ProjectCopy(name);
  const source = temporaryFolder();
  const commits: string[] = [];

  /** Runs a line of a person, with the launcher of this repository, as the example's own dependency is. */
  async function run(line: string): Promise<{ readonly code: number | null; readonly text: string }> {
    const [, sha = ''] = commits;
    const meant = line
      .replaceAll(new RegExp(`\\.\\./${name}[\\w-]*`, 'g'), source)
      .replace('REPOSITORY:TAG', `ghcr.io/acme/web:${sha}`);
    const { code, stdout, stderr } = await copy.runShell(`node ${resolve('bin/portolan.cjs')} ${meant}`, {
      env: {
        SHA: sha,
        // Nothing is delivered to that cluster: whoever is asked for health would have no answer.
        ...(line.startsWith('doctor ') ? { KUBECONFIG: cluster.kubeconfig([name]) } : {}),
        HTTPS_PROXY: network.proxy,
        NO_PROXY: '127.0.0.1',
        NODE_EXTRA_CA_CERTS: network.certificate,
      },
    });
    const text = copy.plain(stdout + stderr).replaceAll(source, 'FOLDER');
    return { code, text: commits[0] === undefined ? text : text.replaceAll(commits[0], 'FIRST') };
  }

  beforeAll(async () => {
    gitIn(source, 'init', '--quiet', '--initial-branch', branch);
    for (const message of ['First', 'Second']) {
      gitIn(source, 'commit', '--quiet', '--allow-empty', '--message', message);
      commits.push(gitIn(source, 'rev-parse', 'HEAD'));
    }
    for (const check of checks) {
      mkdirSync(join(source, '.github', 'workflows'), { recursive: true });
      writeFileSync(join(source, '.github', 'workflows', `${check}.yaml`), 'on: workflow_call\n');
    }
    images.images.clear();
    for (const [i, tags] of [['b9.20210710.200537'], ['b10.20261129.120000', '1.1.5']].entries())
      for (const tag of [commits[i]!, `${commits[i]!}-2026112${i}120000`, ...tags]) images.images.set(tag, commits[i]!);
    if (firstCommit !== undefined) {
      copy.edit('project.ts', (text) => text.replace(firstCommit, commits[0]!));
      copy.commit('Begin with a commit that this source has');
    }
    expect(await run('start')).toMatchObject({ code: 0, text: expect.stringContaining('Look at it:') });
  });

  test.each(typed)('do there what they do elsewhere: portolan %s', async (line, said, code = 0) => {
    expect(await run(line)).toEqual({ code, text: expect.stringContaining(said) });
  });

  test('are all those that its README types', () => {
    const lines = [...readFileSync(`examples/${name}/README.md`, 'utf8').matchAll(/npx portolan ([^`\n#|]*)/g)];

    expect(lines.length).toBeGreaterThan(0);
    expect(typed.map(([line]) => line)).toEqual(expect.arrayContaining(lines.map(([, line = '']) => line.trim())));
  });
});
