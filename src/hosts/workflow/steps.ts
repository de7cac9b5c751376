import { KUBECONFIG_KEY, type Credential } from '../../model/credential.ts';
import { repositoryHolding, type Delivery } from '../../model/delivery.ts';
import { fullNameOf, repositoryAddress } from '../../model/formats/repository-address.ts';
import { publicGitHub } from '../../model/formats/host.ts';
import type { Repository } from '../../model/repository.ts';
import { actions } from './actions.ts';
import { LackingCredential } from './lacking-credential.ts';
import { expression, type Step } from './workflow.ts';

/** The repository that holds the program. @throws when the delivery has none */
export function programRepository(delivery: Delivery): Repository {
  const found = repositoryHolding(delivery, 'program');
  if (found === undefined)
    throw new Error('portolan: no repository holds the program; add "program" to the holds of one in repositories');
  return found;
}

/** Checks out a repository with its whole history and leaves no token behind. */
export function checkout(
  name: string,
  options: { readonly path: string; readonly repository?: string; readonly ref?: string; readonly token?: string },
): Step {
  return { name, uses: actions.checkout, with: { ...options, 'fetch-depth': 0, 'persist-credentials': false } };
}

/** Installs the program's exact dependencies, so that it runs from its own node_modules. */
export const installProgram = (path: string): readonly Step[] => [
  { name: 'Set up Node.js', uses: actions.setupNode, with: { 'node-version': '22', 'package-manager-cache': false } },
  { name: 'Install the program', run: 'npm ci', workingDirectory: path },
];

/**
 * Gets a token of the GitHub App behind a credential, for named repositories of its owner and with named permissions alone.
 *
 * @param id - of the step, for {@link tokenOf}
 * @param credential - kept as Actions secrets, with one key ending in `APP_ID` and one in `PRIVATE_KEY`
 */
export function appToken(
  id: string,
  credential: Credential,
  repositories: readonly Repository[],
  permissions: Readonly<Partial<Record<'contents' | 'pull-requests' | 'statuses' | 'workflows', 'read' | 'write'>>>,
): Step {
  const key = (ending: string): string => {
    const found = credential.store.keys.find((name) => name.endsWith(ending));
    if (found === undefined)
      throw new LackingCredential(
        { path: `credentials.${credential.name}.store.keys`, message: `needs a key that ends with ${ending}` },
        { ...credential, store: { ...credential.store, keys: [...credential.store.keys, ending] } },
      );
    return found;
  };
  const [owner = ''] = repositories.map((repository) => fullNameOf(repository).split('/')[0] ?? '');
  return {
    name: `Get a token for ${repositories.map((repository) => repository.name).join(' and ')}`,
    id,
    uses: actions.createGithubAppToken,
    with: {
      // Takes an app's number as well as its client id; `app-id` is deprecated.
      'client-id': expression(`vars.${key('APP_ID')}`),
      'private-key': expression(`secrets.${key('PRIVATE_KEY')}`),
      owner,
      repositories: [...new Set(repositories.map((repository) => fullNameOf(repository).split('/')[1]))].join(','),
      ...Object.fromEntries(Object.entries(permissions).map(([name, value]) => [`permission-${name}`, value])),
    },
  };
}

/**
 * Step `token`: gets what writes branches of an ops repository, with their workflows, and opens pull requests there.
 *
 * @param readsStatuses - whether it reads too what is said of commits
 */
export const opsWriterToken = (ops: Repository, credential: Credential, readsStatuses = false): Step =>
  appToken('token', credential, [ops], {
    contents: 'write',
    'pull-requests': 'write',
    ...(readsStatuses ? { statuses: 'read' } : {}),
    workflows: 'write',
  });

/** After it, whatever asks a cluster finds the kubeconfig that the job's GitHub environment keeps. */
export const writeKubeconfig: Step = {
  name: 'Write the kubeconfig where no other job reads it',
  env: { KUBECONFIG_TEXT: expression(`secrets.${KUBECONFIG_KEY}`) },
  run: [
    'umask 077',
    'printf \'%s\' "$KUBECONFIG_TEXT" > "$RUNNER_TEMP/kubeconfig"',
    'echo "KUBECONFIG=$RUNNER_TEMP/kubeconfig" >> "$GITHUB_ENV"',
  ].join('\n'),
};

/** The token that {@link appToken} got. */
export const tokenOf = (id: string): string => expression(`steps.${id}.outputs.token`);

/** The run's address, recorded in releases. */
export const runUrl = `${expression('github.server_url')}/${expression('github.repository')}/actions/runs/${expression('github.run_id')}`;

/**
 * Variables by which `gh` works on the repository of the run with the run's own token. It knows a server of one's own by its name
 * alone, and takes another variable's token there.
 *
 * @param repository - that the workflow is of
 */
export function runsOwnGh({ url }: Repository): Readonly<Record<string, string>> {
  const host = repositoryAddress(url)?.host ?? publicGitHub;
  const repository = expression('github.repository');
  const token = expression('github.token');
  return host === publicGitHub
    ? { GH_TOKEN: token, GH_REPO: repository }
    : { GH_ENTERPRISE_TOKEN: token, GH_REPO: `${host}/${repository}` };
}
