import { withoutEnding } from '../../model/formats/repository-address.ts';
import { commentCharacters } from '../../hosts/hosts.ts';
import { diffTrees } from '../../review/diff/diff-trees.ts';
import { formatMarkdown } from '../../review/diff/format/format-markdown.ts';
import { listKeys } from '../../review/schema/list-keys.ts';
import { sourcesIn } from '../../model/release.ts';
import { nameOf, typed, unitOf } from '../../model/derived/units.ts';
import { wholeRelease, type ReleaseRecord } from '../../ops/release/release-record.ts';
import { readBranch } from '../../ops/branch/branch-state.ts';
import { passedOver } from '../../ops/history/passed-over.ts';
import { readHistory } from '../../ops/history/read-history.ts';
import { askGit } from '../../ops/git/run-git.ts';
import type { OpsRepository } from '../../ops/repository/ops-repository.ts';
import { noticesByHeading, type DescribeProposal, type Proposal } from '../../ops/written/proposal-text.ts';
import { ageOf } from '../words/age.ts';
import { branchTree } from '../trees/compared-trees.ts';
import type { OpenProject } from '../project/open-project.ts';

/** Where the text of a pull request comes from. */
export interface ProposalSources {
  readonly project: OpenProject;
  readonly repository: OpsRepository;
  /** Checkout of the source, for commits and authors. */
  readonly sourceFolder: string;
  readonly clock: () => Date;
}

/** What stands around the diff needs some of the characters that a pull request may have. */
const diffLimit = commentCharacters - 10_536;
const mostCommits = 50;
const mostPassedOver = 20;

/**
 * Writes the text of a pull request: what changes object by object, what will be removed, the source commits and authors since the
 * last release, how long it ran where it comes from, what ran there since the last release, and how to go back.
 */
export const describeProposalWith =
  (sources: ProposalSources): DescribeProposal =>
  async (proposal) => {
    const { subject, written } = proposal;
    const { removals } = written;
    const before = await recordReplaced(sources, written);
    const parts = [
      origin(proposal),
      await upstream(sources, proposal, before),
      ...noticesByHeading(written).map(([title, items]) => section(title, items)),
      section(
        'Will be removed',
        removals.map(({ object }) => `\`${object}\``),
      ),
      await commitsSince(sources, proposal, before),
      await objectDiff(sources, proposal),
      `To go back after the merge:\n\n    npx portolan rollback ${typed(written)}`,
    ];
    return { title: subject, body: parts.filter((part) => part !== '').join('\n\n') };
  };

const section = (title: string, items: readonly string[]): string =>
  items.length === 0 ? '' : `**${title}**\n\n${items.map((item) => `- ${item}`).join('\n')}`;

function origin({ record: { change }, written }: Proposal): string {
  const course =
    written.previousRelease === undefined ? written.release : `${written.previousRelease} → ${written.release}`;
  const run = change.run === undefined ? '' : ` ([run](${change.run}))`;
  return `\`${nameOf(written)}\`: \`${course}\`, asked by ${change.by.replaceAll(/[^\w.-]/g, '')}${run}.`;
}

/** How long the release has run in the environments it comes from, and what they ran since what it replaces. */
async function upstream(
  { project, repository, clock }: ProposalSources,
  { record }: Proposal,
  before: ReleaseRecord | undefined,
): Promise<string> {
  if (record.origin.kind !== 'promotion') return '';
  const sentences = await Promise.all(
    record.origin.from.map(async ({ environment, commit }) => {
      const state = await readBranch(repository, project.delivery, unitOf(project.delivery, { environment }), commit);
      if (state.kind !== 'ours') return [];
      const came = `It came to \`${environment}\` ${ageOf(state.record.change.at, clock())} ago (\`${commit.slice(0, 12)}\`).`;
      if (before === undefined) return [came];
      const { entries } = await readHistory(repository, commit);
      return [came, ...describePassedOver(environment, passedOver(entries, before.applications, record.applications))];
    }),
  );
  return sentences.flat().join(' ');
}

/** What nobody proposed, because something newer ran before anybody looked. */
function describePassedOver(environment: string, releases: readonly string[]): readonly string[] {
  if (releases.length === 0) return [];
  const shown = releases.slice(-mostPassedOver).map((release) => `\`${release}\``);
  const more = releases.length - shown.length;
  return [
    `It passes over what \`${environment}\` ran before it: ${more === 0 ? '' : `${more} more, `}${shown.join(', ')}.`,
  ];
}

/** What is on record where a proposal goes. @default - nothing that this program wrote */
async function recordReplaced(
  { project, repository }: ProposalSources,
  written: Proposal['written'],
): Promise<ReleaseRecord | undefined> {
  if (written.previous === undefined || written.previousRelease === undefined) return undefined;
  const before = await readBranch(repository, project.delivery, unitOf(project.delivery, written), written.previous);
  return before.kind === 'ours' ? before.record : undefined;
}

/** Commits and authors of the source between the release before and this one, with a link that compares them. */
async function commitsSince(
  { project, sourceFolder }: ProposalSources,
  { record }: Proposal,
  before: ReleaseRecord | undefined,
): Promise<string> {
  const from = before === undefined ? {} : sourcesIn(wholeRelease(before.applications));
  const to = Object.entries(sourcesIn(wholeRelease(record.applications)));
  const told = await Promise.all(
    to.map(async ([name, commit]): Promise<string> => {
      const earlier = from[name];
      if (earlier === undefined || earlier === commit) return '';
      const url = project.delivery.repositories.find((repository) => repository.name === name)?.url;
      return describeCommits(to.length === 1 ? '' : ` of ${name}`, [earlier, commit], url, sourceFolder);
    }),
  );
  return told.filter((text) => text !== '').join('\n\n');
}

/** Commits of one source, as far as its clone is at hand. */
async function describeCommits(
  whose: string,
  [from, to]: readonly [string, string],
  url: string | undefined,
  folder: string,
): Promise<string> {
  const link = url === undefined ? '' : `\n\n${withoutEnding(url)}/compare/${from}...${to}`;
  const log = await askGit(
    ['log', '--no-merges', `--max-count=${mostCommits}`, '--format=%h %an: %s', '--end-of-options', `${from}..${to}`],
    { folder },
  );
  const lines =
    log.exitCode === 0
      ? log.stdout
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== '')
      : [];
  if (lines.length === 0) return link === '' ? '' : `**Source${whose}**${link}`;
  // In a code block, a commit message can neither mention people nor close issues.
  return `**Source commits${whose} since ${from.slice(0, 12)}**\n\n${lines.map((line) => `    ${line.replaceAll(/\p{Cc}/gu, ' ')}`).join('\n')}${link}`;
}

async function objectDiff({ project, repository }: ProposalSources, { written }: Proposal): Promise<string> {
  const context = { repository, delivery: project.delivery };
  const before =
    written.previous === undefined || written.previousRelease === undefined
      ? []
      : await branchTree(context, unitOf(project.delivery, written), written.previous);
  const after = await branchTree(context, unitOf(project.delivery, written), written.commit);
  const diff = diffTrees(before, after, { listKeys: (object, path) => listKeys(project.catalog, object, path) });
  return formatMarkdown(diff, { title: nameOf(written), limit: diffLimit }).trimEnd();
}
