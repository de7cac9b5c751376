import type { Gate, Intake, Locator, Promoter } from '../stage.ts';
import type { Builder, Discovery, GitTransport, Trigger } from '../supply.ts';
import type { Table } from './carrier.ts';

/** Who turns source into artifacts. */
export const builders = {
  githubActions: { by: 'the workflow portolan-deliver-<supply>, which builds each image and packages each chart once' },
  kpack: { by: 'kpack, with an Image, its Builder, a ClusterStack and a ClusterStore in the toolchain of the supply' },
  tekton: { by: 'Tekton, with a Pipeline, its Tasks and an EventListener in the toolchain of the supply' },
  chartReleaser: {
    instead:
      'write { kind: "githubActions", images: […], charts: [{ artifact: "…", chart: "charts/…" }] }, which pushes to an OCI registry',
  },
  external: {
    by: 'whom it names; Portolan makes nothing for it, and a person promotes with `portolan promote --image`',
  },
} satisfies Table<Builder['kind']>;

/** How a promotion learns that an artifact exists. */
export const discoveries = {
  sameJob: {
    by: 'the workflow that built it, which promotes in its next job, or the run of Tekton that did, as its last task',
  },
  registryPoll: {
    by: 'the workflow portolan-discover-<stage>, or a CronJob, a Warehouse of Kargo or an ImageRepository of Flux, where these move a stage that takes from the supply',
  },
  registryWebhook: {
    by: 'a Warehouse of Kargo and a receiver that has it look at once, or a CronJob and a listener of Tekton that does',
  },
  helmRepositoryPoll: { instead: 'write { kind: "sameJob" }, so that the workflow that builds promotes' },
} satisfies Table<Discovery['kind']>;

/** What starts a build. */
export const supplyTriggers = {
  push: {
    by: 'the workflow portolan-deliver-<supply>, on a push to these branches of its source that changes these files; where kpack looks itself, a new commit of the branch, and where Tekton builds, a push that GitHub tells it of',
  },
  pullRequest: { by: 'the workflow portolan-try-<supply>, which builds what would be merged and pushes nothing' },
  gitTag: {
    instead: 'leave it out: the tag that the stage is started by builds where the stage takes from this supply',
  },
  artifactPublished: { instead: 'write { on: "push" } with the branches of the source' },
  upstreamHealthy: { instead: 'write { on: "push" } with the branches of the source' },
  dispatch: { by: 'the workflow portolan-deliver-<supply>, on an event of that name that is sent to its source' },
  schedule: { by: 'the workflow portolan-deliver-<supply>, which builds the default branch at these times' },
  manual: { by: 'a person, who runs the workflow portolan-deliver-<supply>' },
} satisfies Table<Trigger['on']>;

/** What starts a promotion into a stage. */
export const stageTriggers = {
  push: { by: 'the workflow portolan-deliver-<supply>, or a run of Tekton, which promotes what it built' },
  pullRequest: { instead: 'write { on: "push" } as the supply does, or { on: "manual" }' },
  gitTag: { by: 'the workflow portolan-tag-<stage>, which asks the default branch for portolan-release-<stage>' },
  artifactPublished: {
    by: 'the workflow portolan-discover-<stage> or a CronJob, which look for the newest, the CronJob also when a registry says so; or Kargo or Flux, which promote by themselves what they find',
  },
  upstreamHealthy: {
    by: 'the workflow portolan-promote-<stage>, which looks four times an hour and when Flux sends an event, or Kargo: what the earlier stages verified is promoted without a person',
  },
  dispatch: { by: 'the workflow portolan-deliver-<supply>, which promotes what it built for the event' },
  schedule: { by: 'the workflow portolan-deliver-<supply>, which promotes what it built at these times' },
  manual: { by: 'a person, with `portolan promote`' },
} satisfies Table<Trigger['on']>;

/** How a Git trigger learns that something happened. */
export const gitTransports = {
  workflow: { by: 'a workflow of the repository itself' },
  webhook: { by: 'Tekton, whose listener GitHub tells of each push' },
  poll: { by: 'kpack, which looks at the branch that it builds' },
} satisfies Table<NonNullable<GitTransport['by']>>;

/** Where a stage takes its releases from. */
export const intakes = {
  supply: { by: '`portolan promote --image`, with what was built' },
  stages: { by: '`portolan promote --from`, once the release is verified in every one of them' },
  program: { by: '`portolan publish`, which brings in what the program says' },
} satisfies Table<Intake['from']>;

/** Who moves a stage's branch. */
export const promoters = {
  githubActions: { by: 'the program, run by workflows and by people' },
  kargo: { by: 'Kargo, with a Project, Warehouses and Stages in the toolchain that the stage names' },
  cronJob: {
    by: 'a CronJob in the toolchain that the stage names, which runs the program at times, and when a listener of Tekton is told to',
  },
  tekton: { by: 'a Task at the end of the run of Tekton that built, which runs the program' },
  fluxImages: {
    by: "Flux's image automation, with an ImageRepository, an ImagePolicy and an ImageUpdateAutomation in the toolchain that the stage names",
  },
} satisfies Table<Promoter['kind']>;

/** What must be true before a stage writes. */
export const gates = {
  none: { by: 'nothing' },
  pullRequest: { by: 'rulesets of the ops repository, and every command, which opens a pull request there' },
  humanTag: { by: 'a ruleset of the source repository for its tags, and the release that such a tag asks for' },
} satisfies Table<Gate['kind']>;

/** Which field of which file carries the version. */
export const locators = {
  tree: { by: '`portolan promote`, which writes the whole branch of an environment' },
  kustomizeImage: { instead: 'write { kind: "tree" }, so that Portolan renders the branch' },
  yamlPath: { instead: 'write { kind: "tree" }, so that Portolan renders the branch' },
  helmValue: { instead: 'write { kind: "tree" }, so that Portolan renders the branch' },
  marker: { instead: 'write { kind: "tree" }, so that Portolan renders the branch' },
} satisfies Table<Locator['kind']>;
