import { readdirSync, readFileSync } from 'node:fs';
import { treeOfFiles, type TreeObject } from '../../review/diff/tree-object.ts';
import { UsageError } from '../arguments/usage-error.ts';

/**
 * The objects of a folder of manifests.
 *
 * @param beside - objects of another folder: of a file with the same text there, its very object is taken, so that thousands of equal files are held once @default - none
 * @throws UsageError when there is no such folder
 */
export function folderTree(folder: string, beside: readonly TreeObject[] = []): readonly TreeObject[] {
  try {
    const known = new Map(beside.map((item) => [item.path, item]));
    return manifestsIn(folder)
      .sort()
      .flatMap((path) => {
        const text = readFileSync(`${folder}/${path}`, 'utf8');
        const same = known.get(path);
        return same?.text === text ? [same] : treeOfFiles(new Map([[path, text]]));
      });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      throw new UsageError(`${folder} is not a folder of manifests`);
    throw error;
  }
}

/** Paths of the manifests below a folder, with slashes wherever they are. */
function manifestsIn(folder: string, below = ''): string[] {
  return readdirSync(`${folder}/${below}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) return manifestsIn(folder, `${path}/`);
    return entry.isFile() && /\.ya?ml$/.test(path) ? [path] : [];
  });
}
