import type { Application, KubernetesObject } from '../../../model/application.ts';
import { chartsOfEngine, type HelmChart } from '../../../model/charts/helm-chart.ts';
import { declaredKind } from '../../../objects/charts/declared-kind.ts';
import { helmAccountName, helmReleaseName } from '../../../model/names.ts';
import type { Environment } from '../../../model/environment.ts';
import type { ChartAtVersion } from '../../chart-at-version.ts';
import { rightsApi } from '../account/account.ts';
import { allowedRules, type RoleRule } from '../account/allowed-rules.ts';

/** Helm keeps what it did in Secrets of the namespace, one for each change. */
const ownRecords: RoleRule = {
  apiGroups: [''],
  resources: ['secrets'],
  verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
};

/** An object of a kind, e.g. of `Deployment.apps`. */
function objectOf(kind: string): KubernetesObject {
  const { group, kind: name } = declaredKind(kind);
  return { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind: name, metadata: { name } };
}

/** The renderer that an account is for. */
type EngineRenderer = ChartAtVersion['renderedBy'];

/** Rights to make objects of the kinds of a chart, which Helm also replaces whole where it cannot patch. */
function rulesOf({ kinds, test = false }: EngineRenderer): readonly RoleRule[] {
  const made = [...new Set([...kinds, ...(test ? ['Pod'] : [])])].map(objectOf);
  return [
    ...allowedRules(made, true).map((rule) =>
      rule.verbs.includes('create')
        ? { ...rule, verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] }
        : rule,
    ),
    ...(test ? [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }] : []),
    ownRecords,
  ];
}

/**
 * The account that Flux takes on when it renders and applies a chart, in place of its controller's, which may do everything.
 *
 * Defines: a ServiceAccount of the environment's namespace, and a Role there for the kinds of the chart and for the Secrets that Helm keeps its
 * records in. Does not define: any right outside of the namespace.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#role-based-access-control
 */
function helmAccount(
  environment: Environment,
  chart: HelmChart,
  renderedBy: EngineRenderer,
): readonly KubernetesObject[] {
  const { namespace } = environment;
  const metadata = { name: helmAccountName(environment, chart), namespace };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: rightsApi, kind: 'Role', metadata, rules: rulesOf(renderedBy) },
    {
      apiVersion: rightsApi,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
  ];
}

/** The accounts of an application's charts, each with the id of its construct. */
export const helmAccounts = (
  environment: Environment,
  application: Application,
): readonly { readonly id: string; readonly object: KubernetesObject }[] =>
  chartsOfEngine(application).flatMap(({ chart, renderedBy }) =>
    helmAccount(environment, chart, renderedBy).map((object) => ({
      id: `chart-${object.kind}-${helmReleaseName(environment, chart)}`,
      object,
    })),
  );
