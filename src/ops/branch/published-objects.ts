import { load } from 'js-yaml';
import type { KubernetesObject } from '../../model/application.ts';
import type { RenderedObject } from '../../render/rendered-environment.ts';
import { readBlobs } from '../git/read-blobs.ts';
import { OpsError } from '../ops-error.ts';
import type { OwnBranch } from './branch-state.ts';

/** An object as a branch holds it, with the text of its file. */
export interface PublishedObject extends RenderedObject {
  readonly text: string;
}

/**
 * Reads every object that a branch's index names, in the order of the paths.
 *
 * @throws OpsError when a file is gone or is not an object
 */
export async function publishedObjects(gitDir: string, { tip, index }: Pick<OwnBranch, 'tip' | 'index'>): Promise<readonly PublishedObject[]> {
  const paths = Object.keys(index.objects).sort();
  const texts = await readBlobs(gitDir, paths.map((path) => `${tip}:${path}`));
  return paths.map((path) => {
    const text = texts.get(`${tip}:${path}`);
    const application = /^manifests\/([^/]+)\//.exec(path)?.[1];
    return { path, construct: index.objects[path]?.construct ?? '', object: parse(path, tip, text), text: text ?? '', ...(application === undefined ? {} : { application }) };
  });
}

function parse(path: string, tip: string, text: string | undefined): KubernetesObject {
  try {
    const object = load(text ?? '') as Partial<KubernetesObject> | undefined;
    // The index says that this program wrote an object here; a name is what every one has.
    if (typeof object?.metadata?.name === 'string') return object as KubernetesObject;
  } catch {
    // Said below, with the place.
  }
  throw new OpsError(`${tip.slice(0, 12)} cannot be read`, [
    { code: 'bad-file', what: `${path} ${text === undefined ? 'is in index.json and is gone' : 'holds no object'}`, next: 'publish again with --discard-edits, or revert the commit that did it' },
  ]);
}
