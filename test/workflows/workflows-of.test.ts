import { unitOf } from '../../src/model/derived/units.ts';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import project from '../../project.ts';
import { allActionsEnvironments } from '../../src/model/derived/actions-environments.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { unitWorkflows, repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import { settings } from '../support/settings.ts';

interface RenderedStep {
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
  readonly env?: Record<string, string>;
}
interface RenderedJob {
  readonly 'timeout-minutes'?: number;
  readonly permissions?: Record<string, string>;
  readonly environment?: string;
  readonly if?: string;
  readonly steps: readonly RenderedStep[];
}
interface RenderedWorkflow {
  readonly on: Record<string, unknown>;
  readonly permissions: unknown;
  readonly concurrency?: unknown;
  readonly jobs: Record<string, RenderedJob>;
}

const delivery = project(settings);

const filesOf = (of: Delivery): [string, string][] => [
  ...Object.entries(repositoryWorkflows(of)).flatMap(([repository, files]) =>
    [...files].map(([path, text]): [string, string] => [`${repository}/${path}`, text]),
  ),
  ...of.environments.flatMap(({ name }) =>
    [...unitWorkflows(of, unitOf(of, { environment: name }))].map(([path, text]): [string, string] => [
      `env/${name}/${path}`,
      text,
    ]),
  ),
];
const workflow = (path: string, of: Delivery = delivery): RenderedWorkflow =>
  parse(Object.fromEntries(filesOf(of))[path] ?? '') as RenderedWorkflow;
const scriptOf = (job: RenderedJob | undefined): string => job?.steps.map((step) => step.run ?? '').join('\n') ?? '';

