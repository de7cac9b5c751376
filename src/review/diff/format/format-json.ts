import { isEqual, type TreeDiff } from '../tree-diff.ts';

/** A diff for machines. Fields are only ever added while `apiVersion` stays. */
export interface DiffDocument extends TreeDiff {
  readonly apiVersion: 'portolan/v1';
  readonly kind: 'Diff';
  /** What was compared, e.g. `prod`. @default - not said */
  readonly title?: string;
  /** Whether nothing differs and nothing restarts. */
  readonly equal: boolean;
}

/** A diff as plain data, in a fixed order of fields; secrets are hidden in it as everywhere. */
export function diffDocument(diff: TreeDiff, title?: string): DiffDocument {
  return {
    apiVersion: 'portolan/v1',
    kind: 'Diff',
    ...(title === undefined ? {} : { title }),
    equal: isEqual(diff),
    risk: diff.risk,
    restarts: diff.restarts,
    objects: diff.objects,
    ...(diff.order === undefined ? {} : { order: diff.order }),
  };
}

/** Writes a diff as JSON. It ends with a line break. */
export const formatJson = (diff: TreeDiff, title?: string): string =>
  `${JSON.stringify(diffDocument(diff, title), null, 2)}\n`;
