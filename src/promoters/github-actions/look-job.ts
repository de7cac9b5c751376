import type { Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { isManaged, managedOpsRepository } from '../../model/derived/managed-repositories.ts';
import { reporterOf } from '../../model/derived/looks/engine-word.ts';
import { originsOf } from '../../model/derived/origins.ts';
import { typed, unitOfStage } from '../../model/derived/units.ts';
import { hostOf } from '../../model/formats/host.ts';
import { fullNameOf } from '../../model/formats/repository-address.ts';
import type { Repository } from '../../model/repository.ts';
import type { Stage } from '../../model/stage.ts';
import { credentialIn } from '../../hosts/workflow/credential-in.ts';
import {
  appToken,
  checkout,
  installProgram,
  opsWriterToken,
  programRepository,
  runUrl,
  tokenOf,
  writeKubeconfig,
} from '../../hosts/workflow/steps.ts';
import type { Job, Step } from '../../hosts/workflow/workflow.ts';

/** Promotes to a stage what is healthy in the stages that it takes from, with the key that the program publishes to the stage with. */
export function lookJob(delivery: Delivery, stage: Stage): Job {
  const program = programRepository(delivery);
  const ops = managedOpsRepository(delivery, stage.environment);
  const credential = credentialIn(delivery, program, 'gitPush', stage.environment);
  const before = delivery.stages.filter(
    ({ name }) => stage.intake.from === 'stages' && stage.intake.stages.includes(name),
  );
  const reported = before.filter((upstream) => reporterOf(delivery, upstream) !== undefined);
  const asksClusters = reported.length < before.length;
  // Looked for alone: which step reads it says its key.
  if (asksClusters) credentialIn(delivery, program, 'clusterRead', stage.environment);
  const sources = sourcesOf(delivery, stage);
  const from = before.find(({ name }) => stage.intake.from === 'stages' && stage.intake.stages[0] === name);
  return {
    name: `Promote to ${stage.name} what is healthy before it`,
    environment: stage.environment,
    permissions: { contents: 'read' },
    timeoutMinutes: 15,
    steps: [
      opsWriterToken(ops, credential, reported.length > 0),
      checkout('Check out the program with its history', { path: 'program' }),
      ...sources.filter((source) => source !== program).flatMap((source, i) => checkoutOf(source, credential, i + 1)),
      ...installProgram('program'),
      ...(asksClusters ? [writeKubeconfig] : []),
      {
        name: `Promote to ${stage.name}, if there is something new and healthy`,
        workingDirectory: 'program',
        env: { OPS_REPOSITORY: ops.url, GITHUB_TOKEN: tokenOf('token'), PORTOLAN_RUN: runUrl },
        run: [
          `npx --no-install portolan promote ${typed(unitOfStage(delivery, stage))} --ops "$OPS_REPOSITORY"`,
          ...sources.map((source) => `--source ${source.name}=${source === program ? '.' : `../${folderOf(source)}`}`),
          `--from ${from?.environment ?? ''} --when-healthy`,
        ].join(' \\\n  '),
      },
    ],
  };
}

/** Repositories of the sources that a stage's releases are built from, as far as this host has them: which of two commits is newer is asked of them. */
function sourcesOf(delivery: Delivery, stage: Stage): readonly Repository[] {
  const names = new Set(originsOf(stage, delivery).map(({ source }) => source));
  return delivery.repositories.filter(
    ({ name, holds, url }) =>
      names.has(name) && holds.includes('source') && hostOf(url, delivery.gitHubHost) === 'github',
  );
}

/** Folder beside the program. */
const folderOf = ({ name }: Repository): string => `sources/${name}`;

/** Checks a source out; what somebody else manages is taken to be public, because no app of ours is let into it. */
function checkoutOf(source: Repository, credential: Credential, number: number): readonly Step[] {
  const id = `source-token-${number}`;
  const where = { path: folderOf(source), repository: fullNameOf(source) };
  const name = `Check out ${source.name} with its history`;
  return isManaged(source)
    ? [appToken(id, credential, [source], { contents: 'read' }), checkout(name, { ...where, token: tokenOf(id) })]
    : [checkout(name, where)];
}
