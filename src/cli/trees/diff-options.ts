import type { DiffOptions } from '../../review/diff/diff-trees.ts';
import { listKeys } from '../../review/schema/list-keys.ts';
import type { OpenProject } from '../project/open-project.ts';

/** How trees of a project are compared: lists by the keys that its schemas name. */
export const diffOptionsOf = ({ catalog }: Pick<OpenProject, 'catalog'>): DiffOptions => ({
  listKeys: (object, path) => listKeys(catalog, object, path),
});
