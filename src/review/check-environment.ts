import type { KubernetesObject } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import type { Environment } from '../model/environment.ts';
import { onceForAll, withoutNames } from '../model/formats/once-for-all.ts';
import type { RenderedObject } from '../objects/rendered-object.ts';
import type { RenderedEnvironment } from '../render/rendered-environment.ts';
import { everyCheck, podSecurityChecks } from './checks/every-check.ts';
import { uselessExceptions, withoutExcepted } from './checks/exceptions.ts';
import { objectNames } from './checks/identity/object-names.ts';
import { uniqueObjects } from './checks/identity/unique-objects.ts';
import type { Check, CheckInput, Found } from '../objects/check.ts';
import { runChecks, type SettledObjects } from './checks/run-checks.ts';
import { ObjectIndex } from '../objects/object-index.ts';
import { hostProbes } from './checks/security/pod-security/host-probes.ts';
import { everyId, toldApart } from './checks/told-apart.ts';
import { compareFindings, describeFinding, type Finding } from './checks/finding.ts';
import type { SchemaCatalog } from './schema/schema-catalog.ts';
import { validateObject } from './schema/validate-object.ts';

/** An environment that was rendered, and what is known about it. */
export interface EnvironmentToCheck {
  readonly environment: Environment;
  readonly rendered: Pick<RenderedEnvironment, 'objects'>;
  /** Objects on the environment's branch, to tell what would have to be re-created. @default - nothing is published yet */
  readonly published?: readonly KubernetesObject[];
  /** Objects that need not be looked at by themselves: nothing was found in them under the same surroundings. @default - all are looked at */
  readonly settled?: SettledObjects;
}

/** What {@link checkEnvironment} looks at. */
export interface CheckEnvironmentInput extends EnvironmentToCheck {
  readonly delivery: Delivery;
  /** The schemas of all kinds. @default - objects are not held against schemas */
  readonly catalog?: SchemaCatalog;
}

/** What {@link checkDelivery} looks at. */
export interface CheckDeliveryInput {
  readonly delivery: Delivery;
  readonly environments: readonly EnvironmentToCheck[];
  /** The schemas of all kinds. @default - objects are not held against schemas */
  readonly catalog?: SchemaCatalog;
}

/** Names of all checks; what an exception may name. */
export const checkNames: readonly string[] = everyCheck.map(({ name }) => name);

/** Names of the checks whose findings the API server refuses in these namespaces, whatever a delivery accepts. */
const refusedAnyway: readonly string[] = [
  ...podSecurityChecks.filter((check) => check !== hostProbes),
  objectNames,
  uniqueObjects,
].map(({ name }) => name);

/**
 * Runs every check over one rendered environment and returns all findings, those that the delivery's exceptions cover
 * left out, those about useless exceptions added, in an order that is the same everywhere. Reads nothing but its arguments, and adds to what is settled.
 */
export const checkEnvironment = ({ delivery, catalog, ...place }: CheckEnvironmentInput): readonly Finding[] =>
  checkDelivery({ delivery, environments: [place], ...(catalog === undefined ? {} : { catalog }) });

/** {@link checkEnvironment} for several environments; given all, it also sees exceptions that are of use in none. */
export function checkDelivery({ delivery, environments, catalog }: CheckDeliveryInput): readonly Finding[] {
  const findings = environments.flatMap((place) => rawFindings(delivery, place, catalog));
  const exceptions = delivery.exceptions ?? [];
  const told = (all: readonly Finding[]): readonly Finding[] =>
    oncePerCause([...all].sort(compareFindings), environments);
  if (exceptions.length === 0) return told(findings);
  const rendered = new Set(environments.flatMap((place) => everyId(place.rendered.objects)));
  const useless = uselessExceptions({
    delivery,
    findings,
    environments: environments.map(({ environment }) => environment.name),
    checks: checkNames,
    refusedAnyway,
    isRendered: (object) => rendered.has(object),
  });
  return told([
    ...withoutExcepted(
      findings,
      exceptions.filter(({ check }) => !refusedAnyway.includes(check)),
    ),
    ...useless,
  ]);
}

/** Findings, each once: what is found at the same object of several environments is one finding that names them. */
const oncePerCause = (findings: readonly Finding[], places: readonly EnvironmentToCheck[]): readonly Finding[] =>
  onceForAll(findings, (finding) => {
    const environment = places.find((place) => place.environment.name === finding.environment)?.environment;
    if (environment === undefined) return undefined;
    const { name, namespace, namePrefix, pathPrefix = '' } = environment;
    return {
      environment: name,
      words: withoutNames(describeFinding(finding), [name, namespace, namePrefix, pathPrefix]),
    };
  }).map(({ found, also }) => (also.length === 0 ? found : { ...found, also }));

function rawFindings(
  delivery: Delivery,
  { environment, rendered, published, settled }: EnvironmentToCheck,
  catalog: SchemaCatalog | undefined,
): readonly Finding[] {
  const { kubernetes } = environment.cluster;
  const input: CheckInput = {
    delivery,
    environment,
    objects: new ObjectIndex(rendered.objects, environment.namespace),
    ...(published === undefined
      ? {}
      : { published: new ObjectIndex(published.map(asPublished), environment.namespace) }),
    ...(catalog === undefined
      ? {}
      : { validate: (object, isFilledIn) => validateObject(object, { catalog, kubernetes, isFilledIn }) }),
  };
  const findings: Finding[] = [];
  const apart = toldApart(rendered.objects);
  const report = ({ name }: Check, found: Found): void => {
    findings.push({ check: name, environment: environment.name, ...apart(found) });
  };
  runChecks(everyCheck, input, report, settled);
  return findings;
}

const asPublished = (object: KubernetesObject): RenderedObject => ({ path: '', construct: '', object });
