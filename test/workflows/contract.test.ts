import { unitOf } from '../../src/model/derived/units.ts';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { allActionsEnvironments } from '../../src/model/derived/actions-environments.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { matchesPatterns } from '../../src/model/formats/git-pattern.ts';
import { pushesOf } from '../../src/model/derived/pushes.ts';
import { carriedOutProperties } from '../../src/model/rules/carried-out/carried-out-properties.ts';
import { carriedOutTriggers } from '../../src/model/rules/carried-out/carried-out-triggers.ts';
import { carriedOutWords } from '../../src/model/rules/carried-out/carried-out-words.ts';
import { carriedOutChecks } from '../../src/model/rules/carried-out/carried-out-checks.ts';
import type { Trigger } from '../../src/model/supply.ts';
import { unitWorkflows, repositoryWorkflows } from '../../src/workflows/workflows-of.ts';
import fc from '../support/properties.ts';
import { validDelivery } from '../support/valid-delivery.ts';
import { holds as conditionHolds } from './runner/expression/evaluate-expression.ts';

interface ReadStep {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface ReadJob {
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly environment?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps?: readonly ReadStep[];
  /** Path of a workflow that is called in its place. */
  readonly uses?: string;
}
interface ReadWorkflow {
  readonly on: {
    readonly push?: { readonly branches?: string[]; readonly tags?: string[]; readonly paths?: string[] };
    readonly pull_request?: { readonly branches?: readonly string[]; readonly paths?: readonly string[] };
    readonly repository_dispatch?: { readonly types: readonly string[] };
    readonly schedule?: readonly { readonly cron: string }[];
    readonly workflow_dispatch?: { readonly inputs?: object };
  };
  readonly jobs: Readonly<Record<string, ReadJob>>;
}

const inActions = (
  purpose: Credential['purpose'],
  repository: string,
  environment: string,
  registry?: string,
): Credential => ({
  name: `${purpose}-${environment}-${registry ?? ''}`.toLowerCase().replaceAll(/\W/g, '-'),
  purpose,
  holder: 'a workflow',
  store: {
    kind: 'githubActions',
    repository,
    environment,
    keys: purpose === 'registryPush' ? ['REGISTRY_USERNAME', 'REGISTRY_TOKEN'] : ['APP_ID', 'PRIVATE_KEY'],
  },
  ...(registry === undefined ? {} : { registry }),
  scope: purpose,
});

const hosts = ['docker.io', 'ghcr.io', 'registry.example.com:5000'];
const credentials: readonly Credential[] = [
  ...['dev', 'prod'].map((environment) => inActions('gitPush', 'shop', environment)),
  ...['shop', 'shop-ops'].map((repository) => inActions('gitRead', repository, 'review')),
  ...['build', 'prod'].flatMap((environment) =>
    hosts.map((host) => inActions('registryPush', 'shop', environment, host)),
  ),
];

const branches = ['main', 'release', 'wip/one'];
const files = ['src/a.ts', 'docs/b.md'];
const push = fc.record({
  on: fc.constant('push' as const),
  repository: fc.constant('shop'),
  branches: fc.uniqueArray(fc.constantFrom('main', 'release', '**', 'wip/*'), { minLength: 1, maxLength: 2 }),
  branchesIgnore: fc.constantFrom<readonly string[]>([], ['wip/**']),
  paths: fc.constantFrom<readonly string[]>([], ['src/**']),
});
const manual: Trigger = { on: 'manual' };
const event = (name: string): Trigger => ({
  on: 'dispatch',
  repository: 'shop',
  event: name,
  authentication: 'sender',
});
const at = (cron: string): Trigger => ({ on: 'schedule', cron });
const starts = [event('base-image'), event('library'), at('0 3 * * *'), at('0 4 * * 1')] as const;
const pullRequest = fc.record({
  on: fc.constant('pullRequest' as const),
  repository: fc.constant('shop'),
  branches: fc.constantFrom<readonly string[]>(['main'], ['**']),
  paths: fc.constantFrom<readonly string[]>(['**'], ['src/**']),
});

/** Deliveries whose workflows differ: what builds, what starts each stage, and where images lie. */
const deliveries = fc
  .record({
    pushes: fc.array(push, { minLength: 1, maxLength: 2 }),
    builtByHand: fc.boolean(),
    dev: fc.constantFrom<'every push' | 'first push'>('every push', 'first push'),
    devAlso: fc.constantFrom<readonly Trigger[]>([], [manual]),
    devPushed: fc.boolean(),
    prod: fc.constantFrom<readonly Trigger[]>([manual], [{ on: 'gitTag', repository: 'shop', pattern: 'v*' }]),
    rebuild: fc.boolean(),
    sent: fc.subarray<Trigger>([...starts], { maxLength: 3 }),
    devSent: fc.subarray<Trigger>([...starts], { maxLength: 1 }),
    tried: fc.option(pullRequest, { nil: undefined }),
    checks: fc.uniqueArray(fc.constantFrom('test', 'lint'), { maxLength: 2 }),
    owners: fc.array(fc.constantFrom('acme', 'ghcr.io/acme', 'registry.example.com:5000'), {
      minLength: 2,
      maxLength: 2,
    }),
  })
  .map(
    ({
      pushes,
      builtByHand,
      dev,
      devAlso,
      devPushed,
      prod,
      rebuild,
      sent,
      devSent,
      tried,
      checks,
      owners,
    }): Delivery => {
      const delivery = validDelivery();
      const started: readonly Trigger[] = devPushed ? (dev === 'every push' ? pushes : pushes.slice(0, 1)) : [manual];
      return {
        ...delivery,
        credentials,
        artifacts: delivery.artifacts.map((artifact, i) => ({
          ...artifact,
          repository: `${owners[i] ?? ''}/${artifact.name}`,
        })),
        supplies: delivery.supplies.map((supply) => ({
          ...supply,
          checks,
          triggers: [...pushes, ...sent, ...(tried === undefined ? [] : [tried]), ...(builtByHand ? [manual] : [])],
        })),
        stages: delivery.stages.map((stage) =>
          stage.name === 'dev'
            ? { ...stage, triggers: [...started, ...devSent, ...devAlso] }
            : { ...stage, triggers: prod, rebuild },
        ),
      };
    },
  );

const isAccepted = (delivery: Delivery): boolean =>
  [carriedOutTriggers, carriedOutProperties, carriedOutWords, carriedOutChecks].every(
    (rule) => rule(delivery).length === 0,
  );

const workflowsOf = (delivery: Delivery): ReadonlyMap<string, ReadWorkflow> =>
  new Map(
    [
      ...Object.values(repositoryWorkflows(delivery)),
      ...delivery.environments.map(({ name }) => unitWorkflows(delivery, unitOf(delivery, { environment: name }))),
    ].flatMap((found) => [...found].map(([path, text]) => [path, parse(text) as ReadWorkflow] as const)),
  );
const pathOf = (file: string): string => `.github/workflows/portolan-${file}.yaml`;

/** Whether the model says that a push starts something. */
const says = (triggers: readonly Trigger[], branch: string, file: string): boolean =>
  pushesOf(triggers).some(
    (one) =>
      matchesPatterns(one.branches, branch) &&
      !matchesPatterns(one.branchesIgnore ?? [], branch) &&
      ((one.paths ?? []).length === 0 || matchesPatterns(one.paths ?? [], file)),
  );

/** Whether GitHub starts a workflow on a push. */
const isStarted = ({ on }: ReadWorkflow, branch: string, file: string): boolean =>
  on.push?.branches !== undefined &&
  matchesPatterns(on.push.branches, branch) &&
  (on.push.paths === undefined || matchesPatterns(on.push.paths, file));

/** Whether GitHub runs a job once everything that it needs went well. */
const isRun = (job: ReadJob | undefined, on: string, payload: Readonly<Record<string, string>> = {}): boolean =>
  job !== undefined &&
  conditionHolds(job.if, { contexts: { github: { event_name: on, event: payload } }, status: 'success' });

const accepted = deliveries.filter(isAccepted);
const holds = (property: (delivery: Delivery, workflows: ReadonlyMap<string, ReadWorkflow>) => void): void => {
  fc.assert(
    fc.property(accepted, (delivery) => {
      property(delivery, workflowsOf(delivery));
    }),
    { numRuns: 15 },
  );
};

describe('what rules read, workflows say', () => {
  test('a push builds when the supply says so, and reaches a stage when the stage says so', () => {
    holds((delivery, workflows) => {
      const deliver = workflows.get(pathOf('deliver-images'))!;
      for (const branch of branches)
        for (const file of files) {
          expect(isStarted(deliver, branch, file)).toBe(says(delivery.supplies[0]!.triggers, branch, file));
          const promotes = isStarted(deliver, branch, file) && isRun(deliver.jobs['promote-dev'], 'push');
          expect(promotes).toBe(says(delivery.stages[0]!.triggers, branch, file));
        }
    });
  });

  test('a person starts a build where the supply says so, and reaches a stage so where the stage says so too', () => {
    holds((delivery, workflows) => {
      const { on, jobs } = workflows.get(pathOf('deliver-images'))!;
      const { triggers } = delivery.supplies[0]!;
      expect(on.workflow_dispatch !== undefined).toBe(triggers.some((it) => it.on === 'manual'));
      const promote = jobs['promote-dev'];
      if (on.workflow_dispatch !== undefined && promote !== undefined)
        expect(isRun(promote, 'workflow_dispatch')).toBe(delivery.stages[0]!.triggers.some((it) => it.on === 'manual'));
    });
  });

  test('an event or a time builds where the supply says so, and reaches a stage where the stage says so too', () => {
    holds((delivery, workflows) => {
      const { on, jobs } = workflows.get(pathOf('deliver-images'))!;
      const says = (triggers: readonly Trigger[], start: Trigger): boolean =>
        triggers.some((one) => JSON.stringify(one) === JSON.stringify(start));
      for (const start of starts) {
        const isBuilt = says(delivery.supplies[0]!.triggers, start);
        const [kind, payload] =
          start.on === 'dispatch'
            ? (['repository_dispatch', { action: start.event }] as const)
            : (['schedule', { schedule: start.on === 'schedule' ? start.cron : '' }] as const);
        const isThere =
          start.on === 'dispatch'
            ? on.repository_dispatch?.types.includes(start.event) === true
            : on.schedule?.some(({ cron }) => start.on === 'schedule' && cron === start.cron) === true;
        expect(isThere).toBe(isBuilt);
        if (isBuilt) expect(isRun(jobs['promote-dev'], kind, payload)).toBe(says(delivery.stages[0]!.triggers, start));
      }
      expect(on.pull_request).toBeUndefined();
    });
  });

  test('a pull request is tried where the supply says so, by jobs that hold no key, log in nowhere and push nothing', () => {
    holds((delivery, workflows) => {
      const attempt = workflows.get(pathOf('try-images'));
      const pull = delivery.supplies[0]!.triggers.find((it) => it.on === 'pullRequest');
      expect(attempt?.on).toEqual(
        pull === undefined ? undefined : { pull_request: { branches: pull.branches, paths: pull.paths } },
      );
      for (const job of Object.values(attempt?.jobs ?? {})) {
        expect(job.environment).toBeUndefined();
        expect(job.permissions).toEqual({ contents: 'read' });
        expect(JSON.stringify(job)).not.toMatch(/secrets\.|vars\.|login-action|portolan /);
        for (const step of job.steps ?? [])
          if (step.uses?.startsWith('docker/build-push-action@') === true) expect(step.with?.['push']).toBe(false);
      }
    });
  });

  test('a tag asks for a stage where the stage says so, by hand too, and nothing else starts it', () => {
    holds((delivery, workflows) => {
      const asks = workflows.get(pathOf('tag-prod'));
      const release = workflows.get(pathOf('release-prod'));
      const tags = delivery.stages[1]!.triggers.flatMap((it) => (it.on === 'gitTag' ? [it.pattern] : []));
      expect(asks?.on).toEqual(tags.length === 0 ? undefined : { push: { tags } });
      expect(Object.keys(release?.on ?? {})).toEqual(tags.length === 0 ? [] : ['workflow_dispatch']);
      expect(Object.keys(workflows.get(pathOf('deliver-images'))!.jobs)).not.toContain('promote-prod');
      if (release === undefined) return;
      expect(Object.keys(release.on.workflow_dispatch?.inputs ?? {})).toEqual(['tag']);
      expect(Object.keys(release.jobs).includes('build')).toBe(delivery.stages[1]!.rebuild === true);
    });
  });

  test('whatever a tag starts holds no secret, and each GitHub environment of a job admits a branch that starts it and no tag', () => {
    holds((delivery, workflows) => {
      const plans = allActionsEnvironments(delivery).filter(({ repository }) => repository.name === 'shop');
      for (const [path, { on, jobs }] of workflows)
        for (const job of Object.values(jobs)) {
          if (on.push?.tags !== undefined)
            expect([path, job.environment, JSON.stringify(job).includes('secrets.')]).toEqual([path, undefined, false]);
          if (!/(deliver-images|release-prod)\.yaml$/.test(path) || job.environment === undefined) continue;
          const admitting = plans.find(({ environment }) => environment === job.environment);
          expect(admitting?.tags).toEqual([]);
          const branches = on.push === undefined ? ['main'] : pushesOf(delivery.supplies[0]!.triggers)[0]!.branches;
          const isOfDefault = on.repository_dispatch !== undefined || on.schedule !== undefined;
          for (const branch of [...branches, ...(isOfDefault ? ['main'] : [])])
            expect(admitting?.branches).toContain(branch);
        }
    });
  });

  test('a job logs in once to each registry that it pushes to, and to no other', () => {
    holds((delivery, workflows) => {
      const wanted = [
        ...new Set(
          delivery.artifacts.map(({ repository }) => /^([^/]*[.][^/]*)\//.exec(repository)?.[1] ?? 'docker.io'),
        ),
      ];
      for (const { jobs } of workflows.values())
        for (const { steps = [], environment } of Object.values(jobs)) {
          const logins = steps.filter(({ uses }) => uses?.startsWith('docker/login-action@'));
          const pushes = steps.some(
            ({ uses, run, with: given }) =>
              (uses?.startsWith('docker/build-push-action@') === true && given?.['push'] === true) ||
              run?.includes('--tag-images') === true,
          );
          expect(logins.map((step) => step.with?.['registry'] ?? 'docker.io').sort()).toEqual(
            pushes ? [...wanted].sort() : [],
          );
          if (pushes) expect(['build', 'prod']).toContain(environment);
        }
    });
  });

  test('a build waits for each check of its supply, which is a workflow of the source and may only read', () => {
    holds((delivery, workflows) => {
      const { checks } = delivery.supplies[0]!;
      for (const { jobs } of workflows.values()) {
        const called = Object.entries(jobs).filter(([, { uses }]) => uses !== undefined);
        expect(called.map(([id]) => id)).toEqual(jobs['build'] === undefined ? [] : checks);
        expect((jobs['build']?.needs ?? []).filter((need) => need !== 'admit')).toEqual(called.map(([id]) => id));
        for (const [id, { uses, permissions, if: condition }] of called) {
          expect(uses).toBe(`./.github/workflows/${id}.yaml`);
          expect(permissions).toEqual({ contents: 'read' });
          expect(condition).toBe(jobs['build']!.if);
        }
      }
    });
  });

  test('a job that runs the program has the whole history, and one that builds tags with what an image tag may be', () => {
    holds((_, workflows) => {
      for (const { jobs } of workflows.values())
        for (const [id, { steps = [], needs = [] }] of Object.entries(jobs)) {
          for (const need of needs) expect(Object.keys(jobs)).toContain(need);
          const runsProgram = steps.some(({ run }) => run?.includes('portolan') === true);
          for (const step of steps)
            if (step.uses?.startsWith('actions/checkout@') === true && runsProgram)
              expect([id, step.with?.['fetch-depth']]).toEqual([id, 0]);
          expect(JSON.stringify(steps.flatMap((step) => step.with?.['tags'] ?? []))).not.toContain('ref_name');
        }
    });
  });
});
