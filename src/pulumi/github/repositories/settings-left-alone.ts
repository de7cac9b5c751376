import type * as github from '@pulumi/github';

type Setting = keyof github.RepositoryArgs;

/**
 * Which settings of a repository this program sees to, after it was made: in every repository, in ops repositories alone, or
 * in none. Complete, so that a setting that a newer provider brings is decided upon here.
 */
const seenTo: Readonly<Record<Exclude<Setting, 'name'>, 'everywhere' | 'ops' | 'nowhere'>> = {
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
  defaultBranch: 'nowhere',
  etag: 'nowhere',
  fork: 'nowhere',
  gitignoreTemplate: 'nowhere',
  hasDiscussions: 'nowhere',
  hasDownloads: 'nowhere',
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
 */
export const settingsLeftAlone = (kind: 'source' | 'ops', adopted: boolean): string[] =>
  Object.entries(seenTo)
    .flatMap(([setting, where]) =>
      adopted || where === 'nowhere' || (where === 'ops' && kind === 'source') ? [setting] : [],
    )
    .sort();
