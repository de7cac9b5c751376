import type { Application, KubernetesObject } from '../../model/application.ts';
import { engineNamespaceOf } from '../../model/environment.ts';
import { runsBefore } from '../../model/pods/job-pods.ts';
import { kustomizationName } from '../../model/names.ts';
import type { Ailment } from '../ailment.ts';
import type { EnginePlugin } from '../engine.ts';
import { followingElse, missing } from '../live-application.ts';
import { followsElse } from './followed-source.ts';
import { besideNames } from './kustomizations.ts';
import { kustomizeApi, sourceApi } from './settings.ts';
import { commitIn, conditionOf, isSuspended } from './status/conditions.ts';
import { refusedObjects, unhealthyObjects } from './status/named-objects.ts';
import { resumeLine, verdictOf } from './status/verdict.ts';
import { textAt } from '../../objects/fields-at.ts';

/** The Kustomization of an application. */
export const watches: EnginePlugin['watches'] = ({ delivery, environment }, application) => ({
  apiVersion: kustomizeApi,
  kind: 'Kustomization',
  name: kustomizationName(delivery, environment, application),
  namespace: engineNamespaceOf(environment, 'flux'),
});

/** What fetches the branch, and what runs before a release, where anything does. */
export const beside: EnginePlugin['beside'] = (binding, application) => {
  const { name, namespace } = watches(binding, application);
  return [
    { apiVersion: sourceApi, kind: 'GitRepository', name, namespace },
    ...partsBeside(name, application).map((part) => ({
      apiVersion: kustomizeApi,
      kind: 'Kustomization',
      name: part,
      namespace,
    })),
  ];
};

/** Written objects alone ask for their own time before everything; of services it is known what they have. */
function partsBeside(name: string, { services }: Application): readonly string[] {
  const { before, ground, jobs } = besideNames(name);
  return [before, ...(services.some(runsBefore) ? [ground, jobs] : [])];
}

const isSource = ({ kind }: KubernetesObject): boolean => kind === 'GitRepository';

/** How a Kustomization, or what fetches its branch, follows something else than it is to; nothing where it does not. */
export const elsewhere: EnginePlugin['elsewhere'] = (binding, application, live, around) =>
  followsElse(binding, application, live, around.find(isSource));

/** What a Kustomization's status means. */
export const judge: EnginePlugin['judge'] = (binding, application, live, mend, around) => {
  const watched = watches(binding, application);
  if (live === undefined) return missing(watched, mend);
  const { name } = watched;
  const other = elsewhere(binding, application, live, around);
  if (other !== undefined) return followingElse(name, other, mend);
  const source = around.find(isSource);
  const fetched = source === undefined ? undefined : commitIn(textAt(source, 'status', 'artifact', 'revision'));
  const verdict = verdictOf(live, fetched);
  const { message = '' } = verdict;
  return {
    name,
    ...verdict,
    // What cannot be fetched cannot be compared.
    ...(source !== undefined && conditionOf(source, 'Ready').status === 'False' ? { sync: 'Unknown' } : {}),
    ailments: [
      ...around.flatMap(ailmentsBeside),
      ...(verdict.operation === 'Failed' ? refusedObjects(message) : []),
      ...unhealthyObjects(message),
    ],
  };
};

/** Why what stands beside a Kustomization keeps it from going on. */
function ailmentsBeside(object: KubernetesObject): readonly Ailment[] {
  const name = `${object.kind}/${object.metadata.name}`;
  if (isSuspended(object))
    return [
      {
        object: name,
        message: `is suspended: ${isSource(object) ? 'no newer commit is fetched' : 'nothing runs before a release'}`,
        next: resumeLine(object),
      },
    ];
  const { status, message } = conditionOf(object, 'Ready');
  if (status !== 'False') return [];
  return [
    { object: name, message: `${isSource(object) ? 'does not fetch the branch' : 'did not end well'}: ${message}` },
  ];
}
