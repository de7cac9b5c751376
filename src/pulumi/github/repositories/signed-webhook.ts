import { RepositoryWebhook } from '@pulumi/github/repositoryWebhook.js';
import * as pulumi from '@pulumi/pulumi';
import type { Repository } from '../../../model/repository.ts';
import { nameAtHost } from '../../../model/formats/repository-address.ts';

export interface SignedWebhookArgs {
  /** The repository whose pushes are told. */
  readonly repository: Repository;
  /** Address that they are told to. */
  readonly address: string;
  /** What each of them is signed with. */
  readonly secret: pulumi.Output<string>;
  readonly provider: pulumi.ProviderResource;
}

/** What GitHub tells a listener in a cluster of: pushes, as JSON, signed. */
export class SignedWebhook extends pulumi.ComponentResource {
  constructor(
    name: string,
    { repository, address, secret, provider }: SignedWebhookArgs,
    options: pulumi.ComponentResourceOptions,
  ) {
    super('portolan:github:Webhook', name, {}, options);
    new RepositoryWebhook(
      name,
      {
        repository: nameAtHost(repository),
        configuration: { url: address, contentType: 'json', insecureSsl: false, secret },
        events: ['push'],
        active: true,
      },
      { parent: this, provider },
    );
    this.registerOutputs({});
  }
}
