/** An action at the commit that its release tag named in November 2026 or before. */
export interface PinnedAction {
  readonly name: string;
  readonly tag: string;
  readonly commit: string;
}

const pinned = (name: string, tag: string, commit: string): PinnedAction => ({ name, tag, commit });

/** Every action that a generated workflow may use. A commit cannot be moved; the tag is for readers. */
export const actions = {
  checkout: pinned('actions/checkout', 'v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1'),
  setupNode: pinned('actions/setup-node', 'v7.0.0', '820762786026740c76f36085b0efc47a31fe5020'),
  createGithubAppToken: pinned('actions/create-github-app-token', 'v3.1.1', '1b10c78c7865c340bc4f6099eb2f838309f1e8c3'),
  dockerLogin: pinned('docker/login-action', 'v4.1.0', '4907a6ddec9925e35a0a9e82d7399ccc52663121'),
  setupBuildx: pinned('docker/setup-buildx-action', 'v4.3.0', '37fe631027851001ddb9b187196cc803df7f5f0e'),
  uploadArtifact: pinned('actions/upload-artifact', 'v7.0.0', 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f'),
  uploadPages: pinned('actions/upload-pages-artifact', 'v5.0.0', 'fc324d3547104276b827a68afc52ff2a11cc49c9'),
  deployPages: pinned('actions/deploy-pages', 'v5.0.0', 'cd2ce8fcbc39b97be8ca5fce6e763baed58fa128'),
  pulumi: pinned('pulumi/actions', 'v7.0.0', '8e5e406f4007fca908480587cb9893c07090f58d'),
  buildPush: pinned('docker/build-push-action', 'v7.3.0', '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a'),
} as const;
