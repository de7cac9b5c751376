import type { Credential } from '../../../model/credential.ts';
import { textAt } from '../../../objects/fields-at.ts';
import type { EngineAtSetUp } from '../../engine-at-set-up.ts';
import { sshKey } from '../repository-address.ts';
import { kustomizeApi } from '../settings.ts';
import { asksInUse, keepInUse, keeping, kindsInUse } from './keep-in-use.ts';
import { installLine } from './needs.ts';
import { hostKeys, knownHostsKey } from './repository-secret.ts';

const rendered: EngineAtSetUp['rendered'] = (bootstrap) => {
  const kustomizations = bootstrap.filter(({ apiVersion }) => apiVersion === kustomizeApi);
  const source = bootstrap.find(({ kind }) => kind === 'GitRepository');
  const [first] = kustomizations;
  if (first?.metadata.namespace === undefined || source === undefined) return undefined;
  const limits = textAt(first, 'spec', 'serviceAccountName');
  const role = bootstrap.find(({ kind, metadata }) => kind === 'Role' && metadata.name === limits);
  return {
    namespace: first.metadata.namespace,
    environmentNamespace: role?.metadata.namespace ?? '',
    // An application has the name of its branch's source; others are parts of one.
    applications: kustomizations
      .filter((each) => textAt(each, 'spec', 'sourceRef', 'name') === each.metadata.name)
      .map(({ metadata }) => metadata.name),
    limits,
    repository: textAt(source, 'spec', 'url'),
  };
};

/** An SSH key opens only an SSH address, and with the keys of its host alone; and the other way round. */
function keyProblem(repository: string, { store: { keys } }: Credential): string | undefined {
  const isHttp = /^https?:/.test(repository);
  if (keys.includes(sshKey) && isHttp)
    return 'Flux reads an https address, which an SSH key does not open; write githubAppID, githubAppInstallationID and githubAppPrivateKey, or username and password';
  if (isHttp) return undefined;
  if (!keys.includes(sshKey)) return `Flux reads an SSH address, which needs the key ${sshKey}`;
  return keys.includes(knownHostsKey) || hostKeys(repository) !== undefined
    ? undefined
    : `Flux reads nothing over SSH without the keys of the host; add ${knownHostsKey}, with what "ssh-keyscan -t ecdsa HOST" says and its owner confirms`;
}

/** What of Flux is asked while an environment is set up. */
export const setUp: EngineAtSetUp = {
  rendered,
  serves: { apiVersion: kustomizeApi, kinds: ['Kustomization'] },
  lacking: (namespace, kubectl) =>
    `has no Flux in namespace "${namespace}"; install 2.7 or later: ${installLine(kubectl)}`,
  asksInUse,
  kindsInUse,
  keepInUse,
  keeping,
  writes: { GitRepository: ['status'], Kustomization: ['status'] },
  writtenKeys: [],
  keyProblem,
  page: (address, { namespace }, application) =>
    `${address.replace(/\/$/, '')}/kustomization/details?namespace=${namespace}&name=${application}`,
};
