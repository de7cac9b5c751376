import { chartsOfEngine } from '../../charts/helm-chart.ts';
import { PULL_SECRET_KEY } from '../../credential.ts';
import { stageOf, type Delivery } from '../../delivery.ts';
import { chartsAt, isSite } from '../../derived/charts/helm-repositories.ts';
import { engineNamespaceOf, type Environment } from '../../environment.ts';
import type { Problem } from '../../problem.ts';
import { applicationsIn } from '../place.ts';

/** The login that an engine fetches a chart with, and how the engine wants it kept. */
export interface ChartLogin {
  /** Where it is said. */
  readonly path: string;
  readonly environment: Environment;
  /** Name of the credential. */
  readonly credential: string;
  /** Namespace in which the engine looks for it. */
  readonly namespace: string;
  readonly keys: readonly string[];
  /** What it opens, where the engine finds a login by that alone. @default - it is named beside what it opens */
  readonly opens?: string;
}

/** The keys of an account, as Argo CD and sites of charts take one. */
const account = ['password', 'username'];

/** Every login that an engine fetches a chart with. */
export const chartLoginsIn = (delivery: Delivery): readonly ChartLogin[] =>
  applicationsIn(delivery).flatMap(({ path, environment, application }) =>
    chartsOfEngine(application).flatMap(({ chart, renderedBy }): readonly ChartLogin[] => {
      const { pullCredential: credential, helmRepository: url } = renderedBy;
      if (credential === undefined) return [];
      const login = { path: `${path}.helmCharts.${chart.name}.renderedBy.pullCredential`, environment, credential };
      const kind = stageOf(delivery, environment.name, application.name)?.engine.kind ?? 'argocd';
      const repository = delivery.artifacts.find(({ name }) => name === chart.artifact)?.repository ?? '';
      if (kind === 'argocd')
        return [
          {
            ...login,
            namespace: engineNamespaceOf(environment),
            keys: account,
            opens: chartsAt(renderedBy, repository),
          },
        ];
      const isAccount = url !== undefined && isSite(url);
      return [{ ...login, namespace: environment.namespace, keys: isAccount ? account : [PULL_SECRET_KEY] }];
    }),
  );

/** A login for charts has the keys that its engine takes, and opens one place where the engine finds it by that. */
export function chartLogins(delivery: Delivery): readonly Problem[] {
  const opened = new Map<string, ChartLogin>();
  return chartLoginsIn(delivery).flatMap((login): readonly Problem[] => {
    const { path, environment, credential: name, keys, opens } = login;
    const store = environment.credentials.find((credential) => credential.name === name)?.store;
    const key = `${environment.name}/${name}`;
    const first = opened.get(key);
    opened.set(key, first ?? login);
    return [
      ...(store?.kind !== 'kubernetes' || [...store.keys].sort().join() === keys.join()
        ? []
        : [
            {
              path: `environments.${environment.name}.credentials.${name}.store.keys`,
              message: `must be ${JSON.stringify(keys)}, because ${path} is fetched with it, and its engine takes no other`,
              given: store.keys,
            },
          ]),
      ...(opens === undefined || first === undefined || first.opens === opens
        ? []
        : [
            {
              path,
              message: `opens ${first.opens ?? ''}, because ${first.path} names it too; declare another for ${opens}`,
              given: name,
            },
          ]),
    ];
  });
}
