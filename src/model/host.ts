/** What keeps a repository: GitHub with its workflows and rules, or Git alone, at an address or on a disk. */
export type Host = 'github' | 'git';

/** The host behind a repository's address. */
export const hostOf = (url: string): Host =>
  /^(https:\/\/([^@/]*@)?|ssh:\/\/git@|git@)github\.com[:/]/i.test(url) ? 'github' : 'git';
