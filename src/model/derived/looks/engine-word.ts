import type { Application } from '../../application.ts';
import type { Credential } from '../../credential.ts';
import { stageOf, type Delivery } from '../../delivery.ts';
import { engineNamespaceOf, type Environment } from '../../environment.ts';
import { kustomizationName } from '../../names.ts';
import type { Actor } from '../../repository.ts';
import type { Stage } from '../../stage.ts';
import type { Trigger } from '../../supply.ts';
import { applicationsOf, unitOfStage } from '../units.ts';

/** A trigger by which an engine says that a look is worth while. */
export type HealthEvent = Extract<Trigger, { readonly on: 'upstreamHealthy' }> & { readonly authentication: string };

/** Where the word of an engine for each commit of an application is kept, and whose it is. */
export interface EngineWord {
  /** Name of the commit status. */
  readonly context: string;
  /** Login that such a status is by; what anybody else writes there is no word of the engine. */
  readonly by: string;
}

/** What the status says of a commit that is applied, and of which everything is ready. */
export const doneInWords = 'reconciliation succeeded';

/** What the names of Flux's commit statuses begin with; behind it is that of the Kustomization. */
export const statusPrefix = 'flux/';

/** Name of the commit status of an application of an environment that Flux follows. */
export const statusContext = (delivery: Delivery, environment: Environment, application: Application): string =>
  `${statusPrefix}${kustomizationName(delivery, environment, application)}`;

/** Type of the event that Flux sends of an application. */
export const healthEventType = (delivery: Delivery, environment: Environment, application: Application): string =>
  `Kustomization/${kustomizationName(delivery, environment, application)}.${engineNamespaceOf(environment, 'flux')}`;

/** Login under which an actor writes at GitHub. */
const loginOf = ({ name, kind, slug = name }: Actor): string => (kind === 'app' ? `${slug}[bot]` : name);

/** The credential with which the engine of a stage says how commits ended; nothing where it says so in its cluster alone. */
export function reporterOf({ environments }: Delivery, { engine, environment }: Stage): Credential | undefined {
  if (engine.kind !== 'flux' || engine.reportsWith === undefined) return undefined;
  const { credentials = [] } = environments.find(({ name }) => name === environment) ?? {};
  return credentials.find(({ name }) => name === engine.reportsWith);
}

/** Where the engine of an application keeps its word for each commit; nothing where its cluster alone has it. */
export function engineWordOf(
  delivery: Delivery,
  environment: Environment,
  application: Application,
): EngineWord | undefined {
  const stage = stageOf(delivery, environment.name, application.name);
  const holder = stage === undefined ? undefined : reporterOf(delivery, stage)?.holder;
  const actor = delivery.actors.find(({ name }) => name === holder);
  return actor === undefined
    ? undefined
    : { context: statusContext(delivery, environment, application), by: loginOf(actor) };
}

/** The events among what starts a stage. */
export const healthEventsOf = ({ triggers }: Stage): readonly HealthEvent[] =>
  triggers.flatMap((trigger) =>
    trigger.on === 'upstreamHealthy' && trigger.by === 'event' && trigger.authentication !== undefined
      ? [{ ...trigger, authentication: trigger.authentication }]
      : [],
  );

/** Types of the events that start a stage: those of every application on the branches that it takes from. */
export const eventTypesOf = (delivery: Delivery, stage: Stage): readonly string[] => [
  ...new Set(
    healthEventsOf(stage).flatMap(({ stages }) =>
      delivery.stages
        .filter(({ name }) => stages.includes(name))
        .flatMap((upstream) => {
          const environment = delivery.environments.find(({ name }) => name === upstream.environment);
          return environment === undefined
            ? []
            : applicationsOf(environment, unitOfStage(delivery, upstream)).map((application) =>
                healthEventType(delivery, environment, application),
              );
        }),
    ),
  ),
];

/** Names of the credentials with which events of an environment are sent, and of the applications that they are about. */
export const eventsSentFrom = (
  delivery: Delivery,
  environment: Environment,
): readonly { readonly credential: string; readonly application: string }[] =>
  delivery.stages.flatMap((stage) =>
    healthEventsOf(stage).flatMap(({ stages, authentication }) =>
      delivery.stages
        .filter(({ name, environment: place }) => stages.includes(name) && place === environment.name)
        .flatMap((upstream) =>
          applicationsOf(environment, unitOfStage(delivery, upstream)).map(({ name }) => ({
            credential: authentication,
            application: name,
          })),
        ),
    ),
  );
