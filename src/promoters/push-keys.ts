/**
 * What something in a cluster pushes to a repository with: on GitHub as an app, elsewhere as somebody with a password. The names are those that Kargo
 * reads.
 *
 * @see https://docs.kargo.io/user-guide/security/managing-secrets
 */
export const pushKeys = {
  github: ['githubAppClientID', 'githubAppInstallationID', 'githubAppPrivateKey'],
  git: ['username', 'password'],
} as const;
