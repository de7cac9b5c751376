import { refusal, refused, type NotYet } from '../../carried-out/carrier.ts';
import { engineSources } from '../../carried-out/surroundings.ts';
import { engineProperties, writeProperties } from '../../carried-out/not-yet.ts';
import type { Delivery } from '../../delivery.ts';
import type { Problem } from '../../problem.ts';
import { stagePath } from '../place.ts';

/** Whether a value says nothing beyond what leaving it out says. */
const saysNothing = (value: unknown): boolean =>
  value === undefined || value === false || (Array.isArray(value) && value.length === 0);

const problemsOfShape = (path: string, shape: object, table: Readonly<Record<string, NotYet>>): readonly Problem[] =>
  Object.entries(table).flatMap(([key, notYet]) => {
    const value: unknown = Reflect.get(shape, key);
    return saysNothing(value) ? [] : [{ path: `${path}.${key}`, message: refusal(notYet), given: value }];
  });

/** No property is said that nothing reads: it would look like a promise. */
export const carriedOutProperties = (delivery: Delivery): readonly Problem[] => [
  ...delivery.stages.flatMap((stage) => {
    const path = stagePath(stage);
    return [
      ...(refused(engineSources[stage.engine.kind], stage.engine.source) === undefined
        ? problemsOfShape(`${path}.engine`, stage.engine, engineProperties)
        : []),
      ...problemsOfShape(`${path}.write`, stage.write, writeProperties),
    ];
  }),
];
