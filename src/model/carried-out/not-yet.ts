import type { Engine, Write } from '../stage.ts';
import type { NotYet } from './carrier.ts';

/** Keys of every member of a union. */
type KeyOf<Shape> = Shape extends unknown ? keyof Shape & string : never;

/** Properties that can be said, and that nothing reads yet. */
type Properties<Shape> = Readonly<Partial<Record<KeyOf<Shape>, NotYet>>>;

/** Of an engine whose source is plain objects: Portolan rendered them, and so knows where they lie. */
export const engineProperties = {
  paths: { instead: 'leave it out: the engine reads what Portolan renders' },
} satisfies Properties<Engine>;

export const writeProperties = {
  further: { instead: 'leave it out: a tree is every field' },
} satisfies Properties<Write>;