describe('the workflows of the three repositories', () => {
  test('log in to the registry by a name that is no secret, because GitHub drops every output with a secret in it, and an image has the name of its account', () => {
    const { build } = workflow('devops-kubernetes/.github/workflows/portolan-deliver-images.yaml').jobs;

    expect(build?.steps.find(({ name }) => name === 'Log in to the registry')?.with).toEqual({
      username: '${{ vars.DOCKERHUB_USERNAME }}',
      password: '${{ secrets.DOCKERHUB_TOKEN }}',
    });
  });

  test('are these files', () => {
    expect(filesOf(delivery).map(([path]) => path)).toEqual([
      'devops-kubernetes/.github/workflows/portolan-deliver-images.yaml',
      'devops-kubernetes/.github/workflows/portolan-tag-production.yaml',
      'devops-kubernetes/.github/workflows/portolan-release-production.yaml',
      'the-project-delivery/.github/workflows/portolan-review-program.yaml',
      'the-project-delivery/.github/workflows/portolan-publish-program.yaml',
      'env/staging/.github/workflows/portolan-verify.yaml',
      'env/production/.github/workflows/portolan-verify.yaml',
    ]);
  });

  test.each(filesOf(delivery))('%s gives nothing away', (_path, text) => {
    const { permissions, concurrency, jobs } = parse(text) as RenderedWorkflow;

    expect(permissions).toEqual({});
    expect(concurrency).toBeUndefined();
    for (const job of Object.values(jobs)) {
      expect(job['timeout-minutes']).toBeGreaterThan(0);
      expect(Object.values(job.permissions ?? { missing: 'write-all' })).not.toContain('write-all');
      if (JSON.stringify(job.steps).includes('secrets.')) expect(job.environment).toBeDefined();
      for (const step of job.steps) {
        expect(step.run ?? '').not.toContain('${{');
        if (step.uses !== undefined) expect(step.uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        if (step.uses?.startsWith('actions/checkout@') === true) expect(step.with?.['persist-credentials']).toBe(false);
      }
    }
  });

  test('a job that promotes or publishes has the whole history', () => {
    const writers = filesOf(delivery)
      .flatMap(([, text]) => Object.values((parse(text) as RenderedWorkflow).jobs))
      .filter((job) => /portolan (promote|publish)/.test(scriptOf(job)));

    expect(writers.map((job) => job.environment)).toEqual(['staging', 'production', 'staging', 'production']);
    for (const job of writers) {
      const checkouts = job.steps.filter((step) => step.uses?.startsWith('actions/checkout@'));
      expect(checkouts.length).toBeGreaterThan(0);
      for (const step of checkouts) expect(step.with?.['fetch-depth']).toBe(0);
    }
  });

  test.each(filesOf(delivery))('%s has the whole history wherever a job compares commits', (_path, text) => {
    const { jobs, on } = parse(text) as RenderedWorkflow;
    if (JSON.stringify(on).includes('"tags"')) return;
    const comparing = Object.values(jobs).filter((job) => /\bportolan\b|\bgit (?!clone|config)/.test(scriptOf(job)));
    const checkouts = comparing.flatMap(({ steps }) =>
      steps.filter(({ uses }) => uses?.startsWith('actions/checkout@') === true),
    );

    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.filter((step) => step.with?.['fetch-depth'] !== 0)).toEqual([]);
  });

  test('log in to the host that the images go to, with the token of the run where that is what is declared', () => {
    const onGhcr: Delivery = {
      ...delivery,
      artifacts: [
        ...delivery.artifacts.map((artifact) => ({ ...artifact, repository: `ghcr.io/acme/${artifact.name}` })),
        { name: 'chart', kind: 'chart', repository: 'https://charts.example.com', scheme: { kind: 'semver' } },
      ],
      credentials: delivery.credentials.map((credential) =>
        credential.purpose === 'registryPush'
          ? { ...credential, store: { ...credential.store, keys: ['GITHUB_TOKEN'] } }
          : credential,
      ),
    };
    const text = filesOf(onGhcr).find(([path]) => path.endsWith('deliver-images.yaml'))?.[1] ?? '';
    const { build, ...others } = (
      parse(text) as { jobs: Record<string, { permissions: unknown; steps: { name: string; with?: unknown }[] }> }
    ).jobs;

    expect(build?.permissions).toEqual({ contents: 'read', packages: 'write' });
    expect(build?.steps.filter(({ name }) => name.startsWith('Log in')).map((step) => step.with)).toEqual([
      { registry: 'ghcr.io', username: '${{ github.actor }}', password: '${{ secrets.GITHUB_TOKEN }}' },
    ]);
    expect(Object.values(others).map(({ permissions }) => permissions)).toEqual([{ contents: 'read' }]);
    const release = filesOf(onGhcr).find(([path]) => path.endsWith('release-production.yaml'))?.[1] ?? '';
    expect(release.match(/registry: .*/g)).toEqual(['registry: ghcr.io']);
    const hub = filesOf(delivery).find(([path]) => path.endsWith('deliver-images.yaml'))?.[1] ?? '';
    expect(hub).not.toMatch(/registry:|packages:/);
  });

  test('a push to main builds each image once and promotes the references with their digests', () => {
    const { on, jobs } = workflow('devops-kubernetes/.github/workflows/portolan-deliver-images.yaml');

    expect(on).toEqual({ push: { branches: ['main'] } });
    expect(
      jobs['build']?.steps
        .filter((step) => step.uses?.startsWith('docker/build-push-action@'))
        .map((step) => step.with?.['tags']),
    ).toEqual([
      'arkb2023/todo-backend:${{ github.sha }}',
      'arkb2023/todo-app:${{ github.sha }}',
      'arkb2023/broadcaster:${{ github.sha }}',
    ]);
    expect(scriptOf(jobs['promote-staging'])).toContain('portolan promote staging --ops "$OPS_REPOSITORY"');
    expect(scriptOf(jobs['promote-staging'])).toContain('--image "todo-app=$IMAGE_TODO_APP"');
  });

  test('a tag moves what staging verified and builds nothing', () => {
    const { jobs } = workflow('devops-kubernetes/.github/workflows/portolan-release-production.yaml');

    expect(Object.keys(jobs)).toEqual(['admit', 'promote-production']);
    expect(scriptOf(jobs['promote-production'])).toContain('--from staging');
    expect(scriptOf(jobs['promote-production'])).toContain('--tag-images');
  });

  test('a job that a pull request starts is given a key that can only read, and that no other job has', () => {
    const keysIn = (job: RenderedJob): readonly string[] =>
      [...JSON.stringify(job).matchAll(/secrets\.(\w+)/g)].map((match) => match[1] ?? '');
    const jobs = filesOf(delivery).flatMap(([, text]) => {
      const parsed = parse(text) as RenderedWorkflow;
      return Object.values(parsed.jobs).map((job) => ({ job, reviewed: !('pull_request' in parsed.on) }));
    });
    const keys = (reviewed: boolean): readonly string[] => [
      ...new Set(jobs.filter((one) => one.reviewed === reviewed).flatMap(({ job }) => keysIn(job))),
    ];

    expect(keys(false)).toEqual(['READER_PRIVATE_KEY']);
    expect([...keys(true)].sort()).toEqual(['DOCKERHUB_TOKEN', 'PROMOTER_PRIVATE_KEY']);
  });

  test('a token is asked for with an input that is not deprecated', () => {
    const text = filesOf(delivery)
      .map(([, file]) => file)
      .join('\n');

    expect(text).toContain('client-id: ${{ vars.PROMOTER_APP_ID }}');
    expect(text).not.toContain('app-id:');
  });

  test('a tag builds where the model says rebuild', () => {
    const rebuilding: Delivery = {
      ...delivery,
      stages: delivery.stages.map((stage) => (stage.name === 'production' ? { ...stage, rebuild: true } : stage)),
    };
    const { jobs } = workflow('devops-kubernetes/.github/workflows/portolan-release-production.yaml', rebuilding);

    expect(Object.keys(jobs)).toEqual(['admit', 'build', 'promote-production']);
    expect(scriptOf(jobs['promote-production'])).not.toContain('--from');
    expect(scriptOf(jobs['promote-production'])).toContain('--git-tag "$GIT_TAG"');
    const build = jobs['build']?.steps ?? [];
    expect(build.find(({ run }) => run !== undefined)?.run).toBe('echo "tag=${GIT_TAG//+/_}" >> "$GITHUB_OUTPUT"');
    expect(build.flatMap((step) => step.with?.['tags'] ?? [])).toEqual([
      'arkb2023/todo-backend:${{ steps.image-tag.outputs.tag }}',
      'arkb2023/todo-app:${{ steps.image-tag.outputs.tag }}',
      'arkb2023/broadcaster:${{ steps.image-tag.outputs.tag }}',
    ]);
    expect(
      allActionsEnvironments(rebuilding)
        .filter(({ environment }) => environment === 'build')
        .map(({ branches, tags }) => ({ branches, tags })),
    ).toEqual([{ branches: ['main'], tags: [] }]);
  });

  test('the job that may comment on a pull request runs none of its code', () => {
    const jobs = Object.values(workflow('the-project-delivery/.github/workflows/portolan-review-program.yaml').jobs);
    const commenting = jobs.filter((job) => job.permissions?.['pull-requests'] === 'write');

    expect(commenting).toHaveLength(1);
    expect(commenting[0]?.steps.map((step) => step.uses)).toEqual([undefined]);
    expect(scriptOf(commenting[0])).not.toMatch(/npm|npx|node/);
  });

  test('one repository for source and program gets both, with one checkout', () => {
    const together: Delivery = {
      ...delivery,
      repositories: delivery.repositories.flatMap((repository) =>
        repository.holds.includes('program')
          ? []
          : [repository.holds.includes('source') ? { ...repository, holds: ['source', 'program'] } : repository],
      ),
      credentials: delivery.credentials.map((credential) =>
        credential.store.kind === 'githubActions' && credential.store.repository === 'the-project-delivery'
          ? { ...credential, store: { ...credential.store, repository: 'devops-kubernetes' } }
          : credential,
      ),
    };

    expect(Object.keys(repositoryWorkflows(together))).toEqual(['devops-kubernetes']);
    expect([...(repositoryWorkflows(together)['devops-kubernetes'] ?? new Map()).keys()]).toHaveLength(5);
    const job = workflow('devops-kubernetes/.github/workflows/portolan-deliver-images.yaml', together).jobs[
      'promote-staging'
    ];
    expect(job?.steps.filter((step) => step.uses?.startsWith('actions/checkout@'))).toHaveLength(1);
  });

  test('fails when the credential of a job is not declared', () => {
    const without: Delivery = {
      ...delivery,
      credentials: delivery.credentials.filter(({ name }) => name !== 'promote-staging'),
    };

    expect(() => repositoryWorkflows(without)).toThrow(
      'portolan: credentials: the workflows of devops-kubernetes need one with purpose "gitPush" in the GitHub environment "staging"; ' +
        "add { purpose: 'gitPush', store: { kind: 'githubActions', repository: 'devops-kubernetes', environment: 'staging', … } }",
    );
  });
});

describe('workflows on a GitHub Enterprise server', () => {
  const elsewhere = (of: Delivery): Delivery => ({
    ...of,
    repositories: of.repositories.map((repository) => ({
      ...repository,
      url: repository.url.replace('https://github.com/', 'https://git.acme.example/'),
    })),
  });

  test('are the same files, where the server is named', () => {
    const named = { ...elsewhere(delivery), gitHubHost: 'git.acme.example' };

    expect(Object.keys(Object.fromEntries(filesOf(named)))).toEqual(Object.keys(Object.fromEntries(filesOf(delivery))));
    expect(filesOf(named).length).toBeGreaterThan(0);
  });

  test('are none at a server that nothing names', () => {
    expect(filesOf(elsewhere(delivery))).toEqual([]);
  });
});
