import type { Credential } from '../../model/credential.ts';
import type { Delivery } from '../../model/delivery.ts';
import { typed, unitOfStage } from '../../model/derived/units.ts';
import { fullNameOf } from '../../model/formats/repository-address.ts';
import { managedOpsRepository } from '../../model/derived/managed-repositories.ts';
import { originsOf } from '../../model/derived/origins.ts';
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
} from '../../hosts/workflow/steps.ts';
import type { Job } from '../../hosts/workflow/workflow.ts';
import type { PromotionCall } from '../../hosts/workflow/call.ts';
import { registryHost } from '../../hosts/workflow/registry-host.ts';
import {
  loginSteps,
  registryLogins,
  registryPermission,
  type DeclaredLogin,
} from '../../hosts/workflow/registry-logins.ts';
import { lookedFor } from '../../model/derived/looks/looked-for.ts';

/** Promotes to a stage with the program of the default branch, and with the key that the stage pushes with. */
export function promoteJob(delivery: Delivery, source: Repository, stage: Stage, call: PromotionCall): Job {
  const program = programRepository(delivery);
  const ops = managedOpsRepository(delivery, stage.environment);
  const credential = credentialIn(delivery, source, 'gitPush', stage.environment);
  const separate = program.name !== source.name;
  const isOneOfSeveral = delivery.repositories.filter(({ holds }) => holds.includes('source')).length > 1;
  const logins = call.arguments.includes('--tag-images')
    ? registryLogins(delivery, source, stage.environment, imageRepositories(delivery, stage))
    : call.arguments.includes('--newest')
      ? looks(delivery, stage)
      : [];
  return {
    name: `Promote to ${stage.name}`,
    ...(call.needs.length === 0 ? {} : { needs: call.needs }),
    ...environmentOf(credential),
    permissions: { contents: 'read', ...registryPermission(logins) },
    timeoutMinutes: 15,
    steps: [
      opsWriterToken(ops, credential),
      ...(separate ? [appToken('program-token', credential, [program], { contents: 'read' })] : []),
      checkout('Check out the source with its history', { path: 'source' }),
      ...(separate
        ? [
            checkout('Check out the program', {
              repository: fullNameOf(program),
              path: 'program',
              token: tokenOf('program-token'),
            }),
          ]
        : []),
      ...loginSteps(logins),
      ...installProgram(separate ? 'program' : 'source'),
      {
        name: `Promote to ${stage.name}`,
        workingDirectory: separate ? 'program' : 'source',
        env: {
          ...call.env,
          ...(call.commit === undefined ? {} : { SOURCE_COMMIT: call.commit }),
          OPS_REPOSITORY: ops.url,
          GITHUB_TOKEN: tokenOf('token'),
          PORTOLAN_RUN: runUrl,
        },
        run: [
          `npx --no-install portolan promote ${typed(unitOfStage(delivery, stage))} --ops "$OPS_REPOSITORY"`,
          `--source ${isOneOfSeveral ? `${source.name}=` : ''}../source`,
          ...(call.commit === undefined ? [] : ['--source-commit "$SOURCE_COMMIT"']),
          ...call.arguments,
        ].join(' \\\n  '),
      },
    ],
  };
}

/** What a look in registries logs in with, where the supplies say it: to read, and nothing else. */
const looks = (delivery: Delivery, stage: Stage): readonly DeclaredLogin[] =>
  lookedFor(delivery, stage).flatMap(({ discovery, artifacts }) => {
    const login = 'login' in discovery ? discovery.login : undefined;
    const credential = delivery.credentials.find(({ name }) => name === login);
    const repositories = delivery.artifacts.filter(({ name }) => artifacts.includes(name));
    return credential === undefined
      ? []
      : [...new Set(repositories.map(({ repository }) => registryHost(repository) ?? 'docker.io'))].map((host) => ({
          host,
          credential,
        }));
  });

/** Repositories of the images that a stage's releases are of. */
function imageRepositories(delivery: Delivery, stage: Stage): readonly string[] {
  const artifacts = originsOf(stage, delivery).flatMap((supply) => supply.artifacts);
  return delivery.artifacts
    .filter(({ kind, name }) => kind === 'image' && artifacts.includes(name))
    .map(({ repository }) => repository);
}

const environmentOf = (credential: Credential | undefined): { readonly environment?: string } =>
  credential?.store.kind === 'githubActions' && credential.store.environment !== undefined
    ? { environment: credential.store.environment }
    : {};
