import { unitOf } from '../../src/model/derived/units.ts';
import { LackingCredential } from '../../src/hosts/workflow/lacking-credential.ts';
import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';
import { unitWorkflows, repositoryWorkflows } from '../../src/workflows/workflows-of.ts';

const reader = ['READER_APP_ID', 'READER_PRIVATE_KEY'];

/** As an owner would declare it: with a name of its own, and an app that can only read where nothing more is asked. */
function declared(wanted: Credential, number: number): Credential {
  const name = `wanted-${number}`;
  return wanted.purpose === 'gitRead' && wanted.store.kind === 'githubActions'
    ? { ...wanted, name, holder: 'the app that reads', store: { ...wanted.store, keys: reader } }
    : { ...wanted, name };
}

/** The delivery with the credentials that its workflows read and that it does not declare, each as it is asked for. */
export function withWantedCredentials(delivery: Delivery): Delivery {
  try {
    repositoryWorkflows(delivery);
    for (const { name } of delivery.environments) unitWorkflows(delivery, unitOf(delivery, { environment: name }));
    return delivery;
  } catch (error) {
    if (!(error instanceof LackingCredential)) throw error;
    const { credentials } = delivery;
    const wanted = declared(error.wanted, credentials.length);
    return withWantedCredentials({ ...delivery, credentials: [...credentials, wanted] });
  }
}
