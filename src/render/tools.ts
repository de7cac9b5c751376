import { faceOf, isCarried } from '../builders/builders.ts';
import type { KubernetesObject } from '../model/application.ts';
import type { Credential } from '../model/credential.ts';
import { stageOf, type Delivery } from '../model/delivery.ts';
import { isToolchain, servedBy } from '../model/derived/places/toolchains.ts';
import type { Environment } from '../model/environment.ts';
import type { Stage } from '../model/stage.ts';
import type { Supply } from '../model/supply.ts';
import type { Needs } from '../objects/tools/needs.ts';
import type {
  AroundTool,
  Ending,
  Marks,
  NeededSecret,
  RenderedAround,
  ToolInCluster,
} from '../objects/tools/tool-in-cluster.ts';
import { promoterOf } from '../promoters/promoters.ts';

/** What builders and promoters need in clusters, by what they serve; nothing where that is nothing. */
export interface Tools {
  readonly ofSupply: (supply: Supply) => ToolInCluster<Supply> | undefined;
  readonly ofStage: (stage: Stage) => ToolInCluster<Stage> | undefined;
}

/** As the tables of builders and promoters have them. */
export const toolsInTables: Tools = {
  ofSupply: ({ builder }) => (isCarried(builder) ? faceOf(builder).inCluster : undefined),
  ofStage: (stage) => promoterOf(stage)?.inCluster,
};

/** Everything that one application of a place gets of them; all of it is the only one's of a toolchain. */
export interface NeededInPlace {
  readonly objects: (around: RenderedAround) => readonly KubernetesObject[];
  readonly secrets: readonly NeededSecret[];
}

/** What builders and promoters need in a place, for an application there. */
export function neededIn(
  delivery: Delivery,
  place: Environment,
  application: string,
  tools: Tools = toolsInTables,
): NeededInPlace {
  const { ofSupply, ofStage } = tools;
  const own = isToolchain(place) ? 'toolchain' : 'environment';
  const { supplies, stages } = isToolchain(place)
    ? servedBy(delivery, place.name)
    : {
        supplies: [],
        stages: delivery.stages.filter((it) => it.environment === place.name && it.application === application),
      };
  const needed = [
    ...askedOf(supplies, ofSupply, own, delivery, place),
    ...askedOf(stages, ofStage, own, delivery, place),
  ];
  return {
    objects: (around) =>
      needed.flatMap(({ objects }) => objects({ ...around, endings: (supply) => endingsOf(delivery, supply, tools) })),
    secrets: needed.flatMap(({ secrets }) => secrets),
  };
}

/** What runs that build a supply end with, for whoever moves the stages of a delivery. */
const endingsOf = (delivery: Delivery, supply: Supply, { ofStage }: Tools): readonly Ending[] =>
  delivery.stages.flatMap((stage) => ofStage(stage)?.endingOf?.(delivery, stage, supply) ?? []);

/** What builders and promoters live in a toolchain; nothing of another place. */
function toolsIn(
  delivery: Delivery,
  place: Environment,
  { ofSupply, ofStage }: Tools,
): readonly Pick<ToolInCluster<never>, 'namespaceMarks' | 'needs'>[] {
  if (!isToolchain(place)) return [];
  const { supplies, stages } = servedBy(delivery, place.name);
  const tools = new Set([...supplies.map(ofSupply), ...stages.map(ofStage)].filter((it) => it?.place === 'toolchain'));
  return [...tools].flatMap((tool) => tool ?? []);
}

/** What the namespace of a toolchain is told by, for the builders and promoters that live in it. */
export const namespaceMarksIn = (
  delivery: Delivery,
  place: Environment,
  tools: Tools = toolsInTables,
): readonly Marks[] => toolsIn(delivery, place, tools).flatMap(({ namespaceMarks }) => namespaceMarks ?? []);

/** What must be in a cluster for the builders and promoters that live in a toolchain. */
export const needsIn = (delivery: Delivery, place: Environment, tools: Tools = toolsInTables): readonly Needs[] =>
  toolsIn(delivery, place, tools).flatMap((tool) => tool.needs?.(place) ?? []);

/** What the object that the engine follows an application by is told by, for who moves it. */
export function followerMarksOf(
  delivery: Delivery,
  { name }: Environment,
  application: string,
  { ofStage }: Tools = toolsInTables,
): readonly Marks[] {
  const stage = stageOf(delivery, name, application);
  return stage === undefined ? [] : [ofStage(stage)?.followerMarks?.(delivery, stage) ?? []].flat();
}

/** What stands behind the images of an application for who moves it, by artifact; nothing where who moves it needs none. */
export function markersOf(
  delivery: Delivery,
  { name }: Environment,
  application: string,
  { ofStage }: Tools = toolsInTables,
): ReadonlyMap<string, string> {
  const stage = stageOf(delivery, name, application);
  const markerOf = stage === undefined ? undefined : ofStage(stage)?.markerOf;
  if (stage === undefined || markerOf === undefined) return new Map();
  return new Map(
    delivery.artifacts.flatMap(({ name: artifact }) => {
      const marker = markerOf(delivery, stage, artifact);
      return marker === undefined ? [] : [[artifact, marker] as const];
    }),
  );
}

/** What a builder or a promoter of a place reads the Secret of a credential as; nothing where none does. */
export function readAs(
  delivery: Delivery,
  place: Environment,
  { store }: Credential,
  tools?: Tools,
): NeededSecret | undefined {
  if (store.kind !== 'kubernetes') return undefined;
  const namespace = store.namespace ?? place.namespace;
  return place.applications
    .flatMap(({ name }) => neededIn(delivery, place, name, tools).secrets)
    .find((secret) => secret.secretName === store.secretName && secret.namespace === namespace);
}

/** What one tool needs for everything that it serves in a place. */
interface AskedOfTool {
  readonly objects: (around: AroundTool) => readonly KubernetesObject[];
  readonly secrets: readonly NeededSecret[];
}

/** What several of those that a tool serves read is one Secret. */
const eachOnce = (secrets: readonly NeededSecret[]): readonly NeededSecret[] => [
  ...new Map(secrets.map((secret) => [`${secret.namespace}/${secret.secretName}`, secret])).values(),
];

/** What each tool of a kind of place needs for everything that it serves there. */
function askedOf<Served>(
  served: readonly Served[],
  toolOf: (one: Served) => ToolInCluster<Served> | undefined,
  own: ToolInCluster<Served>['place'],
  delivery: Delivery,
  place: Environment,
): readonly AskedOfTool[] {
  const tools = new Set(served.map(toolOf).filter((tool) => tool?.place === own));
  return [...tools].flatMap((tool): readonly AskedOfTool[] => {
    if (tool === undefined) return [];
    const its = served.filter((one) => toolOf(one) === tool);
    return [
      {
        objects: (around) => tool.objects(delivery, place, its, around),
        secrets: eachOnce(tool.secrets(delivery, place, its)),
      },
    ];
  });
}
