import { listOf, textOf } from '../fields.ts';

/** Whether a node or a pod says that it is ready. */
export const isReady = (object: unknown): boolean =>
  listOf(object, 'status', 'conditions').some(
    (condition) => textOf(condition, 'type') === 'Ready' && textOf(condition, 'status') === 'True',
  );
