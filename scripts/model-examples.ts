import ts from 'typescript';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value says nothing by which one could see what is written there. */
const isEmpty = (value: unknown): boolean =>
  value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/**
 * An example of each property, by its declaration: the first that the deliveries have and that is not empty. Of a union, the member is
 * taken that the value is of.
 */
export function examplesOf(
  checker: ts.TypeChecker,
  root: ts.Type,
  deliveries: readonly unknown[],
): ReadonlyMap<ts.Declaration, unknown> {
  const examples = new Map<ts.Declaration, unknown>();
  const note = (declaration: ts.Declaration, value: unknown): void => {
    if (!examples.has(declaration) || (isEmpty(examples.get(declaration)) && !isEmpty(value)))
      examples.set(declaration, value);
  };
  const visit = (value: unknown, type: ts.Type): void => {
    const parts = type.isUnion() ? type.types : [type];
    if (Array.isArray(value)) {
      for (const part of parts) {
        const element = checker.getIndexTypeOfType(part, ts.IndexKind.Number);
        if (element !== undefined) for (const item of value as unknown[]) visit(item, element);
      }
      return;
    }
    if (!isRecord(value)) return;
    for (const part of parts.filter((it) => isOf(checker, value, it))) {
      const named = checker.getIndexTypeOfType(part, ts.IndexKind.String);
      for (const [key, inner] of Object.entries(value)) {
        const property = part.getProperty(key);
        const declaration = property?.declarations?.[0];
        if (property === undefined || declaration === undefined) {
          if (named !== undefined) visit(inner, named);
          continue;
        }
        if (inner === undefined) continue;
        note(declaration, inner);
        visit(inner, checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, declaration)));
      }
    }
  };
  for (const delivery of deliveries) visit(delivery, root);
  return examples;
}

/** Whether a value is of a member of a union: it has every key that must be there, none that may not, and the member's words. */
function isOf(checker: ts.TypeChecker, value: Readonly<Record<string, unknown>>, part: ts.Type): boolean {
  if ((part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return false;
  if (checker.getIndexTypeOfType(part, ts.IndexKind.Number) !== undefined) return false;
  const properties = checker.getPropertiesOfType(part);
  const names = new Set(properties.map(({ name }) => name));
  const isOpen = checker.getIndexTypeOfType(part, ts.IndexKind.String) !== undefined;
  if (!isOpen && Object.keys(value).some((key) => !names.has(key))) return false;
  return properties.every((property) => {
    const given = value[property.name];
    if (given === undefined) return (property.flags & ts.SymbolFlags.Optional) !== 0;
    const type = checker.getTypeOfSymbol(property);
    return !type.isStringLiteral() || type.value === given;
  });
}
