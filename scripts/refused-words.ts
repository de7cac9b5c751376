import type { Carrier } from '../src/model/carried-out/carrier.ts';
import * as course from '../src/model/carried-out/course.ts';
import * as notYet from '../src/model/carried-out/not-yet.ts';
import * as surroundings from '../src/model/carried-out/surroundings.ts';

/** Tables of the words that tell a union's members apart, by the type that declares them. */
const tables: Readonly<Record<string, readonly Readonly<Record<string, Carrier>>[]>> = {
  Builder: [course.builders],
  Discovery: [course.discoveries],
  Trigger: [course.supplyTriggers, course.stageTriggers],
  Gate: [course.gates],
  Locator: [course.locators],
  Engine: [surroundings.engines],
};

/** Properties that are refused where they say anything, by the type that declares them. */
const properties: Readonly<Record<string, object>> = {
  Engine: notYet.engineProperties,
  Write: notYet.writeProperties,
};

/** Whether a property, e.g. `Builder(kpack).stack`, is of a word that nothing carries out wherever it may stand, or is refused itself. */
export function isRefused(name: string): boolean {
  const [, type = '', member, property = ''] = /^(\w+)(?:\((\w+)\))?\.(\w+)/.exec(name) ?? [];
  const words = tables[type]?.map((table) => (member === undefined ? undefined : table[member]));
  const refusedWord = words?.every((carrier) => carrier !== undefined && 'instead' in carrier) ?? false;
  return refusedWord || property in (properties[type] ?? {});
}
