import { load } from 'js-yaml';
import type { KubernetesObject } from '../../model/application.ts';
import type { Unit } from '../../model/derived/units.ts';
import { chartFileAt } from '../../objects/files/chart-file.ts';
import type { RenderedObject } from '../../objects/rendered-object.ts';
import type { RenderedEnvironment } from '../../render/rendered-environment.ts';
import { readFiles } from '../git/read-blobs.ts';
import { OpsError } from '../ops-error.ts';
import type { OpsContext } from '../ops-context.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import { readBranch, type OwnBranch } from './branch-state.ts';

/** An object as a branch holds it, with the text of its file. */
export interface PublishedObject extends RenderedObject {
  readonly text: string;
}

/** What a program renders: of a file that says the very same, the object is its, and the file is not parsed. */
export type SameText = Pick<RenderedEnvironment, 'objects' | 'files'>;

/** How the files of a branch become objects. */
export interface PublishedOptions {
  /** Whether to leave out what is gone or is no object, because whoever asks can do without it. @default false */
  readonly leaveOutUnreadable?: boolean;
  /** What is rendered for the branch, where that is known: most files say what they did before. @default - every file is parsed */
  readonly rendered?: SameText;
}

/** What a unit's branch holds now. */
export interface Published {
  readonly unit: Unit;
  readonly record: ReleaseRecord;
  /** Its objects. @throws OpsError as {@link publishedObjects} */
  readonly objects: (options?: PublishedOptions) => readonly PublishedObject[];
  /** Path → text of its files that tell an engine to render a chart. */
  readonly chartFiles: ReadonlyMap<string, string>;
}

/** Reads what a unit's branch holds, to compare with it; nothing when there is no branch of ours. */
export async function readPublished(
  { repository, delivery }: Pick<OpsContext, 'repository' | 'delivery'>,
  unit: Unit,
): Promise<Published | undefined> {
  const state = await readBranch(repository, delivery, unit, await repository.tip(unit.branch));
  if (state.kind !== 'ours') return undefined;
  const [texts, chartFiles] = await Promise.all([
    textsOf(repository.gitDir, state),
    publishedChartFiles(repository.gitDir, state),
  ]);
  return { unit, record: state.record, objects: (options = {}) => objectsIn(state, texts, options), chartFiles };
}

/** Path → text of every file that a branch's index names and that tells an engine to render a chart; one that is gone is absent. */
export async function publishedChartFiles(
  gitDir: string,
  { tree, index }: Pick<OwnBranch, 'tree' | 'index'>,
): Promise<ReadonlyMap<string, string>> {
  return readFiles(
    gitDir,
    tree,
    Object.keys(index.files).filter((path) => chartFileAt(path) !== undefined),
  );
}

/**
 * Reads every object that a branch's index names, in the order of the paths.
 *
 * @throws OpsError when a file is gone or is not an object, unless those are left out
 */
export async function publishedObjects(
  gitDir: string,
  state: Pick<OwnBranch, 'tip' | 'tree' | 'index'>,
  options: PublishedOptions = {},
): Promise<readonly PublishedObject[]> {
  return objectsIn(state, await textsOf(gitDir, state), options);
}

/** Path → text of every file that a branch's index names, in the order of the paths; nothing for one that is gone. */
async function textsOf(
  gitDir: string,
  { tree, index }: Pick<OwnBranch, 'tree' | 'index'>,
): Promise<ReadonlyMap<string, string | undefined>> {
  const paths = Object.keys(index.objects).sort();
  const texts = await readFiles(gitDir, tree, paths);
  return new Map(paths.map((path) => [path, texts.get(path)]));
}

function objectsIn(
  { tip, index }: Pick<OwnBranch, 'tip' | 'index'>,
  texts: ReadonlyMap<string, string | undefined>,
  { leaveOutUnreadable = false, rendered }: PublishedOptions,
): readonly PublishedObject[] {
  const known = new Map(rendered?.objects.map(({ path, object }) => [path, object]));
  return [...texts].flatMap(([path, text]) => {
    const isSame = text !== undefined && rendered?.files.get(path) === text;
    const object = (isSame ? known.get(path) : undefined) ?? parse(text);
    if (object === undefined && leaveOutUnreadable) return [];
    if (object === undefined) throw unreadable(path, tip, text);
    const application = /^manifests\/([^/]+)\//.exec(path)?.[1];
    return [
      {
        path,
        construct: index.objects[path]?.construct ?? '',
        object,
        text: text ?? '',
        ...(application === undefined ? {} : { application }),
      },
    ];
  });
}

function parse(text: string | undefined): KubernetesObject | undefined {
  try {
    const object = load(text ?? '') as Partial<KubernetesObject> | null | undefined;
    // The index says that this program wrote an object here; a name is what every one has.
    return typeof object?.metadata?.name === 'string' ? (object as KubernetesObject) : undefined;
  } catch {
    return undefined;
  }
}

const unreadable = (path: string, tip: string, text: string | undefined): OpsError =>
  new OpsError(`${tip.slice(0, 12)} cannot be read`, [
    {
      code: 'bad-file',
      what: `${path} ${text === undefined ? 'is in index.json and is gone' : 'holds no object'}`,
      next: 'publish again with --discard-edits, or revert the commit that did it',
    },
  ]);
