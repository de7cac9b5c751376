import type { KubernetesObject } from '../model/application.ts';

/** The items of an annotation that holds a list with commas, e.g. `Prune=false,Delete=false`; none when it is not there. */
export const annotationItems = ({ metadata }: KubernetesObject, name: string): readonly string[] =>
  (metadata.annotations?.[name] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
