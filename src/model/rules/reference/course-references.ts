import type { Delivery } from '../../delivery.ts';
import { listenerOf } from '../../derived/looks/told-look.ts';
import { packagedChartsOf } from '../../derived/charts/packaged-charts.ts';
import { isToolchain } from '../../derived/places/toolchains.ts';
import type { Problem } from '../../problem.ts';
import type { Gate, Stage } from '../../stage.ts';
import type { Supply, Trigger } from '../../supply.ts';
import { stagePath, triggersIn } from '../place.ts';
import { checkName, namesOf } from './known-names.ts';

/** Names of everything that a stage, supply or trigger may mention. */
interface Known {
  readonly repositories: ReadonlySet<string>;
  readonly artifacts: ReadonlySet<string>;
  readonly supplies: ReadonlySet<string>;
  /** Those that a stage delivers to: a toolchain is none. */
  readonly environments: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  readonly stages: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
  readonly credentials: ReadonlySet<string>;
}

function triggerProblems(path: string, trigger: Trigger, known: Known): readonly Problem[] {
  const problems: Problem[] = [];
  if ('repository' in trigger)
    problems.push(...checkName(`${path}.repository`, 'repository', trigger.repository, known.repositories));
  if (trigger.on === 'artifactPublished')
    problems.push(...checkName(`${path}.artifact`, 'artifact', trigger.artifact, known.artifacts));
  if (trigger.on === 'upstreamHealthy')
    problems.push(
      ...trigger.stages.flatMap((stage, i) => checkName(`${path}.stages[${i}]`, 'stage', stage, known.stages)),
    );
  // What an engine sends its events with is the environment's, and another rule's.
  if ('authentication' in trigger && trigger.on !== 'upstreamHealthy')
    problems.push(
      ...checkName(`${path}.authentication`, 'credential of the delivery', trigger.authentication, known.credentials),
    );
  return problems;
}

function supplyProblems(supply: Supply, known: Known): readonly Problem[] {
  const path = `supplies.${supply.name}`;
  const { builder, copiesTo, discovery } = supply;
  const built =
    builder.kind === 'githubActions' || builder.kind === 'tekton' ? builder.images.map(({ artifact }) => artifact) : [];
  return [
    ...(supply.artifacts.length === 0
      ? [{ path: `${path}.artifacts`, message: 'must name at least one artifact', given: [] }]
      : []),
    ...supply.artifacts.flatMap((artifact, i) =>
      checkName(`${path}.artifacts[${i}]`, 'artifact', artifact, known.artifacts),
    ),
    ...checkName(`${path}.source`, 'repository', supply.source, known.repositories),
    ...built.flatMap((artifact, i) =>
      checkName(
        `${path}.builder.images[${i}].artifact`,
        'artifact of this supply',
        artifact,
        new Set(supply.artifacts),
      ),
    ),
    ...packagedChartsOf(supply).flatMap(({ artifact }, i) =>
      checkName(
        `${path}.builder.charts[${i}].artifact`,
        'artifact of this supply',
        artifact,
        new Set(supply.artifacts),
      ),
    ),
    ...(copiesTo === undefined
      ? []
      : checkName(`${path}.copiesTo.repository`, 'repository', copiesTo.repository, known.repositories)),
    ...(builder.kind === 'kpack' || builder.kind === 'tekton'
      ? [
          ...checkName(
            `${path}.builder.pushesWith`,
            'credential of the delivery',
            builder.pushesWith,
            known.credentials,
          ),
          ...(builder.readsWith === undefined
            ? []
            : checkName(
                `${path}.builder.readsWith`,
                'credential of the delivery',
                builder.readsWith,
                known.credentials,
              )),
        ]
      : []),
    ...(builder.kind === 'tekton' && builder.listener.certificate !== undefined
      ? checkName(
          `${path}.builder.listener.certificate`,
          'credential of the delivery',
          builder.listener.certificate,
          known.credentials,
        )
      : []),
    ...('login' in discovery
      ? checkName(`${path}.discovery.login`, 'credential of the delivery', discovery.login, known.credentials)
      : []),
    ...(discovery.kind === 'registryWebhook' && discovery.authentication !== undefined
      ? checkName(
          `${path}.discovery.authentication`,
          'credential of the delivery',
          discovery.authentication,
          known.credentials,
        )
      : []),
  ];
}

