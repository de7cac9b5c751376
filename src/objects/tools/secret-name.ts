import type { Delivery } from '../../model/delivery.ts';

/** The Secret of a credential; its name stands for one that is not declared, or not kept in a cluster, which the model refuses. */
export const secretNameOf = ({ credentials }: Delivery, credential: string): string => {
  const store = credentials.find(({ name }) => name === credential)?.store;
  return store?.kind === 'kubernetes' ? store.secretName : credential;
};
