import { matchesPatterns } from '../../../src/model/formats/git-pattern.ts';
import type { On } from './read-workflow.ts';

interface At {
  /** Full name of the repository, e.g. `acme/shop`. */
  readonly repository: string;
  /** Who did it. */
  readonly actor: string;
}

/** Something that happened at GitHub and may start workflows. */
export type Happening = At &
  (
    | {
        readonly on: 'push';
        /** e.g. `refs/heads/main` or `refs/tags/v1`. */
        readonly ref: string;
        readonly commit: string;
        /** Files that differ from what was there. */
        readonly files: readonly string[];
      }
    | {
        readonly on: 'pull_request';
        readonly action: 'opened' | 'synchronize' | 'reopened' | 'edited';
        readonly number: number;
        readonly base: string;
        readonly files: readonly string[];
        readonly isFork: boolean;
        /** Commits of both sides and of what GitHub made of them, as they were then. */
        readonly commits: { readonly base: string; readonly head: string; readonly merge: string };
      }
    | {
        readonly on: 'workflow_dispatch';
        /** Name of the file. */
        readonly workflow: string;
        readonly ref: string;
        readonly inputs: Readonly<Record<string, string>>;
      }
    | {
        readonly on: 'repository_dispatch';
        readonly type: string;
        readonly payload: Readonly<Record<string, string>>;
      }
    | { readonly on: 'schedule'; readonly cron: string }
  );

const passes = (patterns: readonly string[] | undefined, name: string): boolean =>
  patterns === undefined || matchesPatterns(patterns, name);

const passesSome = (patterns: readonly string[] | undefined, names: readonly string[]): boolean =>
  patterns === undefined || names.some((name) => matchesPatterns(patterns, name));

/** Under which of its triggers a workflow is started by what happened; a pull request may start it under two. */
export function startsUnder(on: On, file: string, happening: Happening): readonly (keyof On)[] {
  switch (happening.on) {
    case 'push':
      return on.push !== undefined && startsOnPush(on.push, happening.ref, happening.files) ? ['push'] : [];
    case 'pull_request':
      return (['pull_request', 'pull_request_target'] as const).filter((trigger) => {
        const filter = on[trigger];
        return (
          filter?.types.includes(happening.action) === true &&
          passes(filter.branches, happening.base) &&
          passesSome(filter.paths, happening.files)
        );
      });
    case 'workflow_dispatch':
      return on.workflow_dispatch !== undefined && file === happening.workflow ? ['workflow_dispatch'] : [];
    case 'repository_dispatch':
      return on.repository_dispatch !== undefined &&
        (on.repository_dispatch.types ?? [happening.type]).includes(happening.type)
        ? ['repository_dispatch']
        : [];
    case 'schedule':
      return on.schedule?.some(({ cron }) => cron === happening.cron) === true ? ['schedule'] : [];
  }
}

/** A filter of branches alone leaves tags out, and one of tags alone branches; files are not asked of tags. */
function startsOnPush(
  { branches, tags, paths }: NonNullable<On['push']>,
  ref: string,
  files: readonly string[],
): boolean {
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
  if (kind === 'tags')
    return tags !== undefined ? matchesPatterns(tags, name) : branches === undefined && paths === undefined;
  if (branches === undefined && tags !== undefined) return false;
  return passes(branches, name) && passesSome(paths, files);
}
