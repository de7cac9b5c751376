import type { Credential } from '../../src/model/credential.ts';
import type { Delivery } from '../../src/model/delivery.ts';

/** What workflows of the todo system's program run Pulumi with. */
export const provisioning: Credential = {
  name: 'provision',
  purpose: 'administration',
  holder: 'portolan-provisioner',
  store: {
    kind: 'githubActions',
    repository: 'the-project-delivery',
    environment: 'provision',
    keys: ['PROVISION_TOKEN', 'PULUMI_BACKEND_URL', 'PULUMI_CONFIG_PASSPHRASE', 'KUBECONFIG'],
  },
  scope: 'administration of all repositories, and of what the clusters hold before the first sync',
};

/** The same with rights to read alone, behind somebody's approval. */
const previewing: Credential = {
  ...provisioning,
  name: 'preview',
  holder: 'portolan-previewer',
  store: {
    ...provisioning.store,
    kind: 'githubActions',
    repository: 'the-project-delivery',
    environment: 'preview',
    approvers: ['maintainer'],
  },
  scope: 'read: all repositories, and what the clusters hold before the first sync',
};

/** A delivery of the todo system whose workflows run Pulumi. */
export const withProvisioning = (delivery: Delivery, { previews = true } = {}): Delivery => ({
  ...delivery,
  repositories: delivery.repositories.map((repository) =>
    repository.name === 'the-project-delivery' ? { ...repository, visibility: 'public' } : repository,
  ),
  credentials: [...delivery.credentials, provisioning, ...(previews ? [previewing] : [])],
});

/** The text of project.ts that comes to the same. @throws when a line that it adds to is not there */
export const sayProvisioning = (text: string): string =>
  (
    [
      ["url: onGitHub('the-project-delivery'),", "visibility: 'public',"],
      ['\n    credentials: [', `...${JSON.stringify([provisioning, previewing])},`],
    ] as const
  ).reduce((edited, [line, added]) => {
    if (!edited.includes(line)) throw new Error(`project.ts has no ${line}`);
    return edited.replace(line, () => `${line} ${added}`);
  }, text);
