import { chartsOfEngine } from '../../../model/charts/helm-chart.ts';
import type { Environment } from '../../../model/environment.ts';
import { oneOf } from '../../../model/suggestion.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { declaredKind } from '../../../objects/charts/declared-kind.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { everyText } from '../../../objects/every-text.ts';
import { placesOf, textOf, textsOf, valueAt } from '../../../objects/fields.ts';
import { namespacesIn } from '../../namespaces-in.ts';
import { apiGroup, isClusterScoped, kindOf } from '../../../objects/kind.ts';
import { sourcesOf } from '../charts/chart-sources.ts';
import type { ObjectIndex } from '../../../objects/object-index.ts';
import { once } from '../../../model/validation/once.ts';

/**
 * An AppProject allows what the environment needs and nothing else: no wildcard, exactly the kinds that are rendered,
 * never Secret (prune would remove what an older Application tracked), and the repositories of its Applications.
 */
export const appProject: Check = {
  name: 'app-project',
  find({ environment, objects }, report) {
    for (const rendered of objects.ofKind('AppProject.argoproj.io')) {
      for (const { text, path } of everyText(rendered.object['spec'], 'spec')) {
        if (
          text.includes('*') &&
          /^spec\.(sourceRepos|sourceNamespaces|destinations|(cluster|namespace)Resource(White|Black)list)/.test(path)
        ) {
          report(
            foundAt(
              rendered,
              path,
              `a wildcard allows more than this environment needs; write what it needs, got "${text}"`,
            ),
          );
        }
      }
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'destinations'), 'spec.destinations')) {
        const namespace = textOf(fields['namespace']) ?? '';
        const allowed = namespacesIn(
          environment,
          objects.all.map(({ object }) => object),
        );
        if (namespace.includes('*') || allowed.includes(namespace)) continue;
        report(
          foundAt(
            rendered,
            `${path}.namespace`,
            `allows another namespace than the environment's; write ${oneOf(allowed)}, got "${namespace}"`,
          ),
        );
      }
      reportKinds(rendered, objects, kindsOfCharts(environment), report);
    }
    for (const rendered of objects.ofKind('Application.argoproj.io')) {
      const name = textOf(valueAt(rendered.object, 'spec', 'project')) ?? 'default';
      const project = objects.find('AppProject.argoproj.io', name, rendered.object.metadata.namespace);
      if (name === 'default')
        report(
          foundAt(
            rendered,
            'spec.project',
            'the project "default" allows everything; write the AppProject of this environment',
          ),
        );
      const repositories = textsOf(valueAt(project?.object, 'spec', 'sourceRepos'));
      const read = sourcesOf(rendered.object).map(({ fields }) => textOf(fields['repoURL']) ?? '');
      for (const repository of new Set(read)) {
        if (project === undefined || repositories.includes('*') || repositories.includes(repository)) continue;
        report(
          foundAt(
            project,
            'spec.sourceRepos',
            `Application "${rendered.object.metadata.name}" reads another repository; write "${repository}", got ${repositories.join(', ')}`,
          ),
        );
      }
    }
  },
};

const lists = ['clusterResourceWhitelist', 'namespaceResourceWhitelist'] as const;

/** The kinds that charts are said to make which Argo CD renders, as `group/kind`; all are of the namespace. */
const kindsOfCharts = ({ applications }: Environment): readonly string[] =>
  applications
    .flatMap((application) => chartsOfEngine(application).flatMap(({ renderedBy }) => renderedBy.kinds))
    .map(declaredKind)
    .map(({ group, kind }) => `${group}/${kind}`);

function reportKinds(project: RenderedObject, objects: ObjectIndex, ofCharts: readonly string[], report: Report): void {
  for (const list of lists) {
    const rendered = syncedKinds(objects)[list];
    const needed = list === 'namespaceResourceWhitelist' ? new Set([...rendered, ...ofCharts]) : rendered;
    const allowed = placesOf(valueAt(project.object, 'spec', list), `spec.${list}`).map(({ fields, path }) => ({
      kind: `${textOf(fields['group']) ?? ''}/${textOf(fields['kind']) ?? ''}`,
      path,
    }));
    for (const { kind, path } of allowed) {
      if (kind.includes('*') || (needed.has(kind) && kind !== '/Secret')) continue;
      report(
        foundAt(
          project,
          path,
          kind === '/Secret'
            ? 'allows Secret, so that a prune may delete one; remove it'
            : `allows ${writeKind(kind)}, which is not rendered; remove it`,
        ),
      );
    }
    const known = new Set(allowed.map(({ kind }) => kind));
    if ([...known].some((kind) => kind.includes('*'))) continue;
    for (const kind of [...needed].sort()) {
      if (!known.has(kind) && kind !== '/Secret')
        report(
          foundAt(
            project,
            `spec.${list}`,
            `does not allow ${writeKind(kind)}, which is rendered; Argo CD would refuse the sync, add it`,
          ),
        );
    }
  }
}

/** The kinds that Argo CD applies, as `group/kind`, by the list that must allow them. */
const syncedKinds = once((objects: ObjectIndex): Readonly<Record<(typeof lists)[number], ReadonlySet<string>>> => {
  const kinds = { clusterResourceWhitelist: new Set<string>(), namespaceResourceWhitelist: new Set<string>() };
  for (const { application, object } of objects.all) {
    if (application === undefined) continue;
    const list = isClusterScoped(kindOf(object)) ? 'clusterResourceWhitelist' : 'namespaceResourceWhitelist';
    kinds[list].add(`${apiGroup(object)}/${object.kind}`);
  }
  return kinds;
});

/** E.g. `Deployment of apps`, or `Service` of the core group. */
function writeKind(kind: string): string {
  const [group = '', name = ''] = kind.split('/');
  return group === '' ? name : `${name} of ${group}`;
}
