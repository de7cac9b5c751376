import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { locatorsOf, type Locator } from '../../stage.ts';
import { stagePath } from '../place.ts';

/** Names a field within a branch; a whole tree is every field. */
function fieldOf(locator: Locator): string {
  switch (locator.kind) {
    case 'tree':
      return 'the whole tree';
    case 'kustomizeImage':
      return `image ${locator.image} in ${locator.file}`;
    case 'yamlPath':
      return `${locator.path} in ${locator.file}`;
    case 'helmValue':
      return `${locator.key} in ${locator.file}`;
    case 'marker':
      return `marker ${locator.marker} in ${locator.file}`;
  }
}

interface WrittenField {
  readonly stage: string;
  readonly field: string;
  readonly whole: boolean;
}

/** Two stages never write one field: one environment would change with the other. */
export function distinctWriteScope(delivery: Delivery): readonly Problem[] {
  const written = new Map<string, WrittenField[]>();
  return delivery.stages.flatMap((stage) => {
    const place = `branch ${stage.write.branch} of ${stage.write.repository}`;
    const earlier = written.get(place) ?? [];
    const own = locatorsOf(stage.write).map((locator) => ({
      stage: stage.name,
      field: fieldOf(locator),
      whole: locator.kind === 'tree',
    }));
    written.set(place, [...earlier, ...own]);
    for (const { field, whole } of own) {
      const other = earlier.find((it) => it.whole || whole || it.field === field);
      if (other === undefined) continue;
      return [
        {
          path: `${stagePath(stage)}.write`,
          message: `changes ${field} on ${place}, and stages.${other.stage} changes ${other.field}; give each stage a branch, file or field of its own`,
        },
      ];
    }
    return [];
  });
}
