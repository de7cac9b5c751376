import { expect } from '@jest/globals';
import type { PromotionCall } from '../../src/hosts/workflow/call.ts';
import type { Job } from '../../src/hosts/workflow/workflow.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { RenderedFile } from '../../src/objects/files/rendered-file.ts';
import type { PromoterPlugin } from '../../src/promoters/promoter.ts';
import { everyPromoter } from '../../src/promoters/promoters.ts';
import { contract } from '../support/contract.ts';
import { ferry } from '../support/made-up-tools.ts';
import { around, stray, strayNeeds } from '../support/needs-in-cluster.ts';
import { listAt, textAt } from '../../src/objects/fields-at.ts';
import { withRuns } from '../support/promoted-by-runs.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** A face of any kind: compared by what it has, not by its kind. */
type AnyPromoter = { readonly [Key in keyof PromoterPlugin]: PromoterPlugin[Key] };

/** A promoter that the tests make up: what a new folder has to hold, and nothing more. */
const job: NonNullable<AnyPromoter['job']> = (_delivery, _source, stage, call) => ({
  name: `Move ${stage.name}`,
  environment: stage.environment,
  needs: call.needs,
  permissions: { contents: 'read' },
  timeoutMinutes: 5,
  steps: [
    {
      name: 'Move it',
      env: { ...call.env, COMMIT: call.commit ?? '' },
      run: ['move', stage.environment, '--commit "$COMMIT"', ...call.arguments].join(' '),
    },
  ],
});
const moves: NonNullable<AnyPromoter['moves']> = ({ fields }) => fields.filter(({ kind }) => kind === 'image');
const look: NonNullable<AnyPromoter['look']> = (given, stage) =>
  job(given, given.repositories[0]!, stage, { env: {}, arguments: ['--when-healthy'], commit: '', needs: [] });
const madeUp: AnyPromoter = { kind: 'kargo', title: 'Made Up', job, look, moves, inCluster: ferry, checks: [] };
const changed = (change: (made: Job) => Job): AnyPromoter => ({ ...madeUp, job: (...given) => change(job(...given)) });

const small = validDelivery();
const key = (environment: string): Credential => ({
  name: `push-${environment}`,
  purpose: 'gitPush',
  holder: 'the promotion workflow',
  store: {
    kind: 'githubActions',
    repository: 'shop',
    environment,
    keys: ['PROMOTION_APP_ID', 'PROMOTION_PRIVATE_KEY'],
  },
  scope: 'contents: write on shop-ops',
});
const looker = (environment: string): Credential => ({
  ...key(environment),
  name: `look-for-${environment}`,
  purpose: 'clusterRead',
  store: { kind: 'githubActions', repository: 'shop', environment, keys: ['KUBECONFIG'] },
});
const delivery = {
  ...small,
  credentials: [...small.credentials, ...['dev', 'prod'].flatMap((name) => [key(name), looker(name)])],
};
const [source] = delivery.repositories;
const call: PromotionCall = {
  env: { IMAGE_ORDERS: 'acme/orders@sha256:0' },
  arguments: ['--image "orders=$IMAGE_ORDERS"'],
  commit: 'COMMIT',
  needs: ['first'],
};
const files: readonly RenderedFile[] = [
  {
    path: 'manifests/shop/deployment.yaml',
    text: 'image: acme/orders:v1\n',
    fields: [{ kind: 'image', artifact: 'orders', repository: 'acme/orders' }],
  },
  {
    path: 'manifests/shop/values.yaml',
    text: 'tag: v1\nreplicas: 2\n',
    fields: [{ kind: 'value', artifact: 'orders', path: ['tag'], carries: 'tag' }],
  },
];
const jobsOf = (face: AnyPromoter): readonly Job[] =>
  delivery.stages.flatMap((stage) => face.job?.(delivery, source!, stage, call) ?? []);
const scriptsOf = ({ steps }: Job): string => steps.map((step) => ('run' in step ? step.run : '')).join('\n');

