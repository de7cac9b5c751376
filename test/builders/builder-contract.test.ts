import { expect } from '@jest/globals';
import type { BuilderPlugin, WorkflowBuilder } from '../../src/builders/builder.ts';
import { everyBuilder } from '../../src/builders/builders.ts';
import type { Step } from '../../src/hosts/workflow/workflow.ts';
import type { Builder, Supply } from '../../src/model/supply.ts';
import { kpackBuilder } from '../support/built-by-kpack.ts';
import { tektonBuilder } from '../support/built-by-tekton.ts';
import { contract } from '../support/contract.ts';
import { furnace } from '../support/made-up-tools.ts';
import { stray, strayNeeds } from '../support/needs-in-cluster.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** A face of any kind: compared by what it has, not by its kind. */
type AnyBuilder = { readonly [Key in keyof BuilderPlugin]: BuilderPlugin[Key] };

const delivery = validDelivery();
const source = delivery.repositories[0]!;

/** A builder of each kind, as a delivery may say it. */
const said: Readonly<Record<Builder['kind'], Builder>> = {
  githubActions: delivery.supplies[0]!.builder,
  kpack: kpackBuilder(),
  tekton: tektonBuilder(),
  chartReleaser: { kind: 'chartReleaser', chart: 'charts/shop' },
  external: { kind: 'external', by: 'Jenkins' },
};
const suppliesOf = ({ kind }: AnyBuilder): readonly Supply[] => [{ ...delivery.supplies[0]!, builder: said[kind] }];
const tag = { commit: 'commit-of-the-tag', gitTag: 'name-of-the-tag' };

/** A builder that the tests make up: what a new folder has to hold, and nothing more. */
const workflow: WorkflowBuilder = {
  job: (_delivery, _source, supplies, built) => ({
    name: 'Make it up',
    permissions: { contents: 'read' },
    timeoutMinutes: 5,
    outputs: Object.fromEntries(supplies.flatMap(({ artifacts }) => artifacts).map((name) => [name, `acme/${name}`])),
    steps: [{ name: 'Make it up', env: { COMMIT: built?.commit ?? 'HEAD', TAG: built?.gitTag ?? '' }, run: 'make' }],
  }),
  attempt: () => ({
    name: 'Make it up, and keep none of it',
    permissions: { contents: 'read' },
    timeoutMinutes: 5,
    steps: [{ name: 'Make it up', run: 'make' }],
  }),
  built: (supplies, job) => {
    const artifacts = supplies.flatMap((supply) => supply.artifacts);
    return {
      env: Object.fromEntries(artifacts.map((name) => [name.toUpperCase(), `\${{ needs.${job}.outputs.${name} }}`])),
      arguments: artifacts.map((name) => `--image "${name}=$${name.toUpperCase()}"`),
    };
  },
};
const madeUp: AnyBuilder = { kind: 'chartReleaser', words: () => 'made up', workflow, inCluster: furnace, checks: [] };
const without = (changes: Partial<WorkflowBuilder>): AnyBuilder => ({
  ...madeUp,
  workflow: { ...workflow, ...changes },
});

const scriptsOf = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => ('run' in step ? [step.run] : []));

contract<AnyBuilder>('a builder', {
  faces: everyBuilder,
  madeUp,
  promises: [
    {
      sentence: 'needs in a cluster only what lies in the place that it is given, and no value of a Secret',
      keep: (face) => {
        expect(strayNeeds(face.inCluster, suppliesOf(face))).toEqual([]);
      },
      broken: { ...madeUp, inCluster: stray() },
    },
    {
      sentence: 'says who builds in a few words of a picture',
      keep: (face) => {
        expect(face.words(said[face.kind])).toMatch(/^[a-z]\S* .{1,40}[^.]$/);
      },
      broken: { ...madeUp, words: () => '' },
    },
    {
      sentence: 'hands each artifact of its supplies to the promotion, from an output of its job',
      keep: (face) => {
        if (face.workflow === undefined) return;
        const supplies = suppliesOf(face);
        const { outputs = {} } = face.workflow.job(delivery, source, supplies);
        const call = face.workflow.built(supplies, 'made');
        const handed = call.arguments.map((argument) => /^--image "([^"=]+)=\$(\w+)"$/.exec(argument) ?? []);

        expect(handed.map(([, artifact]) => artifact)).toEqual(supplies.flatMap(({ artifacts }) => artifacts));
        expect(
          handed.map(([, artifact = '', variable = '']) => [call.env[variable], outputs[artifact] !== undefined]),
        ).toEqual(handed.map(([, artifact]) => [`\${{ needs.made.outputs.${artifact} }}`, true]));
      },
      broken: without({ built: (supplies) => workflow.built(supplies, 'another') }),
    },
    {
      sentence: 'builds the commit of a tag where it is told one, and says so in its job',
      keep: (face) => {
        if (face.workflow === undefined) return;
        const text = JSON.stringify(face.workflow.job(delivery, source, suppliesOf(face), tag));

        expect(text).toContain(tag.commit);
        expect(text).toContain(tag.gitTag);
      },
      broken: without({ job: (a, b, c) => workflow.job(a, b, c) }),
    },
    {
      sentence: 'writes nothing but what it builds: its token reads the source, and pushes at most packages',
      keep: (face) => {
        const {
          contents,
          packages: _,
          ...others
        } = face.workflow?.job(delivery, source, suppliesOf(face)).permissions ?? { contents: 'read' };

        expect([contents, others]).toEqual(['read', {}]);
      },
      broken: without({ job: (...given) => ({ ...workflow.job(...given), permissions: { contents: 'write' } }) }),
    },
    {
      sentence: 'makes a job that a host can write down, with no expression in a script',
      keep: (face) => {
        const job = face.workflow?.job(delivery, source, suppliesOf(face));

        expect(scriptsOf(job === undefined ? [] : job.steps).filter((script) => script.includes('${{'))).toEqual([]);
      },
      broken: without({
        job: (...given) => ({ ...workflow.job(...given), steps: [{ name: 'a', run: 'echo ${{ github.ref }}' }] }),
      }),
    },
    {
      sentence: 'gives its checks names of their own',
      keep: ({ checks }) => {
        expect(checks.map(({ name }) => name).filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
      },
      broken: { ...madeUp, checks: [{ name: 'Built' }] },
    },
  ],
});
