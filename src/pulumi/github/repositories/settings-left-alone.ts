import type * as github from '@pulumi/github';

type Setting = keyof github.RepositoryArgs;

/**
 * Which settings of a repository this program sees to, after it was made: in every repository, in ops repositories alone, or
 * in none; and which are obsolete. Complete, so that a setting that a newer provider brings is decided upon here.
 *
 * Of an obsolete one the provider warns in every preview for as long as the state has it among the inputs, where an import writes
 * everything that GitHub answered, and where the engine keeps what is to be left alone. So it is dropped: what the provider keeps by
 * itself (`dropped`) always, and the other (`dropped once`) until the state has it no more, because from then on GitHub's answer
 * would be a difference.
 */
const seenTo: Readonly<
  Record<Exclude<Setting, 'name'>, 'everywhere' | 'ops' | 'nowhere' | 'dropped' | 'dropped once'>
> = {
  allowMergeCommit: 'everywhere',
  allowRebaseMerge: 'everywhere',
  allowSquashMerge: 'everywhere',
  allowUpdateBranch: 'everywhere',
  deleteBranchOnMerge: 'everywhere',
  visibility: 'everywhere',
  description: 'ops',
  hasIssues: 'ops',
  hasProjects: 'ops',
  hasWiki: 'ops',
  allowAutoMerge: 'nowhere',
  allowForking: 'nowhere',
  archiveOnDestroy: 'nowhere',
  archived: 'nowhere',
  autoInit: 'nowhere',
  defaultBranch: 'dropped',
  etag: 'nowhere',
  fork: 'nowhere',
  gitignoreTemplate: 'nowhere',
  hasDiscussions: 'nowhere',
  hasDownloads: 'dropped once',
  homepageUrl: 'nowhere',
  ignoreVulnerabilityAlertsDuringRead: 'nowhere',
  isTemplate: 'nowhere',
  licenseTemplate: 'nowhere',
  mergeCommitMessage: 'nowhere',
  mergeCommitTitle: 'nowhere',
  pages: 'nowhere',
  private: 'nowhere',
  securityAndAnalysis: 'nowhere',
  sourceOwner: 'nowhere',
  sourceRepo: 'nowhere',
  squashMergeCommitMessage: 'nowhere',
  squashMergeCommitTitle: 'nowhere',
  template: 'nowhere',
  topics: 'nowhere',
  vulnerabilityAlerts: 'nowhere',
  webCommitSignoffRequired: 'nowhere',
};

/**
 * Settings of a repository that an update leaves as they are: those that people choose, and all of them while it is being
 * taken over. Without this, whatever GitHub answers for a setting that nobody wrote would be a difference.
 *
 * @param inputs - names of the inputs that the stack has of it. @default - it has none of it yet
 */
export function settingsLeftAlone(
  kind: 'source' | 'ops',
  adopted: boolean,
  inputs: readonly string[] | undefined,
): string[] {
  return Object.entries(seenTo)
    .filter(([setting, where]) => {
      if (where === 'dropped') return false;
      if (where === 'dropped once') return inputs !== undefined && !inputs.includes(setting);
      return adopted || where === 'nowhere' || (where === 'ops' && kind === 'source');
    })
    .map(([setting]) => setting)
    .sort();
}
