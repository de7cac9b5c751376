import type { Credential } from '../../../model/credential.ts';
import { sourcesOf } from '../charts/chart-sources.ts';
import { textOf } from '../../../objects/fields.ts';
import { textAt } from '../../../objects/fields-at.ts';
import type { EngineAtSetUp } from '../../engine-at-set-up.ts';
import { argoApi } from '../settings.ts';
import { asksInUse, keepInUse, keeping, kindsInUse } from './keep-in-use.ts';
import { installLine } from './needs.ts';
import { sshKey } from '../repository-address.ts';

const rendered: EngineAtSetUp['rendered'] = (bootstrap) => {
  const applications = bootstrap.filter(({ kind }) => kind === 'Application');
  const [first] = applications;
  if (first?.metadata.namespace === undefined) return undefined;
  return {
    namespace: first.metadata.namespace,
    environmentNamespace: textAt(first, 'spec', 'destination', 'namespace'),
    applications: applications.map((application) => application.metadata.name),
    limits: textAt(first, 'spec', 'project'),
    repository: textOf(sourcesOf(first)[0]?.fields['repoURL']) ?? '',
  };
};

/** An SSH key opens only an SSH address, and the other way round. */
function keyProblem(repository: string, { store }: Credential): string | undefined {
  const isHttp = /^https?:/.test(repository);
  if (store.keys.includes(sshKey) !== isHttp) return undefined;
  return isHttp
    ? 'Argo CD reads an https address, which an SSH key does not open; write githubAppID, githubAppInstallationID and githubAppPrivateKey, or username and password'
    : 'Argo CD reads an SSH address, which needs the key sshPrivateKey';
}

/** What of Argo CD is asked while an environment is set up. */
export const setUp: EngineAtSetUp = {
  rendered,
  serves: { apiVersion: argoApi, kinds: ['Application', 'AppProject'] },
  lacking: (namespace, kubectl) =>
    `has no Argo CD in namespace "${namespace}"; install 3.2 or later: ${installLine(kubectl, namespace, '--force-conflicts ')}`,
  asksInUse,
  kindsInUse,
  keepInUse,
  keeping,
  writes: { AppProject: ['status'], Application: ['operation', 'status'] },
  writtenKeys: ['name', 'project', 'type', 'url'],
  keyProblem,
  page: (address, { namespace }, application) =>
    `${address.replace(/\/$/, '')}/applications/${namespace}/${application}`,
};
