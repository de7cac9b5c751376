import { ApiObject, App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { Place } from '../../src/constructs/place.ts';
import { usualEngine } from '../../src/engines/engines.ts';
import type { Application, KubernetesObject } from '../../src/model/application.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Release } from '../../src/model/release.ts';
import type { Service } from '../../src/model/service.ts';
import { validDelivery } from '../support/valid-delivery.ts';

/** The objects that a construct defines, in the order it defines them. */
export function objectsOf(define: (scope: Construct) => unknown): readonly KubernetesObject[] {
  const chart = new Chart(new App({ outdir: 'unused', recordConstructMetadata: false }), 'chart');
  define(chart);
  return chart.node
    .findAll()
    .filter((construct) => construct instanceof ApiObject)
    .map((construct) => construct.toJson() as KubernetesObject);
}

/** The one object of a kind. @throws when there is none, or more than one */
export function only(objects: readonly KubernetesObject[], kind: string, name?: string): KubernetesObject {
  const found = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  const [object] = found;
  if (object === undefined || found.length > 1)
    throw new Error(
      `expected one ${kind} ${name ?? ''}, found ${found.length} among ${identitiesOf(objects).join(', ')}`,
    );
  return object;
}

/** `Kind/name` of each object. */
export const identitiesOf = (objects: readonly KubernetesObject[]): readonly string[] =>
  objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

/** The environment `dev` of the small valid delivery, with changes. */
export const environmentWith = (changes: Partial<Environment> = {}): Environment => ({
  ...validDelivery().environments[0]!,
  ...changes,
});

/** The application `shop` in the environment `dev`, with changes to either. */
export function placeWith(
  changes: Partial<Application> = {},
  environmentChanges: Partial<Environment> = {},
  release?: Release,
): Place {
  const delivery = validDelivery();
  const application = { ...delivery.environments[0]!.applications[0]!, ...changes };
  return new Place(
    environmentWith({ ...environmentChanges, applications: [application] }),
    application,
    release ?? delivery.initialReleases['dev']!,
    usualEngine.marks,
  );
}

/** A service that says no more than it must. */
export const smallService: Service = {
  name: 'worker',
  containers: [{ name: 'worker', image: 'acme/worker:1.0', resources: { requests: { cpu: '10m', memory: '16Mi' } } }],
};
