/** A whole name of a Git commit: 40 hexadecimal digits, 64 in a repository that counts with SHA-256. */
export const wholeCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
