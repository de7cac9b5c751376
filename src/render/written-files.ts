import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { writeImageReference, type Release } from '../model/release.ts';
import type { ChartFile } from '../objects/files/chart-file.ts';
import type { MovableField } from '../objects/files/movable-field.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import type { FileTexts } from './text/file-texts.ts';
import type { RenderedEnvironment } from './rendered-environment.ts';
import { markersOf, type Tools } from './tools.ts';
import { writeYaml, type Json } from './text/write-yaml.ts';

/** A file that is no object, and its path on the branch. */
export interface PlacedChartFile extends ChartFile {
  readonly path: string;
}

/** What else the files of an environment are written from. */
interface FilesToWrite {
  readonly tools?: Tools;
  readonly chartFiles: readonly PlacedChartFile[];
  /** Of the objects in which no comment stands. */
  readonly texts: FileTexts;
}

/**
 * The text of every object's file, and of those that tell an engine to render a chart. Where who moves an application finds its fields by comments, they stand behind the images that a release sets, and
 * these are fields of the file.
 */
export function writtenFiles(
  delivery: Delivery,
  environment: Environment,
  objects: readonly RenderedObject[],
  releaseOf: (application: string) => Release,
  { tools, chartFiles, texts }: FilesToWrite,
): Pick<RenderedEnvironment, 'files' | 'fields'> {
  const markers = new Map(
    environment.applications.map(({ name }) => [name, markersOf(delivery, environment, name, tools)] as const),
  );
  const files = new Map<string, string>();
  const fields = new Map<string, readonly MovableField[]>();
  for (const { path, application = '', object, artifacts = {}, fields: own = [] } of objects) {
    const marked = markersIn(releaseOf(application), artifacts, markers.get(application));
    files.set(
      path,
      marked.size === 0
        ? texts.of(object)
        : writeYaml(object as Json, (key, value) =>
            key === 'image' && typeof value === 'string' ? marked.get(value)?.marker : undefined,
          ),
    );
    if (marked.size + own.length > 0) fields.set(path, [...marked.values(), ...own]);
  }
  for (const { path, content, fields: own } of chartFiles) {
    files.set(path, writeYaml(content as Json));
    if (own.length > 0) fields.set(path, own);
  }
  const ordered = chartFiles.length === 0 ? files : new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  return fields.size === 0 ? { files: ordered } : { files: ordered, fields };
}

/** Images that a release sets in an object, as they are written there, and the fields that comments make of them. */
function markersIn(
  { images }: Release,
  artifacts: Readonly<Record<string, string>>,
  markers: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, Extract<MovableField, { readonly kind: 'marker' }>> {
  if (markers.size === 0) return new Map();
  return new Map(
    [...new Set(Object.values(artifacts))].sort().flatMap((artifact) => {
      const [marker, image] = [markers.get(artifact), images[artifact]];
      return marker === undefined || image === undefined
        ? []
        : [[writeImageReference(image), { kind: 'marker', artifact, marker, carries: 'reference' }] as const];
    }),
  );
}
