import {
  allActionsEnvironments,
  pullRequests,
  repositorySecrets,
  runTokens,
} from '../model/derived/actions-environments.ts';
import { isPlainKey, type Credential } from '../model/credential.ts';
import type { Delivery } from '../model/delivery.ts';
import { defaultBranchOf, holdsOps } from '../model/derived/managed-repositories.ts';
import type { Repository } from '../model/repository.ts';

/** Who can make the workflow of a ref be what they want it to be. */
function whoMakes(repository: Repository, kind: 'branch' | 'tag', ref: string): string {
  const people = `whoever may write ${repository.name}`;
  if (ref === pullRequests) return `${people}, alone`;
  if (kind === 'tag')
    return repository.tags === undefined
      ? `${people}, alone`
      : `any of ${repository.tags.creators.join(', ')}, on any commit, alone`;
  if (holdsOps(repository)) return 'whoever the gate of the environment lets in';
  const { approvals, bypass = [] } = repository.protection ?? { approvals: 0 };
  if (ref !== defaultBranchOf(repository) || approvals === 0) return `${people}, alone`;
  const past = bypass.length === 0 ? '' : `; ${bypass.join(', ')} alone`;
  return `${people}, with ${approvals} ${approvals === 1 ? 'approval' : 'approvals'} of others${past}`;
}

const secretsOf = ({ store }: Credential): string =>
  store.keys
    .filter((key) => !isPlainKey(key))
    .map((key) => `\`${key}\``)
    .join(', ');

/** What tags start: a workflow that is given nothing, and whose token may start what the default branch says. */
const asks = (delivery: Delivery): readonly (readonly string[])[] =>
  delivery.stages.flatMap(({ name, triggers }) =>
    triggers.flatMap((trigger) => {
      const repository = delivery.repositories.find(
        (candidate) => trigger.on === 'gitTag' && candidate.name === trigger.repository,
      );
      return trigger.on !== 'gitTag' || repository === undefined
        ? []
        : [
            [
              repository.name,
              'none',
              `tag \`${trigger.pattern}\``,
              whoMakes(repository, 'tag', trigger.pattern),
              'nothing',
              `asks branch \`${defaultBranchOf(repository)}\` for its release to ${name}`,
            ],
          ];
    }),
  );

/**
 * A Markdown table of who can make which workflow run with which secret: a row for each credential and kind of ref that may take it, and
 * for each tag that starts something.
 * A workflow is what its ref says, so whoever makes the ref makes the workflow, whatever the generated one would do.
 */
export function secretsTable(delivery: Delivery): string {
  const rows = allActionsEnvironments(delivery).flatMap(({ repository, environment, branches, tags, credentials }) =>
    [...branches.map((ref) => ['branch', ref] as const), ...tags.map((ref) => ['tag', ref] as const)].flatMap(
      ([kind, ref]) =>
        credentials.map((credential) => [
          repository.name,
          environment,
          ref === pullRequests ? 'any pull request' : `${kind} \`${ref}\``,
          whoMakes(repository, kind, ref),
          secretsOf(credential),
          `${credential.holder}: ${credential.scope}`,
        ]),
    ),
  );
  const everywhere = repositorySecrets(delivery).map(({ repository, credential }) => [
    repository.name,
    'none',
    'any branch',
    `whoever may write ${repository.name}, alone`,
    secretsOf(credential),
    `${credential.holder}: ${credential.scope}`,
  ]);
  const ofRuns = runTokens(delivery).map(({ repository, credential }) => [
    repository.name,
    'none, whatever the job names',
    'any branch or tag',
    `whoever may write ${repository.name}, alone`,
    secretsOf(credential),
    `${credential.holder}: ${credential.scope}`,
  ]);
  const head = ['repository', 'GitHub environment', 'workflow of', 'made by', 'takes', 'which is'];
  return [head, head.map(() => '---'), ...rows, ...everywhere, ...ofRuns, ...asks(delivery)]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}
