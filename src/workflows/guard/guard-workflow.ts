import type { Delivery } from '../../model/delivery.ts';
import type { Repository } from '../../model/repository.ts';
import { expression, type Workflow } from '../../hosts/workflow/workflow.ts';
import { guardJudgement } from './guard-judgement.ts';
import { guardedBranches, type FilesOf, type MovesItself } from './guarded-branches.ts';

/** Name of the job, which rulesets ask for. */
export const guardCheck = 'guard';

/** Pages of a hundred files that GitHub lists of a pull request at most. */
const mostPages = 30;

/** Reads which fields others move, from the branch that is proposed to; where that cannot be read, none. */
const indexOfBase = [
  `base=$(printf '%s' "$pull" | node --print 'JSON.parse(require("node:fs").readFileSync(0, "utf8")).base.sha')`,
  `index=$(gh api "\${PULL%/pulls/*}/contents/index.json?ref=$base" --header 'Accept: application/vnd.github.raw+json' || echo '{}')`,
];

/**
 * Workflow of an ops repository's default branch: judges every pull request to a guarded branch by what GitHub says of it. GitHub
 * takes a workflow of this trigger from the default branch, whatever the pull request and its target hold, so that whoever opens one
 * cannot change its judge.
 *
 * @see https://github.blog/changelog/2025-11-07-actions-pull_request_target-and-environment-branch-protections-changes/
 */
export function guardWorkflows(
  delivery: Delivery,
  ops: Repository,
  filesOf: FilesOf,
  movesItself?: MovesItself,
): readonly Workflow[] {
  const guarded = guardedBranches(delivery, ops, filesOf, movesItself);
  const isMoved = Object.values(guarded).some(({ moves }) => moves === true);
  const branches = Object.keys(guarded);
  if (branches.length === 0) return [];
  return [
    {
      file: 'guard',
      name: 'Guard',
      comment:
        'Says who may propose what to a gated branch, where no pull request can change it. Written by Pulumi, stack platform. Do not edit.',
      on: {
        pull_request_target: {
          because: `it checks nothing out and runs nothing of the pull request; its token reads ${isMoved ? 'pull requests and files' : 'pull requests alone'}`,
          branches,
          types: ['opened', 'synchronize', 'reopened', 'edited'],
        },
      },
      jobs: {
        [guardCheck]: {
          name: guardCheck,
          permissions: isMoved ? { contents: 'read', 'pull-requests': 'read' } : { 'pull-requests': 'read' },
          timeoutMinutes: 5,
          steps: [
            {
              name: 'Judge by what GitHub says of the pull request',
              env: {
                GH_TOKEN: expression('github.token'),
                PULL: `repos/${expression('github.repository')}/pulls/${expression('github.event.pull_request.number')}`,
                HEAD: expression('github.event.pull_request.head.sha'),
                GUARDED: JSON.stringify(guarded),
                JUDGE: guardJudgement(isMoved),
              },
              run: [
                'pull=$(gh api "$PULL")',
                ...(isMoved ? indexOfBase : []),
                'pages=',
                `for page in $(seq 1 ${mostPages}); do`,
                '  some=$(gh api "$PULL/files?per_page=100&page=$page")',
                '  case "$some" in *{*) ;; *) break ;; esac',
                "  pages+=$some$'\\x1e'",
                'done',
                'after=$(gh api "$PULL")',
                `reasons=$(printf '${'%s\\x1e'.repeat(isMoved ? 5 : 4)}%s' "$HEAD" "$GUARDED" ${isMoved ? '"$index" ' : ''}"$pull" "$after" "$pages" | node --eval "$JUDGE")`,
                'if [ -n "$reasons" ]; then',
                '  printf \'%s\\n\' "$reasons" | tee -a "$GITHUB_STEP_SUMMARY" >&2',
                '  exit 1',
                'fi',
                'echo "judged $HEAD: nothing against it"',
              ].join('\n'),
            },
          ],
        },
      },
    },
  ];
}
