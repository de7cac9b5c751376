import type { Credential } from '../../credential.ts';
import { opsRepositoryOf, type Delivery } from '../../delivery.ts';
import { eventTypesOf, healthEventsOf } from '../../derived/looks/engine-word.ts';
import { engineNamespaceOf, type Environment } from '../../environment.ts';
import { hostOf, notOnGitHub } from '../../formats/host.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import { stagePath } from '../place.ts';
import { checkName, namesOf } from '../reference/known-names.ts';

/** Keys of a Secret with which Flux writes to GitHub: those of an app, or a token. */
const appKeys = ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'];
const tokenKeys = ['token'];

/** Most characters that GitHub takes for the type of an event. */
const longestType = 100;

const environmentNamed = (delivery: Delivery, name: string): Environment | undefined =>
  delivery.environments.find((environment) => environment.name === name);

/** What keeps Flux from writing to GitHub with a credential of its environment. */
function secretProblems(
  environment: Environment,
  { name, purpose, store }: Credential,
  wanted: Credential['purpose'],
): readonly Problem[] {
  const path = `environments.${environment.name}.credentials.${name}`;
  const namespace = engineNamespaceOf(environment, 'flux');
  if (store.kind !== 'kubernetes')
    return [{ path: `${path}.store.kind`, message: 'must be "kubernetes": Flux reads a Secret', given: store.kind }];
  const keys = [...store.keys].sort().join();
  return [
    ...(purpose === wanted
      ? []
      : [{ path: `${path}.purpose`, message: `must be "${wanted}", which Flux uses it for`, given: purpose }]),
    ...(store.namespace === namespace
      ? []
      : [
          {
            path: `${path}.store.namespace`,
            message: `must be "${namespace}", where Flux looks for it`,
            given: store.namespace,
          },
        ]),
    ...(keys === appKeys.join() || keys === tokenKeys.join()
      ? []
      : [
          {
            path: `${path}.store.keys`,
            message: `must be ${JSON.stringify(appKeys)} of a GitHub App, or ${JSON.stringify(tokenKeys)}`,
            given: store.keys,
          },
        ]),
  ];
}

/** A stage whose engine says on each commit how it ended. */
function reportProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const environment = environmentNamed(delivery, stage.environment);
  if (stage.engine.kind !== 'flux' || stage.engine.reportsWith === undefined || environment === undefined) return [];
  const { reportsWith } = stage.engine;
  const path = `${stagePath(stage)}.engine.reportsWith`;
  const credential = environment.credentials.find(({ name }) => name === reportsWith);
  if (credential === undefined)
    return checkName(path, `credential of ${environment.name}`, reportsWith, namesOf(environment.credentials));
  const at = `environments.${environment.name}.credentials.${credential.name}.holder`;
  const ops = opsRepositoryOf(delivery, environment.name);
  const other = delivery.environments.find(
    (it) => it !== environment && it.credentials.some(({ holder }) => holder === credential.holder),
  );
  const differing = delivery.stages.find(
    (it) =>
      it.environment === stage.environment &&
      it.engine.kind === 'flux' &&
      it.engine.reportsWith !== undefined &&
      it.engine.reportsWith !== reportsWith,
  );
  const people = delivery.actors.filter(({ kind }) => kind !== 'team');
  return [
    ...secretProblems(environment, credential, 'notification'),
    ...checkName(at, 'app or person among the actors', credential.holder, namesOf(people)),
    ...(other === undefined
      ? []
      : [
          {
            path: at,
            message: `holds a credential of ${other.name} too, whose cluster could then speak for this one; give each environment an app of its own`,
            given: credential.holder,
          },
        ]),
    ...(differing === undefined || delivery.stages.indexOf(differing) > delivery.stages.indexOf(stage)
      ? []
      : [
          { path, message: `must be as ${stagePath(differing)} says: one word for an environment`, given: reportsWith },
        ]),
    ...(ops === undefined || hostOf(ops.url, delivery.gitHubHost) === 'github'
      ? []
      : [
          {
            path,
            message: `writes to ${ops.url}, ${notOnGitHub(delivery.gitHubHost)}, where no commit status is read yet; leave it out`,
            given: reportsWith,
          },
        ]),
  ];
}

/** A stage that an event starts: whoever sends it can, and with something that can do nothing else. */
function eventProblems(delivery: Delivery, stage: Stage): readonly Problem[] {
  const path = stagePath(stage);
  const problems = stage.triggers.flatMap((trigger, i) => {
    if (trigger.on !== 'upstreamHealthy' || trigger.by !== 'event' || trigger.authentication === undefined) return [];
    const at = `${path}.triggers[${i}]`;
    const { authentication } = trigger;
    return delivery.stages
      .filter(({ name }) => trigger.stages.includes(name))
      .flatMap((upstream) => senderProblems(delivery, upstream, authentication, at));
  });
  const long = eventTypesOf(delivery, stage).find((type) => type.length > longestType);
  return long === undefined
    ? problems
    : [
        ...problems,
        {
          path: `${path}.triggers`,
          message: `wait for an event with a type of more than ${longestType} characters, which GitHub refuses; write { by: "poll" }`,
          given: long,
        },
      ];
}

function senderProblems(delivery: Delivery, upstream: Stage, authentication: string, at: string): readonly Problem[] {
  const { engine } = upstream;
  if (engine.kind !== 'flux')
    return [
      {
        path: `${at}.by`,
        message: `is not carried out yet where ${engine.kind} follows ${stagePath(upstream)}: Flux alone sends events; write "poll"`,
        given: 'event',
      },
    ];
  const environment = environmentNamed(delivery, upstream.environment);
  if (environment === undefined) return [];
  const credential = environment.credentials.find(({ name }) => name === authentication);
  if (credential === undefined)
    return checkName(
      `${at}.authentication`,
      `credential of ${environment.name}`,
      authentication,
      namesOf(environment.credentials),
    );
  const earlier = delivery.stages
    .flatMap(healthEventsOf)
    .find(({ stages, authentication: other }) => stages.includes(upstream.name) && other !== authentication);
  return [
    ...secretProblems(environment, credential, 'triggerAuthentication'),
    ...(earlier === undefined
      ? []
      : [
          {
            path: `${at}.authentication`,
            message: `must be the one that other stages hear ${environment.name} by, "${earlier.authentication}"`,
            given: authentication,
          },
        ]),
  ];
}

/** What Flux says to GitHub it can say, each with a Secret of its own, and what is believed of a place nobody else can write. */
export const engineWord = (delivery: Delivery): readonly Problem[] =>
  delivery.stages.flatMap((stage) => [...reportProblems(delivery, stage), ...eventProblems(delivery, stage)]);
