import { isOn, type Unit } from '../model/derived/units.ts';
import type { RenderedEnvironment } from './rendered-environment.ts';

/** What of an environment's rendering lies on a unit's branch. */
export const renderedUnit = (
  { environment, objects, files, fields }: RenderedEnvironment,
  unit: Pick<Unit, 'folder'>,
): RenderedEnvironment => ({
  environment,
  objects: objects.filter(({ path }) => isOn(unit, path)),
  files: new Map([...files].filter(([path]) => isOn(unit, path))),
  ...(fields === undefined ? {} : { fields: new Map([...fields].filter(([path]) => isOn(unit, path))) }),
});
