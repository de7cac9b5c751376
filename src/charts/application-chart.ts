import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Place } from '../constructs/place.ts';
import { VolumeClaim } from '../constructs/volume-claim.ts';
import { Workload } from '../constructs/workload.ts';

/** What is deployed together. */
export interface ApplicationChartProps {
  readonly place: Place;
}

/**
 * Everything that one application is in one environment: one flat chart.
 *
 * Ids of groups are capitalised, so that no service or database, which are lower case, can have the same.
 */
export class ApplicationChart extends Chart {
  constructor(scope: Construct, id: string, { place }: ApplicationChartProps) {
    super(scope, id);
    const { application, environment } = place;

    const claims = new Construct(this, 'Claims');
    for (const claim of application.claims ?? []) new VolumeClaim(claims, claim.name, { environment, claim });
    for (const service of application.services) new Workload(this, service.name, { place, service });
  }
}
