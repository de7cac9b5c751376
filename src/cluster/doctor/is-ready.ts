import { listAt, textAt } from '../../objects/fields-at.ts';

/** Whether a node or a pod says that it is ready. */
export const isReady = (object: unknown): boolean =>
  listAt(object, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  );
