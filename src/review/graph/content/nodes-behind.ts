import type { Environment } from '../../../model/environment.ts';
import { databaseNames, objectName, selectorOf, serviceName } from '../../../model/names.ts';
import { valueAt } from '../../../objects/fields.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { isEmptySelector, mapSelector, selects } from '../../../objects/traffic/label-selector.ts';

/** The nodes of a picture, found by the names that objects call them. */
export interface NodesBehind {
  /** Nodes that a Service of this name leads to, hand-written or of the model. */
  readonly ofService: (name: string) => readonly string[];
  /** Node of the claim of this name, or of the database that owns it. */
  readonly ofClaim: (name: string) => readonly string[];
  /** Names of all Services. */
  readonly hosts: readonly string[];
}

/** Looks up what an environment's Services and claims belong to. */
export function nodesBehind(
  environment: Environment,
  objects: ObjectIndex,
  idOf: (rendered: RenderedObject) => string,
): NodesBehind {
  const services = new Map<string, readonly string[]>();
  const claims = new Map<string, string>();
  const owners: { readonly id: string; readonly labels: Readonly<Record<string, string>> }[] = [];
  for (const { name, services: own, databases = [], claims: kept = [] } of environment.applications) {
    const id = (part: string): string => `${environment.name} ${name} ${part}`;
    for (const owner of [...own, ...databases])
      owners.push({ id: id(owner.name), labels: { app: owner.name, ...selectorOf(owner) } });
    for (const service of own) services.set(serviceName(environment, service), [id(service.name)]);
    for (const database of databases) {
      const names = databaseNames(environment, database);
      services.set(names.service, [id(database.name)]);
      claims.set(names.claim, id(database.name));
      if (database.backup !== undefined) claims.set(names.backupClaim, id(`${database.name} backup`));
    }
    for (const claim of kept) claims.set(objectName(environment, claim.name), id(`claim ${claim.name}`));
  }
  for (const rendered of objects.ofKind('PersistentVolumeClaim'))
    claims.set(rendered.object.metadata.name, idOf(rendered));
  for (const rendered of objects.ofKind('Service')) {
    const selector = mapSelector(valueAt(rendered.object, 'spec', 'selector'));
    if (isEmptySelector(selector)) continue;
    services.set(rendered.object.metadata.name, [
      ...owners.filter(({ labels }) => selects(selector, labels)).map(({ id }) => id),
      ...objects.selected(selector).map((workload) => idOf(workload.rendered)),
    ]);
  }
  return {
    ofService: (name) => services.get(name) ?? [],
    ofClaim: (name) => {
      const id = claims.get(name);
      return id === undefined ? [] : [id];
    },
    hosts: [...services.keys()],
  };
}
