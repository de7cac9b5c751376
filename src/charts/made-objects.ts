import { ApiObject, App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { usualEngine } from '../engines/engines.ts';
import { OwnPlace } from '../constructs/own/own-place.ts';
import { Place } from '../constructs/place.ts';
import { livesInNoNamespace, problemsOfRaw } from '../constructs/raw-object.ts';
import type { Application, KubernetesObject } from '../model/application.ts';
import type { Delivery } from '../model/delivery.ts';
import { imagesPutIn } from '../model/derived/object-images.ts';
import type { Environment } from '../model/environment.ts';
import { ProblemsError, type Problem } from '../model/problem.ts';
import { whereDifferent } from './where-different.ts';

/** A delivery in which what its constructs make stands among its objects, and what is wrong with that. */
export interface Made<Whole = Delivery> {
  readonly delivery: Whole;
  readonly problems: readonly Problem[];
  /** A problem of the delivery, told of the construct where it is of an object that one made. */
  readonly told: (problem: Problem) => Problem;
}

/** An object that a construct made. */
interface MadeObject {
  /** Where in the delivery, for error messages: the constructs, and the path of this one in them. */
  readonly path: string;
  readonly object: KubernetesObject;
}

/** Asks every construct what it makes. From there on that is data like any other: checked, patched, drawn, released and compared alike. */
export function withMade(delivery: Delivery): Made {
  const problems: Problem[] = [];
  const makers = new Map<string, string>();
  const environments = delivery.environments.map((environment) => ({
    ...environment,
    applications: environment.applications.map(({ constructs, ...rest }): Application => {
      if (constructs === undefined) return rest;
      const { objects = [] } = rest;
      const made = madeIn(delivery, environment, { ...rest, constructs }, problems);
      made.forEach(({ path }, i) => {
        makers.set(`environments.${environment.name}.applications.${rest.name}.objects[${objects.length + i}]`, path);
      });
      return { ...rest, objects: [...objects, ...made.map(({ object }) => object)] };
    }),
  }));
  return {
    delivery: { ...delivery, environments },
    problems,
    told: (problem) => {
      const [object = ''] = /^environments\.[^.]+\.applications\.[^.]+\.objects\[\d+\]/.exec(problem.path) ?? [];
      const path = makers.get(object);
      return path === undefined ? problem : { ...problem, path: `${path}${problem.path.slice(object.length)}` };
    },
  };
}

function madeIn(
  delivery: Delivery,
  environment: Environment,
  application: Application,
  problems: Problem[],
): readonly MadeObject[] {
  const path = `environments.${environment.name}.applications.${application.name}.constructs`;
  try {
    const make = (tag: string): readonly MadeObject[] => madeAt(delivery, environment, application, tag, path);
    const objects = make('release');
    const found = [
      ...objects.flatMap(({ path: at, object }) => problemsOfRaw(environment, object, at)),
      ...twice(objects),
    ];
    const other = differenceOf(objects, make('another-release'), path);
    const changing = other === undefined ? undefined : differenceOf(objects, make('release'), path);
    if (changing !== undefined)
      found.push({
        ...changing,
        message:
          'is another one each time that it is made; use nothing but what place and the settings give, so that the same program writes the same bytes',
      });
    else if (other !== undefined)
      found.push({
        ...other,
        message:
          'must not follow from the version of an image: a release sets nothing but images; write place.image(…) as it is, in a field for an image',
      });
    problems.push(...found);
    return found.length > 0 ? [] : objects;
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error;
    problems.push(...error.problems);
    return [];
  }
}

/** What the constructs of an application make at a release whose images have this tag. */
function madeAt(
  { artifacts }: Delivery,
  environment: Environment,
  application: Application,
  tag: string,
  path: string,
): readonly MadeObject[] {
  const place = new Place(environment, application, { images: {} }, usualEngine.marks);
  const own = new OwnPlace(place, artifacts, tag, path);
  // Without these two, cdk8s would ask the process's environment.
  const app = new App({ outdir: 'unused', recordConstructMetadata: false });
  const chart = new Chart(app, application.name, { namespace: environment.namespace });
  const returned: unknown = application.constructs?.(chart, own);
  if (typeof returned === 'object' && returned !== null && 'then' in returned) {
    // Whatever it would have said comes too late.
    Promise.resolve(returned).catch(() => undefined);
    place.refuse(path, 'must not be async, because it waits for nobody; take async away, and every await', 'a promise');
  }
  const at = ({ node }: IConstruct): string => {
    const within = node.path.split('/').slice(1).join('/');
    return within === '' ? path : `${path}.${within}`;
  };
  const wrong = chart.node
    .findAll()
    .flatMap((construct) => construct.node.validate().map((message): Problem => ({ path: at(construct), message })));
  if (wrong.length > 0) throw new ProblemsError('the delivery', wrong);
  return (
    chart.node
      .findAll()
      // A library may bring a cdk8s of its own, whose classes are others.
      .filter((construct) => ApiObject.isApiObject(construct))
      .map((construct) => ({
        path: at(construct),
        object: imagesPutIn(outOfNamespace(construct.toJson() as KubernetesObject), own.asked),
      }))
  );
}

/** A kind that lives in no namespace has not the one that its chart gives to everything. */
function outOfNamespace(object: KubernetesObject): KubernetesObject {
  if (!livesInNoNamespace(object)) return object;
  const { namespace: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Objects that two constructs make. */
function twice(objects: readonly MadeObject[]): readonly Problem[] {
  const first = new Map<string, string>();
  return objects.flatMap(({ path, object: { apiVersion, kind, metadata } }): readonly Problem[] => {
    const group = apiVersion.split('/').slice(0, -1).join('/');
    const id = `${kind}.${group}/${metadata.namespace ?? ''}/${metadata.name}`;
    const known = first.get(id);
    first.set(id, known ?? path);
    if (known === undefined) return [];
    return [
      { path, message: `is one object with ${known}; give it a name of its own`, given: `${kind}/${metadata.name}` },
    ];
  });
}

/** Where two makings of the same constructs differ first. */
function differenceOf(
  before: readonly MadeObject[],
  after: readonly MadeObject[],
  path: string,
): Pick<Problem, 'path'> | undefined {
  if (before.length !== after.length) return { path };
  for (const [i, { path: at, object }] of before.entries()) {
    const difference = whereDifferent(object, after[i]?.object, at);
    if (difference !== undefined) return { path: difference };
  }
  return undefined;
}
