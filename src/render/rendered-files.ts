import type { Release } from '../model/release.ts';
import type { MovableField } from '../objects/files/movable-field.ts';
import type { RenderedFile } from '../objects/files/rendered-file.ts';
import type { RenderedEnvironment } from './rendered-environment.ts';

/** Every file of a rendering, with the object that it holds, if it does, and the fields that the release sets in it. */
export function renderedFiles(
  { objects, files, fields }: RenderedEnvironment,
  { images }: Release,
): readonly RenderedFile[] {
  const byPath = new Map(objects.map((rendered) => [rendered.path, rendered]));
  return [...files].map(([path, text]) => {
    const rendered = byPath.get(path);
    const artifacts = [...new Set(Object.values(rendered?.artifacts ?? {}))].sort();
    const lines = artifacts.flatMap((artifact): MovableField[] => {
      const repository = images[artifact]?.repository;
      return repository === undefined ? [] : [{ kind: 'image', artifact, repository }];
    });
    return {
      path,
      text,
      ...(rendered === undefined ? {} : { object: rendered.object }),
      fields: [...lines, ...(fields?.get(path) ?? [])],
    };
  });
}
