import type { KubernetesObject } from '../../model/application.ts';
import type { Exposure } from '../../objects/change/exposure.ts';
import { textOf, valueAt } from '../../objects/fields.ts';
import { kindOf } from '../../objects/kind.ts';

/** As whom a Kustomization applies: without an account it is that of the controller, which may do everything. */
function ofKustomization(object: KubernetesObject): readonly Exposure[] {
  const account = textOf(valueAt(object, 'spec', 'serviceAccountName'));
  return [
    account === undefined
      ? { key: 'account', message: 'applies with all rights of the controller: it has no serviceAccountName' }
      : { key: `account ${account}`, message: `applies as ServiceAccount ${account}`, whenCreated: false },
  ];
}

function ofSource(object: KubernetesObject): readonly Exposure[] {
  const [url, branch] = [textOf(valueAt(object, 'spec', 'url')), textOf(valueAt(object, 'spec', 'ref', 'branch'))];
  const read = `${url ?? '(none)'}, ${branch ?? 'master'}`;
  return [{ key: `source ${read}`, message: `reads ${read}`, whenCreated: false }];
}

/** To whom it tells what becomes of a commit. */
function ofProvider(object: KubernetesObject): readonly Exposure[] {
  const address = textOf(valueAt(object, 'spec', 'address')) ?? '(none)';
  return [{ key: `told ${address}`, message: `tells ${address}`, whenCreated: false }];
}

/** What Flux's own objects let it do. What its account may do is said of the Roles themselves. */
export const exposuresOf = (object: KubernetesObject): readonly Exposure[] => {
  const kind = kindOf(object);
  if (kind === 'Kustomization.kustomize.toolkit.fluxcd.io') return ofKustomization(object);
  if (kind === 'Provider.notification.toolkit.fluxcd.io') return ofProvider(object);
  return kind === 'GitRepository.source.toolkit.fluxcd.io' ? ofSource(object) : [];
};