contract<AnyPromoter>('a promoter', {
  faces: everyPromoter,
  madeUp,
  promises: [
    {
      sentence: 'needs in a cluster only what lies in the place that it is given, and no value of a Secret',
      keep: (face) => {
        expect(strayNeeds(face.inCluster, delivery.stages)).toEqual([]);
      },
      broken: { ...madeUp, inCluster: stray() },
    },
    {
      sentence: 'ends the run of a builder with a task that it renders beside it, and that takes what it is given',
      keep: (face) => {
        const { stages, supplies, environments } = withRuns();
        const tool = face.inCluster;
        const ended = supplies.flatMap((supply) =>
          stages.flatMap((stage) => tool?.endingOf?.(withRuns(), stage, supply) ?? []),
        );
        const place = environments.find(({ name }) => name === 'tools')!;
        const tasks = tool?.objects(withRuns(), place, stages, around) ?? [];

        for (const { task, takes, minutes } of ended) {
          const found = tasks.find(({ kind, metadata }) => kind === 'Task' && metadata.name === task);

          expect(listAt(found, 'spec', 'params').map((it) => textAt(it, 'name'))).toEqual(takes);
          expect(minutes).toBeGreaterThan(0);
        }
      },
      broken: {
        ...madeUp,
        inCluster: {
          ...ferry,
          endingOf: (_delivery, { name }) => ({ name, task: 'nobodys', takes: ['commit'], minutes: 15 }),
        },
      },
    },
    {
      sentence: 'has a title, as its users write it',
      keep: ({ title }) => {
        expect(title).toMatch(/^[A-Z].*\w$/);
      },
      broken: { ...madeUp, title: '' },
    },
    {
      sentence: 'promotes what it is called with, each stage to its own environment and with a key of it alone',
      keep: (face) => {
        const jobs = jobsOf(face);

        expect(jobs.map(({ environment }) => environment)).toEqual(
          face.job === undefined ? [] : delivery.stages.map(({ environment }) => environment),
        );
        expect(jobs.filter((each, i) => !scriptsOf(each).includes(delivery.stages[i]!.environment))).toEqual([]);
        expect(jobs.filter((each) => !scriptsOf(each).includes(call.arguments[0]!))).toEqual([]);
      },
      broken: changed((made) => ({ ...made, environment: 'prod' })),
    },
    {
      sentence:
        'waits for the jobs that come first, and is given what they made and the commit through the environment',
      keep: (face) => {
        for (const made of jobsOf(face)) {
          const variables = made.steps.flatMap((step) => ('env' in step ? Object.values(step.env ?? {}) : []));

          expect(made.needs).toEqual(['first']);
          expect(variables).toEqual(expect.arrayContaining(['COMMIT', 'acme/orders@sha256:0']));
        }
        expect(jobsOf(face).length === 0).toBe(face.job === undefined);
      },
      broken: changed(({ needs: _, ...made }) => made),
    },
    {
      sentence: 'gets no right from the run itself but to read the source, and to tag images',
      keep: (face) => {
        const rights = jobsOf(face).map(({ permissions: { packages: _, ...others } }) => others);

        expect(rights).toEqual(jobsOf(face).map(() => ({ contents: 'read' })));
      },
      broken: changed((made) => ({ ...made, permissions: { contents: 'write' } })),
    },
    {
      sentence:
        'looks with the keys of the stage alone, takes what is healthy only, and gets no right from the run itself but to read',
      keep: (face) => {
        for (const stage of delivery.stages) {
          const made = face.look?.(delivery, stage);
          if (made === undefined) continue;
          expect([made.environment, made.permissions]).toEqual([stage.environment, { contents: 'read' }]);
          expect(scriptsOf(made)).toContain('--when-healthy');
          expect(scriptsOf(made)).not.toContain('${{');
        }
      },
      broken: { ...madeUp, look: (...given) => ({ ...look(...given), permissions: { contents: 'write' } }) },
    },
    {
      sentence: 'puts no expression into a script',
      keep: (face) => {
        expect(jobsOf(face).filter((made) => scriptsOf(made).includes('${{'))).toEqual([]);
      },
      broken: changed((made) => ({ ...made, steps: [{ name: 'a', run: 'echo ${{ github.ref }}' }] })),
    },
    {
      sentence: 'moves at most what a release sets in a file, and so nothing where that is nothing',
      keep: (face) => {
        for (const file of files) {
          const moved = face.moves?.(file) ?? [];

          expect(file.fields).toEqual(expect.arrayContaining([...moved]));
        }
        expect(face.moves?.({ path: 'README.md', text: 'made up', fields: [] }) ?? []).toEqual([]);
      },
      broken: { ...madeUp, moves: () => [{ kind: 'value', artifact: 'orders', path: ['replicas'], carries: 'tag' }] },
    },
    {
      sentence: 'gives its checks names of their own',
      keep: ({ checks }) => {
        expect(checks.map(({ name }) => name).filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
      },
      broken: { ...madeUp, checks: [{ name: 'Moved' }] },
    },
  ],
});
