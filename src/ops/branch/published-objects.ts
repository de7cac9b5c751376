import { load } from 'js-yaml';
import type { KubernetesObject } from '../../model/application.ts';
import type { Unit } from '../../model/derived/units.ts';
import type { RenderedObject } from '../../objects/rendered-object.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { OpsError } from '../ops-error.ts';
import type { OpsContext } from '../ops-context.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import { readBranch, type OwnBranch } from './branch-state.ts';

/** An object as a branch holds it, with the text of its file. */
export interface PublishedObject extends RenderedObject {
  readonly text: string;
}

/** How to go about a file that somebody made unreadable. */
export interface PublishedOptions {
  /** Whether to leave out what is gone or is no object, because whoever asks can do without it. @default false */
  readonly leaveOutUnreadable?: boolean;
}

/** What a unit's branch holds now. */
export interface Published {
  readonly record: ReleaseRecord;
  readonly objects: readonly PublishedObject[];
}

/**
 * Reads what a unit's branch holds, to compare with it; nothing when there is no branch of ours. A file that somebody made
 * unreadable is left out: it is an edit, which the writer names, or overwrites when told so.
 */
export async function readPublished(
  { repository, delivery }: Pick<OpsContext, 'repository' | 'delivery'>,
  unit: Unit,
): Promise<Published | undefined> {
  const state = await readBranch(repository, delivery, unit, await repository.tip(unit.branch));
  return state.kind === 'ours'
    ? { record: state.record, objects: await publishedObjects(repository.gitDir, state, { leaveOutUnreadable: true }) }
    : undefined;
}

/**
 * Reads every object that a branch's index names, in the order of the paths.
 *
 * @throws OpsError when a file is gone or is not an object, unless those are left out
 */
export async function publishedObjects(
  gitDir: string,
  { tip, index }: Pick<OwnBranch, 'tip' | 'index'>,
  { leaveOutUnreadable = false }: PublishedOptions = {},
): Promise<readonly PublishedObject[]> {
  const paths = Object.keys(index.objects).sort();
  const texts = await readBlobs(
    gitDir,
    paths.map((path) => `${tip}:${path}`),
  );
  return paths.flatMap((path) => {
    const text = texts.get(`${tip}:${path}`);
    const object = parse(text);
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
