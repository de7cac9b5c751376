import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { treeOfFiles, type TreeObject } from '../../review/diff/tree-object.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** The objects of a folder of manifests. @throws UsageError when there is no such folder */
export function folderTree(folder: string): readonly TreeObject[] {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return treeOfFiles(
      new Map(files.map((file) => [relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')])),
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      throw new UsageError(`${folder} is not a folder of manifests`);
    throw error;
  }
}
