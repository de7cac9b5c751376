import { refused, type Carrier } from '../../carried-out/carrier.ts';
import * as course from '../../carried-out/course.ts';
import * as surroundings from '../../carried-out/surroundings.ts';
import { rendererOf } from '../../charts/helm-chart.ts';
import type { Delivery } from '../../delivery.ts';
import { hostOf } from '../../formats/host.ts';
import type { Problem } from '../../problem.ts';
import type { Stage } from '../../stage.ts';
import type { Supply } from '../../supply.ts';
import { credentialsIn, databasesIn, helmChartsIn, stagePath } from '../place.ts';

/** A word that a delivery says, where it says it, and the table that tells who carries it out. */
interface Said {
  readonly path: string;
  readonly word: string;
  readonly table: Readonly<Record<string, Carrier>>;
}

/** A supply's words; what starts somebody else's build is that somebody's. */
function wordsOfSupply({ name, builder, discovery, triggers }: Supply): readonly Said[] {
  const path = `supplies.${name}`;
  return [
    { path: `${path}.builder.kind`, word: builder.kind, table: course.builders },
    { path: `${path}.discovery.kind`, word: discovery.kind, table: course.discoveries },
    ...(builder.kind === 'external'
      ? []
      : triggers.map(({ on }, i) => ({ path: `${path}.triggers[${i}].on`, word: on, table: course.supplyTriggers }))),
  ];
}

function wordsOfStage(stage: Stage): readonly Said[] {
  const path = stagePath(stage);
  const { engine, promoter } = stage;
  return [
    { path: `${path}.intake.from`, word: stage.intake.from, table: course.intakes },
    ...stage.triggers.map(({ on }, i) => ({
      path: `${path}.triggers[${i}].on`,
      word: on,
      table: course.stageTriggers,
    })),
    { path: `${path}.gate.kind`, word: stage.gate.kind, table: course.gates },
    { path: `${path}.write.locator.kind`, word: stage.write.locator.kind, table: course.locators },
    ...(promoter === undefined
      ? []
      : [{ path: `${path}.promoter.kind`, word: promoter.kind, table: course.promoters }]),
    { path: `${path}.engine.kind`, word: engine.kind, table: surroundings.engines },
    ...(refused(surroundings.engines, engine.kind) === undefined
      ? [{ path: `${path}.engine.source`, word: engine.source, table: surroundings.engineSources[engine.kind] }]
      : []),
  ];
}

const wordsOf = (delivery: Delivery): readonly Said[] => [
  ...delivery.repositories.flatMap(({ name, holds, url }) => [
    ...holds.map((word, i) => ({
      path: `repositories.${name}.holds[${i}]`,
      word,
      table: surroundings.repositoryRoles,
    })),
    { path: `repositories.${name}.url`, word: hostOf(url, delivery.gitHubHost), table: surroundings.hosts },
  ]),
  ...delivery.artifacts.flatMap(({ name, kind, scheme }) => [
    { path: `artifacts.${name}.kind`, word: kind, table: surroundings.artifactKinds },
    { path: `artifacts.${name}.scheme.kind`, word: scheme.kind, table: surroundings.versionSchemes },
  ]),
  ...delivery.supplies.flatMap(wordsOfSupply),
  ...helmChartsIn(delivery).map(({ path, chart }) => ({
    path: `${path}.renderedBy.kind`,
    word: rendererOf(chart).kind,
    table: surroundings.chartRenderers,
  })),
  ...delivery.environments.map(({ name, ingress }) => ({
    path: `environments.${name}.ingress.kind`,
    word: ingress?.kind ?? 'traefik',
    table: surroundings.ingresses,
  })),
  ...databasesIn(delivery).map(({ path, database }) => ({
    path: `${path}.kind`,
    word: database.kind,
    table: surroundings.databaseKinds,
  })),
  ...delivery.stages.flatMap(wordsOfStage),
  ...credentialsIn(delivery).map(({ path, credential }) => ({
    path: `${path}.store.kind`,
    word: credential.store.kind,
    table: surroundings.credentialStores,
  })),
];

/** Whatever a delivery says, something carries it out: a word that nothing carries out would change nothing, in silence. */
export const carriedOutWords = (delivery: Delivery): readonly Problem[] =>
  wordsOf(delivery).flatMap(({ path, word, table }) => {
    const message = refused(table, word);
    return message === undefined ? [] : [{ path, message, given: word }];
  });
