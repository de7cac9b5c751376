import * as pulumi from '@pulumi/pulumi';
import type { Delivery } from '../model/delivery.ts';
import { defaultBranchOf, managedOpsRepository, opsAddressOf } from '../model/derived/managed-repositories.ts';
import { hostOf, onGitHubOf } from '../model/formats/host.ts';
import { nameAtHost } from '../model/formats/repository-address.ts';
import { unitOf } from '../model/derived/units.ts';
import { oncePerCause, ProblemsError } from '../model/problem.ts';
import { ownSettingsOf } from '../model/settings/own-settings.ts';
import { parseSettings, type Settings } from '../model/settings/settings.ts';
import { problemsOf } from '../model/validation/validate.ts';
import { withToolchains } from '../model/derived/places/toolchains.ts';
import { missingPackage } from '../settings/missing-package.ts';
import { programFailure, type ProgramFolders } from '../settings/program-failure.ts';
import { readStackFiles } from '../settings/read-stack-files.ts';
import { exportedBy, hasConstructs, runProgram } from '../settings/run-program.ts';
import { opsDefaultBranchWorkflows } from '../workflows/workflows-of.ts';
import { gitHubAccess } from './github/github-access.ts';
import { readAhead } from './github/read-ahead.ts';
import { readGitHub } from './github/read-github.ts';
import { readExisting } from './github/existing/read-existing.ts';
import { makeStack } from './make-stack.ts';
import { readCommittedStackFile } from './read-committed-stack-file.ts';
import { readStackState } from './state/read-stack-state.ts';
import type { StackState } from './state/stack-state.ts';
import { readStackSecrets } from './stack-secrets.ts';

/** A stack's name with its organisation, where the backend has organisations; others call theirs `organization`. */
function qualified(stack: string): string {
  const organization = pulumi.getOrganization();
  return organization === 'organization' ? stack : `${organization}/${pulumi.getProject()}/${stack}`;
}

/**
 * What the program returned, with what its constructs make. What asks constructs is loaded only then.
 *
 * @throws ProblemsError with all that is wrong with it
 */
async function deliveryOf(returned: unknown, settings: Settings): Promise<Delivery> {
  const { delivery, problems } = hasConstructs(returned)
    ? (await import('../charts/whole-delivery.ts')).wholeDelivery(returned, settings)
    : { delivery: returned, problems: problemsOf(returned, settings) };
  if (problems.length > 0) throw new ProblemsError('the delivery', oncePerCause(problems));
  return withToolchains(delivery as Delivery);
}

async function run({ projectFolder }: ProgramFolders): Promise<pulumi.Inputs> {
  const files = readStackFiles(projectFolder);
  const stack = pulumi.getStack();
  const program = await import('#project');
  const parsed = parseSettings(files, ownSettingsOf(exportedBy(program).ownSettings));
  const settings = {
    ...parsed,
    platform: { ...parsed.platform, github: gitHubAccess(parsed.platform.github, stack, files[stack], process.env) },
  };
  const delivery = await deliveryOf(
    onGitHubOf(runProgram(exportedBy(program).default, settings, projectFolder), settings.platform.github.baseUrl),
    settings,
  );
  const given = process.env['GITHUB_TOKEN'];
  const token = given === '' ? undefined : given;
  const kubeconfig = process.env['KUBECONFIG'];
  let state: Promise<StackState> | undefined;
  const outputs = await makeStack({
    stack,
    delivery,
    settings,
    files,
    secrets: await readStackSecrets(),
    preview: pulumi.runtime.isDryRun(),
    // What one stack needs and another does not is loaded where it is asked for: the platform renders nothing and asks no cluster.
    bootstrap: async (environment) => {
      const { renderEnvironment } = await import('../render/render-environment.ts');
      const { openHelm } = await import('../clients/helm/open-helm.ts');
      const release = delivery.initialReleases[environment.name] ?? { images: {} };
      const opsRepository = opsAddressOf(delivery, environment.name);
      const { objects } = renderEnvironment(delivery, environment, release, {
        opsRepository,
        renderChart: openHelm(projectFolder),
      });
      return objects.filter(({ path }) => path.startsWith('bootstrap/')).map(({ object }) => object);
    },
    defaultBranchFiles: (ops) => opsDefaultBranchWorkflows(delivery, ops),
    lookUpGitHub: (question) => readGitHub(question, token),
    lookUpExisting: (question) => readExisting(question, token),
    isPublished: async (environment) => {
      const ops = managedOpsRepository(delivery, environment);
      const { owner, baseUrl } = settings.platform.github;
      // Of a branch elsewhere nothing is known; what may be behind is told.
      if (hostOf(ops.url, delivery.gitHubHost) !== 'github') return true;
      return readAhead(
        {
          owner,
          repository: nameAtHost(ops),
          branch: unitOf(delivery, { environment }).branch,
          from: defaultBranchOf(ops),
          ...(baseUrl === undefined ? {} : { baseUrl }),
        },
        token,
      );
    },
    lookUpCluster: async (question) => {
      const { readCluster } = await import('./cluster/read-cluster.ts');
      return readCluster(question, kubeconfig === undefined ? {} : { kubeconfig });
    },
    state: () => (state ??= readStackState(qualified(stack), projectFolder)),
    committedFile: (stack) => readCommittedStackFile(projectFolder, stack),
    warn: (message) => {
      void pulumi.log.warn(`portolan: ${message}`);
    },
  });
  return { ...outputs };
}

/**
 * An error that Pulumi shows as its sentences alone. Without a stack, because Pulumi has Node.js colour the stack of what it does
 * not show either, and Node.js 20 needs half a minute and gigabytes for one with packages in it.
 */
function sentencesAlone(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = '';
  return error;
}

/**
 * Runs the stack that Pulumi chose. A mistake of the user's is shown as its sentences alone, without a stack trace.
 *
 * @param folders - that of `Pulumi.yaml` and `project.ts`, and that of Portolan
 */
export default async function program(folders: ProgramFolders): Promise<pulumi.Inputs> {
  try {
    return await run(folders);
  } catch (thrown) {
    const error = missingPackage(thrown, folders.packageFolder) ?? programFailure(thrown, folders) ?? thrown;
    if (error instanceof ProblemsError || (error instanceof Error && error.message.startsWith('portolan:')))
      throw sentencesAlone(error.message);
    throw error;
  }
}