function gateProblems(path: string, gate: Gate, known: Known): readonly Problem[] {
  const [field, people] =
    gate.kind === 'pullRequest'
      ? (['approvers', gate.approvers] as const)
      : gate.kind === 'humanTag'
        ? (['taggers', gate.taggers] as const)
        : (['', []] as const);
  return people.flatMap((name, i) => checkName(`${path}.${field}[${i}]`, 'actor', name, known.actors));
}

function stageProblems(stage: Stage, delivery: Delivery, known: Known): readonly Problem[] {
  const path = stagePath(stage);
  const { intake, write } = stage;
  const environment = delivery.environments.find(({ name }) => name === stage.environment);
  const certificate = listenerOf(stage)?.certificate;
  return [
    ...checkName(`${path}.environment`, 'environment', stage.environment, known.environments),
    ...(environment === undefined
      ? []
      : checkName(
          `${path}.application`,
          `application in ${environment.name}`,
          stage.application,
          namesOf(environment.applications),
        )),
    ...(intake.from === 'supply'
      ? intake.supplies.flatMap((supply, i) =>
          checkName(`${path}.intake.supplies[${i}]`, 'supply', supply, known.supplies),
        )
      : intake.from === 'program'
        ? []
        : intake.stages.flatMap((upstream, i) =>
            checkName(`${path}.intake.stages[${i}]`, 'stage', upstream, known.stages),
          )),
    ...gateProblems(`${path}.gate`, stage.gate, known),
    ...checkName(`${path}.write.repository`, 'repository', write.repository, known.repositories),
    ...checkName(`${path}.write.credential`, 'credential of the delivery', write.credential, known.credentials),
    ...(certificate === undefined
      ? []
      : checkName(
          `${path}.promoter.listener.certificate`,
          'credential of the delivery',
          certificate,
          known.credentials,
        )),
    ...(stage.emergency ?? []).flatMap((actor, i) =>
      checkName(`${path}.emergency[${i}]`, 'actor', actor, known.actors),
    ),
  ];
}

/** Whatever a stage, a supply, a trigger or a repository mentions is declared. */
export function courseReferences(delivery: Delivery): readonly Problem[] {
  const known: Known = {
    repositories: namesOf(delivery.repositories),
    artifacts: namesOf(delivery.artifacts),
    supplies: namesOf(delivery.supplies),
    environments: namesOf(delivery.environments.filter((it) => !isToolchain(it))),
    places: namesOf(delivery.environments),
    stages: namesOf(delivery.stages),
    actors: namesOf(delivery.actors),
    credentials: namesOf(delivery.credentials),
  };
  return [
    ...delivery.repositories.flatMap(({ name, protection, tags }) => [
      ...(protection?.bypass ?? []).flatMap((actor, i) =>
        checkName(`repositories.${name}.protection.bypass[${i}]`, 'actor', actor, known.actors),
      ),
      ...(tags?.creators ?? []).flatMap((actor, i) =>
        checkName(`repositories.${name}.tags.creators[${i}]`, 'actor', actor, known.actors),
      ),
    ]),
    ...delivery.artifacts.flatMap(({ name, pins }) =>
      pins === undefined ? [] : checkName(`artifacts.${name}.pins`, 'artifact', pins, known.artifacts),
    ),
    ...delivery.supplies.flatMap((supply) => supplyProblems(supply, known)),
    ...triggersIn(delivery).flatMap(({ path, trigger }) => triggerProblems(path, trigger, known)),
    ...delivery.stages.flatMap((stage) => stageProblems(stage, delivery, known)),
    ...(delivery.exceptions ?? []).flatMap(({ environment }, i) =>
      environment === undefined
        ? []
        : checkName(`exceptions[${i}].environment`, 'environment', environment, known.places),
    ),
  ];
}
