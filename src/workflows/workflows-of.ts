import type { Delivery } from '../model/delivery.ts';
import { programRepository } from './steps.ts';
import { opsWorkflows, programWorkflows } from './program-workflows.ts';
import { renderWorkflow } from './render-workflow.ts';
import { sourceWorkflows } from './source-workflows.ts';
import type { Workflow } from './workflow.ts';

/** Files by path, e.g. `.github/workflows/portolan-deliver-images.yaml`. */
export type WorkflowFiles = ReadonlyMap<string, string>;

/** Path of a generated workflow file. Its own prefix keeps it apart from workflows that people write. */
const pathOf = (workflow: Workflow): string => `.github/workflows/portolan-${workflow.file}.yaml`;

const filesOf = (workflows: readonly Workflow[]): WorkflowFiles =>
  new Map(workflows.map((workflow) => [pathOf(workflow), renderWorkflow(workflow)]));

/** Whether this delivery's workflows run on GitHub: some repository there holds the program. */
export function usesGitHub(delivery: Delivery): boolean {
  return delivery.repositories.some(
    (repository) => repository.holds.includes('program') && new URL(repository.url).hostname === 'github.com',
  );
}

/** Workflow files of every repository that people write to, by repository name. A repository that holds both source and program gets both. */
export function repositoryWorkflows(delivery: Delivery): Readonly<Record<string, WorkflowFiles>> {
  if (!usesGitHub(delivery)) return {};
  const sources = delivery.repositories.filter((repository) => repository.holds.includes('source'));
  const files = new Map<string, Map<string, string>>();
  const add = (repository: string, more: WorkflowFiles): void => {
    files.set(repository, new Map([...(files.get(repository) ?? []), ...more]));
  };
  for (const source of sources) add(source.name, filesOf(sourceWorkflows(delivery, source)));
  add(programRepository(delivery).name, filesOf(programWorkflows(delivery)));
  return Object.fromEntries(files);
}

/** Workflow files of one environment's branch. */
export function environmentWorkflows(delivery: Delivery, environment: string): WorkflowFiles {
  return usesGitHub(delivery) ? filesOf(opsWorkflows(delivery, environment)) : new Map();
}
