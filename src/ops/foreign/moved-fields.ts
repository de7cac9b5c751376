import { promoterOf as inTable } from '../../promoters/promoters.ts';
import type { Unit } from '../../model/derived/units.ts';
import type { MovableField } from '../../objects/files/movable-field.ts';
import type { RenderedFile } from '../../objects/files/rendered-file.ts';
import type { OpsContext } from '../ops-context.ts';
import { partsOf } from '../release/field-values.ts';

/** Fields that the promoter of a unit moves by itself, by file; nothing where it moves none. */
export function movedFields(
  { promoterOf = inTable }: Pick<OpsContext, 'promoterOf'>,
  { stage }: Unit,
  files: () => readonly RenderedFile[],
): ReadonlyMap<string, readonly MovableField[]> | undefined {
  const promoter = stage === undefined ? undefined : promoterOf(stage);
  const { moves } = promoter ?? {};
  if (moves === undefined) return undefined;
  return new Map(
    files().flatMap((file) => {
      const fields = moves(file);
      const set = new Set(file.fields.map((field) => JSON.stringify(field)));
      const strange = fields.find((field) => !set.has(JSON.stringify(field)));
      if (strange !== undefined)
        throw new Error(`portolan: ${file.path}: ${promoter?.title ?? ''} moves a field that no release sets`);
      if (partsOf(file.text, fields).missing.length > 0)
        throw new Error(`portolan: ${file.path} was rendered without a field that ${promoter?.title ?? ''} moves`);
      return fields.length === 0 ? [] : [[file.path, fields] as const];
    }),
  );
}
