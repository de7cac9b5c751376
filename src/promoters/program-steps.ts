import { registryRepositoryOf, repositoryHolding, type Delivery } from '../model/delivery.ts';
import { repositoryNamed } from '../model/derived/managed-repositories.ts';
import { typed, unitOfStage } from '../model/derived/units.ts';
import { apiOfGitHub, publicGitHub } from '../model/formats/host.ts';
import { nameAtHost, repositoryAddress } from '../model/formats/repository-address.ts';
import type { Repository } from '../model/repository.ts';
import type { Stage } from '../model/stage.ts';
import type { Supply } from '../model/supply.ts';
import { secretNameOf } from '../objects/tools/secret-name.ts';
import { programScripts } from './program-scripts.ts';
import { pushKeysOf } from '../model/secrets/push-keys.ts';

/** A run of this program in a cluster, which promotes to one stage. */
export interface ProgramRun {
  readonly delivery: Delivery;
  readonly stage: Stage;
  /** Supplies whose releases it promotes: the history of their sources says what is newer. */
  readonly supplies: readonly Supply[];
  /** Image with Node.js, npm and Git. */
  readonly image: string;
  /** What it is asked besides the stage, e.g. `--newest`. @default - nothing */
  readonly words?: readonly string[];
  /** What was built, each with the name of the variable that says its digest; `COMMIT` says of which commit. @default - it looks itself */
  readonly built?: readonly { readonly artifact: string; readonly digest: string }[];
  /** Variables of the program itself. */
  readonly env: readonly Variable[];
}

/** A variable of a container, as Kubernetes writes it. */
type Variable =
  | { readonly name: string; readonly value?: string }
  | { readonly name: string; readonly valueFrom: Readonly<Record<string, unknown>> };

/** A folder that a container sees. */
interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: true;
}

/** One of the containers that a run is made of, each after the one before. */
export interface ProgramStep {
  readonly name: keyof typeof programScripts;
  readonly image: string;
  /** Text for Node.js. */
  readonly script: string;
  readonly workingDir?: string;
  readonly env: readonly Variable[];
  readonly volumeMounts: readonly Mount[];
}

/** Who the steps run as: a user that images with Node.js know. */
export const programUser = 1000;

const mount = (name: string): Mount => ({ name, mountPath: `/${name}` });
const [work, reading, writing] = [mount('work'), mount('reading'), mount('writing')];

/** Folders of a run that go with it; what it proves itself with lies on no disk. */
export const programVolumes: readonly Readonly<Record<string, unknown>>[] = [
  { name: work.name, emptyDir: { sizeLimit: '2Gi' } },
  ...[reading, writing].map(({ name }) => ({ name, emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } })),
];

/** What a step may use. */
export const usedByProgram = {
  requests: { cpu: '100m', memory: '256Mi' },
  limits: { cpu: '1', memory: '1Gi' },
} as const;

/**
 * The steps of a run. The key is in the first one alone, what reads in the first two, what writes in the first and the last, and what `npm ci` runs sees none of
 * them.
 */
export function programSteps(run: ProgramRun): readonly ProgramStep[] {
  const asked = { name: 'ASKED', value: JSON.stringify(askedOf(run)) };
  const home = ['HOME', 'TMPDIR'].map((name) => ({ name, value: work.mountPath }));
  const read = { name: 'READING', value: reading.mountPath };
  const write = { name: 'WRITING', value: writing.mountPath };
  const step = (name: ProgramStep['name'], env: readonly Variable[], volumeMounts: readonly Mount[]): ProgramStep => ({
    name,
    image: run.image,
    script: programScripts[name],
    ...(volumeMounts.includes(work) ? { workingDir: work.mountPath } : {}),
    env: [asked, ...env],
    volumeMounts,
  });
  const seen = (folder: Mount): Mount => ({ ...folder, readOnly: true });
  return [
    step('prove', [read, write, ...proofs(run)], [reading, writing]),
    step('fetch', [read, ...home], [work, seen(reading)]),
    step('install', home, [work]),
    step('promote', [write, ...home, ...run.env], [work, seen(writing)]),
  ];
}

/** What the scripts are asked for; none of it is secret. */
function askedOf({ delivery, stage, supplies, words = [], built = [] }: ProgramRun): unknown {
  const ops = repositoryNamed(delivery, stage.write.repository);
  const program = repositoryHolding(delivery, 'program');
  const isOneOfSeveral = delivery.repositories.filter(({ holds }) => holds.includes('source')).length > 1;
  const sources = [...new Set(supplies.map(({ source }) => source))].map((source) => repositoryNamed(delivery, source));
  const host = repositoryAddress(ops.url)?.host ?? publicGitHub;
  const folderOf = ({ name }: Repository): string => `sources/${name}`;
  return {
    api: apiOfGitHub(host),
    server: `https://${host}`,
    ops: nameAtHost(ops),
    program: { url: program?.url ?? '', repository: program === undefined ? '' : nameAtHost(program) },
    sources: sources.map((it) => ({ url: it.url, folder: folderOf(it), repository: nameAtHost(it) })),
    images: built.map(({ artifact, digest }) => ({
      artifact,
      repository: registryRepositoryOf(delivery, artifact),
      digest,
    })),
    promote: [
      'promote',
      ...typed(unitOfStage(delivery, stage)).split(' '),
      ...words,
      '--ops',
      ops.url,
      ...sources.flatMap((it) => ['--source', `${isOneOfSeveral ? `${it.name}=` : ''}../${folderOf(it)}`]),
    ],
  };
}

/** What proves to the repositories who runs the program: variables of the one step that asks for logins with them. */
function proofs({ delivery, stage }: ProgramRun): readonly Variable[] {
  const name = secretNameOf(delivery, stage.write.credential);
  const keys = pushKeysOf(delivery, stage);
  const variables = keys.length === 3 ? ['APP', 'INSTALLATION', 'KEY'] : ['USERNAME', 'PASSWORD'];
  return variables.map((variable, i) => ({
    name: variable,
    valueFrom: { secretKeyRef: { name, key: keys[i] ?? '' } },
  }));
}
