import type { HostPlugin } from '../hosts/host.ts';
import { hosts } from '../hosts/hosts.ts';
import { hostOf } from '../model/formats/host.ts';
import { repositoryHolding, type Delivery } from '../model/delivery.ts';
import { unitsOf, type Unit } from '../model/derived/units.ts';
import { programRepository } from '../hosts/workflow/steps.ts';
import type { Repository } from '../model/repository.ts';
import { guardWorkflows } from './guard/guard-workflow.ts';
import { programWorkflows } from './program-workflows.ts';
import { opsWorkflows } from './verify-workflow.ts';
import { sourceWorkflows } from './source-workflows.ts';
import type { Workflow } from '../hosts/workflow/workflow.ts';

/** Files by path, e.g. `.github/workflows/portolan-deliver-images.yaml`. */
export type WorkflowFiles = ReadonlyMap<string, string>;

/** The host that runs a delivery's workflows: that of the repository that holds the program. Nothing where it runs none. */
function workflowHost(delivery: Delivery): HostPlugin['workflows'] {
  const program = repositoryHolding(delivery, 'program');
  return program === undefined ? undefined : hosts[hostOf(program.url, delivery.gitHubHost)].workflows;
}

/** Workflows of every repository that people write to, by repository name. One that holds both source and program gets both. */
function workflowsByRepository(delivery: Delivery): ReadonlyMap<string, readonly Workflow[]> {
  const sources = delivery.repositories.filter((repository) => repository.holds.includes('source'));
  const workflows = new Map<string, readonly Workflow[]>();
  const add = (repository: string, more: readonly Workflow[]): void => {
    workflows.set(repository, [...(workflows.get(repository) ?? []), ...more]);
  };
  for (const source of sources) add(source.name, sourceWorkflows(delivery, source));
  add(programRepository(delivery).name, programWorkflows(delivery));
  return workflows;
}

/** Makes every workflow of a delivery without writing one: for what their making finds lacking. @throws LackingCredential for the first */
export function makeEveryWorkflow(delivery: Delivery): void {
  if (workflowHost(delivery) === undefined) return;
  workflowsByRepository(delivery);
  for (const unit of unitsOf(delivery)) opsWorkflows(delivery, unit);
}

/** Workflow files of every repository that people write to, by repository name. */
export function repositoryWorkflows(delivery: Delivery): Readonly<Record<string, WorkflowFiles>> {
  const host = workflowHost(delivery);
  if (host === undefined) return {};
  return Object.fromEntries(
    [...workflowsByRepository(delivery)].map(([name, workflows]) => [name, textsOf(host, workflows)]),
  );
}

/** Workflow files of one unit's branch. */
export function unitWorkflows(delivery: Delivery, unit: Unit): WorkflowFiles {
  const host = workflowHost(delivery);
  return host === undefined ? new Map() : textsOf(host, opsWorkflows(delivery, unit));
}

/** Workflow files of the default branch of a repository that holds rendered output, which judge what is proposed to its other branches. */
export function opsDefaultBranchWorkflows(delivery: Delivery, ops: Repository): WorkflowFiles {
  const host = workflowHost(delivery);
  if (host === undefined) return new Map();
  return textsOf(
    host,
    guardWorkflows(delivery, ops, (unit) => unitWorkflows(delivery, unit)),
  );
}

const textsOf = (host: NonNullable<HostPlugin['workflows']>, workflows: readonly Workflow[]): WorkflowFiles =>
  new Map(workflows.map((workflow) => [host.path(workflow), host.render(workflow)]));
