import type { Application, KubernetesObject } from '../../model/application.ts';
import type { Credential } from '../../model/credential.ts';
import { repositoryHolding, stageOf, type Delivery } from '../../model/delivery.ts';
import { eventsSentFrom, reporterOf, statusPrefix } from '../../model/derived/looks/engine-word.ts';
import { withoutEnding } from '../../model/formats/repository-address.ts';
import { engineNamespaceOf, type Environment } from '../../model/environment.ts';
import { fluxEventName, fluxReportName, kustomizationName } from '../../model/names.ts';
import type { BootstrapObject, Followed } from '../engine.ts';
import type { Binding } from '../binding.ts';
import type { Engine } from '../../model/stage.ts';
import { notificationApi } from './settings.ts';

/** Whom is told, and of what. */
interface Notice {
  readonly name: string;
  readonly provider: object;
  readonly credential: Credential | undefined;
  readonly applications: readonly Application[];
  /** Which messages of them count: everything but some, or some alone. */
  readonly messages: { readonly exclusionList: readonly string[] } | { readonly inclusionList: readonly string[] };
}

/** A Provider, and the Alert that hands it what the Kustomizations of some applications say. */
function noticeObjects(
  { delivery, environment }: Pick<Binding, 'delivery' | 'environment'>,
  { name, provider, credential, applications, messages }: Notice,
): readonly BootstrapObject[] {
  const metadata = { name, namespace: engineNamespaceOf(environment, 'flux') };
  const { store } = credential ?? {};
  const objects: readonly KubernetesObject[] = [
    {
      apiVersion: notificationApi,
      kind: 'Provider',
      metadata,
      spec: {
        ...provider,
        ...(store?.kind === 'kubernetes' ? { secretRef: { name: store.secretName } } : {}),
      },
    },
    {
      apiVersion: notificationApi,
      kind: 'Alert',
      metadata,
      spec: {
        providerRef: { name },
        eventSeverity: 'info',
        eventSources: applications.map((application) => ({
          kind: 'Kustomization',
          name: kustomizationName(delivery, environment, application),
        })),
        ...messages,
      },
    },
  ];
  return objects.map((object) => ({ id: `${object.kind}-${name}`, order: 45, object }));
}

/** The applications of an environment whose stage says that Flux reports, and with which credential. */
function reported(
  delivery: Delivery,
  environment: Environment,
  followed: readonly Application[],
): { readonly credential: Credential; readonly applications: readonly Application[] } | undefined {
  const found = followed.flatMap((application) => {
    const stage = stageOf(delivery, environment.name, application.name);
    const credential = stage === undefined ? undefined : reporterOf(delivery, stage);
    return credential === undefined ? [] : [{ credential, application }];
  });
  const [first] = found;
  return first === undefined
    ? undefined
    : { credential: first.credential, applications: found.map(({ application }) => application) };
}

/**
 * What Flux says to GitHub: how each commit ended, on the commit itself, and that something became healthy, to the workflows that wait for it. The
 * success of a Kustomization reaches commit statuses alone; what reaches a workflow is that its health was looked at and found.
 *
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export function notifications(
  { delivery, environment, opsRepository }: Binding,
  followed: readonly Followed<Extract<Engine, { readonly kind: 'flux' }>>[],
): readonly BootstrapObject[] {
  const applications = followed.map(({ application }) => application);
  const reports = reported(delivery, environment, applications);
  const sent = eventsSentFrom(delivery, environment);
  const heard = applications.filter(({ name }) => sent.some(({ application }) => application === name));
  const program = repositoryHolding(delivery, 'program');
  return [
    ...(reports === undefined
      ? []
      : noticeObjects(
          { delivery, environment },
          {
            name: fluxReportName(delivery, environment),
            provider: {
              type: 'github',
              address: withoutEnding(opsRepository),
              commitStatusExpr: `'${statusPrefix}' + event.involvedObject.name`,
            },
            ...reports,
            // Neither says how a commit ended, and older controllers would call both a success.
            messages: { exclusionList: ['^Dependencies do not meet ready condition', '^Health checks canceled'] },
          },
        )),
    ...(heard.length === 0 || program === undefined
      ? []
      : noticeObjects(
          { delivery, environment },
          {
            name: fluxEventName(delivery, environment),
            provider: { type: 'githubdispatch', address: withoutEnding(program.url) },
            credential: environment.credentials.find(({ name }) => name === sent[0]?.credential),
            applications: heard,
            messages: { inclusionList: ['^Health check passed'] },
          },
        )),
  ];
}
