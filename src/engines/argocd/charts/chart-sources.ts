import type { Application, KubernetesObject } from '../../../model/application.ts';
import { chartsOfEngine } from '../../../model/charts/helm-chart.ts';
import type { Environment } from '../../../model/environment.ts';
import { applicationFolder, chartFolder, helmReleaseName } from '../../../model/names.ts';
import { fieldsOf, placesOf, valueAt, type FieldPlace } from '../../../objects/fields.ts';

/** Every folder of its branch that Argo CD follows for an application: that of its objects, and one for each chart that Argo CD renders. */
export const foldersOf = (application: Application): readonly string[] => [
  applicationFolder(application.name),
  ...chartsOfEngine(application).map(({ chart }) => chartFolder(application.name, chart)),
];

/** How Argo CD reads each of these folders. */
export const readingOf = (
  environment: Environment,
  application: Application,
): readonly Readonly<Record<string, unknown>>[] => [
  // Plain files, even if somebody puts a kustomization.yaml beside them.
  { path: applicationFolder(application.name), directory: { include: '*.yaml' } },
  ...chartsOfEngine(application).map(({ chart }) => ({
    path: chartFolder(application.name, chart),
    // Definitions belong to the whole cluster, in which its project may do nothing; tests of a chart are Helm's own.
    helm: { releaseName: helmReleaseName(environment, chart), skipCrds: true, skipTests: true },
  })),
];

/** What an Application follows, one source or several, each with its path in the object. */
export function sourcesOf(application: KubernetesObject | undefined): readonly FieldPlace[] {
  const several = placesOf(valueAt(application, 'spec', 'sources'), 'spec.sources');
  return several.length > 0
    ? several
    : [{ fields: fieldsOf(valueAt(application, 'spec', 'source')), path: 'spec.source' }];
}
