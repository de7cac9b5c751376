import { watchedOf } from '../charts/watched-of.ts';
import type { KubernetesObject } from '../model/application.ts';
import { opsRepositoryOf, type Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { writeImageReference, type Release } from '../model/release.ts';
import type { Stage } from '../model/stage.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import type { ReleasedField, RenderedAround } from '../objects/tools/tool-in-cluster.ts';
import type { RenderedEnvironment } from './rendered-environment.ts';

/** Renders an environment. */
type Render<Settings> = (environment: Environment, release: Release, settings: Settings) => RenderedEnvironment;

/** What is rendered of the stages of a delivery, each environment once and only when somebody asks. */
export function renderedAround<Settings extends object>(
  delivery: Delivery,
  settings: Settings,
  render: Render<Settings>,
): RenderedAround {
  const release = standIn(delivery);
  const artifacts = new Map(
    Object.entries(release.images).map(([artifact, image]) => [writeImageReference(image), artifact]),
  );
  const known = new Map<string, RenderedEnvironment | undefined>();
  const environmentOf = ({ environment }: Stage): Environment | undefined =>
    delivery.environments.find(({ name }) => name === environment);
  const objectsOf = (stage: Stage): readonly RenderedObject[] => {
    const environment = environmentOf(stage);
    if (environment === undefined) return [];
    if (!known.has(environment.name)) {
      const url = opsRepositoryOf(delivery, environment.name)?.url;
      const own = url === undefined ? settings : { ...settings, opsRepository: url };
      known.set(environment.name, render(environment, release, own));
    }
    return known.get(environment.name)?.objects ?? [];
  };
  return {
    released: (stage) =>
      objectsOf(stage)
        .filter(({ application }) => application === stage.application)
        .flatMap(({ path, object }) => fieldsIn(object, artifacts).map((field) => ({ file: path, ...field }))),
    follower(stage): KubernetesObject | undefined {
      const environment = environmentOf(stage);
      const application = environment?.applications.find(({ name }) => name === stage.application);
      if (environment === undefined || application === undefined) return undefined;
      const watched = watchedOf(delivery, environment, application);
      if (watched === undefined) return undefined;
      return objectsOf(stage).find(({ object: { kind, apiVersion, metadata } }) =>
        [
          kind === watched.kind,
          apiVersion === watched.apiVersion,
          metadata.name === watched.name,
          metadata.namespace === watched.namespace,
        ].every(Boolean),
      )?.object;
    },
  };
}

const standsFor = 'stands-for-a-release-';

/** A release of every artifact whose references stand nowhere else. */
const standIn = ({ artifacts }: Delivery): Release => ({
  images: Object.fromEntries(
    artifacts.map(({ name, repository }, i) => [name, { repository, tag: `${standsFor}${i}` }]),
  ),
});

/** Whether nothing runs at a release, which stands for others. */
export const isStandIn = ({ images }: Release): boolean =>
  Object.values(images).some(({ tag }) => tag.startsWith(standsFor));

/** Where an object holds an image of a release, whole. */
function fieldsIn(
  value: unknown,
  artifacts: ReadonlyMap<string, string>,
  keys: readonly (string | number)[] = [],
): readonly Omit<ReleasedField, 'file'>[] {
  if (typeof value === 'string') {
    const artifact = artifacts.get(value);
    return artifact === undefined ? [] : [{ keys, artifact }];
  }
  if (Array.isArray(value)) return value.flatMap((item, i) => fieldsIn(item, artifacts, [...keys, i]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => fieldsIn(item, artifacts, [...keys, key]));
}
