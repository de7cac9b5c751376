import { existsSync, readFileSync } from 'node:fs';

/** What the engine did, or would do, with one resource. */
export interface EngineStep {
  /** `create`, `update`, `delete`, `same`, `import`, `refresh`, `create-replacement`, … */
  readonly op: string;
  /** Type without the module in it that repeats its name, e.g. `github:RepositoryRuleset`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Properties that differ, e.g. `rules.pullRequest.requiredApprovingReviewCount`; of an update. @default - none */
  readonly changed: readonly string[];
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
}

/** `github:index/repositoryRuleset:RepositoryRuleset` → `github:RepositoryRuleset`, `kubernetes:core/v1:Secret` → `kubernetes:Secret`. */
const shortType = (type: string): string => {
  const [first = '', ...rest] = type.split(':');
  return type.startsWith('portolan:') || type.startsWith('pulumi:') ? type : `${first}:${rest.at(-1) ?? ''}`;
};

const stepOf = ({ op, urn, type, diffs, detailedDiff }: StepMetadata): EngineStep => ({
  op,
  type: shortType(type),
  name: urn.split('::').at(-1) ?? '',
  urn,
  changed: [...new Set([...Object.keys(detailedDiff ?? {}), ...(detailedDiff ? [] : (diffs ?? []))])].sort(),
});

/**
 * The steps of a run, in their order, from the log of the engine's events. A refresh says only at the end of a step what came of it, so the
 * last word about a resource counts.
 */
export function stepsIn(eventLog: string): readonly EngineStep[] {
  if (!existsSync(eventLog)) return [];
  const events = readFileSync(eventLog, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EngineEvent);
  const steps = new Map<string, EngineStep>();
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    const metadata = resOutputsEvent?.metadata ?? resourcePreEvent?.metadata;
    if (metadata !== undefined)
      steps.set(`${metadata.urn} ${metadata.op === 'refresh' ? 'refresh' : metadata.op}`, stepOf(metadata));
  }
  return [...steps.values()];
}

/** What changes, as `op type name`, in the order of the texts: neither what stays nor what is only read. */
export const changesOf = (steps: readonly EngineStep[]): readonly string[] =>
  steps
    .filter(({ op }) => !['same', 'read', 'refresh'].includes(op))
    .map(({ op, type, name }) => `${op} ${type} ${name}`)
    .sort();
