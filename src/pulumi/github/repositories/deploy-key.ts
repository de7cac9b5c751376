import { RepositoryDeployKey } from '@pulumi/github/repositoryDeployKey.js';
import * as pulumi from '@pulumi/pulumi';
import type { Credential } from '../../../model/credential.ts';
import type { Repository } from '../../../model/repository.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';
import { opensshPublicKey } from './openssh-public-key.ts';

export interface DeployKeyArgs {
  readonly repository: Repository;
  /** What people see in the repository's settings; says who holds the key. */
  readonly title: string;
  /** OpenSSH private key; only its public half goes to GitHub. */
  readonly privateKey: pulumi.Output<string>;
  readonly provider: pulumi.ProviderResource;
}

/** What people see of an environment's key in the repository's settings: who holds it. */
export const deployKeyTitle = ({ holder }: Pick<Credential, 'holder'>, environment: string): string =>
  `${holder}, ${environment}`;

/** A key that may read one repository and nothing else. */
export class DeployKey extends pulumi.ComponentResource {
  constructor(
    name: string,
    { repository, title, privateKey, provider }: DeployKeyArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:DeployKey', name, {}, options);
    new RepositoryDeployKey(
      name,
      {
        repository: nameAtHost(repository),
        title,
        key: pulumi.unsecret(privateKey.apply(opensshPublicKey)),
        readOnly: true,
      },
      // GitHub knows a key once: the old one must be gone before it can have another title.
      { parent: this, provider, deleteBeforeReplace: true },
    );
    this.registerOutputs({});
  }
}
