import type { Shelf } from '../charts/known-services.ts';
import type { Application, KubernetesObject } from '../model/application.ts';
import type { Environment } from '../model/environment.ts';
import type { Release } from '../model/release.ts';
import type { RenderChart } from '../objects/charts/chart-question.ts';
import type { Tools } from './tools.ts';

/** Where services lie as earlier starts made them. */
export interface EarlierObjects {
  /** Those of an application at a release; nothing where none of it are kept. */
  readonly shelfOf: (environment: Environment, application: Application, release: Release) => Shelf | undefined;
  /** The text of the file of an object that lies on a shelf, or was put there just now; undefined of all others. */
  readonly textOf: (object: KubernetesObject) => string | undefined;
}

/** What rendering needs to know besides the delivery. */
export interface RenderSettings {
  /** https URL of the ops repository that the engine reads. */
  readonly opsRepository: string;
  /** What builders and promoters need in a cluster. @default - as their tables have it */
  readonly tools?: Tools;
  /** What renders charts that the program renders. @default - a delivery that has any is refused */
  readonly renderChart?: RenderChart;
  /** What earlier starts made of services. @default - all are made */
  readonly earlier?: EarlierObjects;
}
