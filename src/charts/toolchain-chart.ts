import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../model/application.ts';
import type { Place } from '../constructs/place.ts';
import { OwnObjects, ToolObjects } from './listed-objects.ts';

/** A toolchain, and what builders and promoters need in it. */
export interface ToolchainChartProps {
  readonly place: Place;
  readonly needed: readonly KubernetesObject[];
}

/** Everything that a toolchain is: what builders and promoters need there, and what its author adds. Nothing denies traffic in it. */
export class ToolchainChart extends Chart {
  constructor(scope: Construct, id: string, { place, needed }: ToolchainChartProps) {
    super(scope, id);
    new ToolObjects(this, 'Tools', { place, objects: needed });
    new OwnObjects(this, 'Objects', { place, path: `toolchains.${place.environment.name}` });
  }
}
