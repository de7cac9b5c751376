import type { Delivery } from '../../delivery.ts';
import { engineNamespaceOf } from '../../environment.ts';
import { argoApplicationName } from '../../names.ts';
import { stageOf } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { applicationsIn } from '../place.ts';

const known: ReadonlySet<string> = new Set(['delivery', 'environment', 'application']);

/** No two applications of one cluster are called the same by their engine, which would keep only the last of them. */
export const followedNames = (delivery: Delivery): readonly Problem[] => [
  ...unknownWords(delivery.followedAs),
  ...sameNames(delivery),
];

const unknownWords = (pattern = ''): readonly Problem[] =>
  [...pattern.matchAll(/\{([^{}]*)\}/g)]
    .filter(([, word = '']) => !known.has(word))
    .map(([word]) => ({
      path: 'followedAs',
      message: 'holds a word that nothing fills in; write {delivery}, {environment} or {application}',
      given: word,
    }));

function sameNames(delivery: Delivery): readonly Problem[] {
  const owners = new Map<string, string>();
  return applicationsIn(delivery).flatMap(({ environment, application }) => {
    const name = argoApplicationName(delivery, environment, application);
    const namespace = engineNamespaceOf(environment, stageOf(delivery, environment.name)?.engine.kind);
    const key = `${environment.cluster.name} ${namespace} ${name}`;
    const place = `${environment.name}/${application.name}`;
    const owner = owners.get(key);
    owners.set(key, owner ?? place);
    // Twice in one environment is told by the names of its objects.
    return owner === undefined || owner.startsWith(`${environment.name}/`)
      ? []
      : [
          {
            path: delivery.followedAs === undefined ? `environments.${environment.name}` : 'followedAs',
            message: `gives ${place} the name that ${owner} has in ${environment.cluster.name}; write a pattern with {environment} and {application} as followedAs`,
            given: delivery.followedAs ?? name,
          },
        ];
  });
}
