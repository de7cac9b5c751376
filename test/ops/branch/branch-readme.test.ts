import { describe, expect, test } from '@jest/globals';
import { unitOf } from '../../../src/model/derived/units.ts';
import { writeBranchReadme } from '../../../src/ops/branch/branch-readme.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { validDelivery, withEnvironment, withStage } from '../../support/valid-delivery.ts';

const readme = (name: string, delivery = validDelivery()): string =>
  writeBranchReadme(delivery, unitOf(delivery, { environment: name }));
const section = (text: string, title: string): string =>
  text.split('\n## ').find((part) => part.startsWith(title)) ?? '';

describe('the README of a branch', () => {
  test('says what the branch is and how to roll back', () => {
    const text = readme('dev');

    expect(text).toMatch(
      /^# shop: dev\n\nThis branch, `env\/dev`, holds what runs in the environment \*\*dev\*\* \(namespace `dev`\)/,
    );
    expect(section(text, 'Roll back')).toContain('    npx portolan rollback dev\n');
    expect(text.endsWith('\n')).toBe(true);
  });

  test('puts the key of the engine where the environment says that it runs', () => {
    const moved = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      cluster: { ...environment.cluster, engineNamespace: 'platform-cd' },
      credentials: environment.credentials.map((credential) =>
        credential.purpose === 'gitRead' && credential.store.kind === 'kubernetes'
          ? { ...credential, store: { ...credential.store, namespace: 'platform-cd' } }
          : credential,
      ),
    }));

    expect(section(readme('dev', moved), 'Secrets')).toContain(
      '    kubectl label secret shop-ops-dev --namespace platform-cd argocd.argoproj.io/secret-type=repository\n',
    );
  });

  test('has no line that makes a Secret which something in the cluster makes, and one to look for it', () => {
    const made = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      credentials: environment.credentials.map((credential): Credential =>
        credential.purpose === 'database' ? { ...credential, origin: 'external' } : credential,
      ),
    }));
    const said = section(readme('dev', made), 'Secrets');

    expect(said).toContain(
      'Something in the cluster makes it; look with:\n\n    kubectl get secret dev-orders-db-secret --namespace dev\n',
    );
    expect(said).not.toContain('kubectl create secret generic dev-orders-db-secret');
    expect(section(readme('dev'), 'Secrets')).toContain('kubectl create secret generic dev-orders-db-secret');
  });

  test('says which pods may do more than the others, where and why, and nothing where none may', () => {
    const more = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      namespaces: ['dev-old'],
      podSecurity: { level: 'baseline', reason: 'images of the old shop start as root' },
      applications: environment.applications.map((it) => ({
        ...it,
        services: it.services.map((service) =>
          service.name === 'orders'
            ? { ...service, podSecurity: { level: 'privileged', reason: 'reads what the kubelet writes' } }
            : service,
        ),
      })),
    }));

    expect(section(readme('dev', more), 'What pods may do')).toBe(
      [
        'What pods may do',
        'Pod Security "restricted" holds for all pods but these:',
        '- all in `dev` and `dev-old`, whoever wrote them: `baseline`. Why: images of the old shop start as root',
        '- `orders`, in `dev-privileged`: `privileged`. Why: reads what the kubelet writes',
        '',
      ].join('\n'),
    );
    expect(section(readme('prod', more), 'What pods may do')).toBe('');
  });

  test('says who may write, gate by gate', () => {
    const who = (gate: Parameters<typeof withStage>[2]): string =>
      section(readme('prod', withStage(validDelivery(), 'prod', gate)), 'Who').split('\n')[1] ?? '';
    const by = "Portolan's commands alone, with the credential `promotion`";
    const emergency = ' In an emergency alice may push past it; the release records it.';

    const onDisk = 'In a copy of this repository on a disk, whoever may write the folder may write the branch.';

    expect(section(readme('dev'), 'Who')).toContain(`${by}.`);
    expect(who((stage) => ({ ...stage, gate: { kind: 'none' }, write: { ...stage.write, mode: 'pullRequest' } }))).toBe(
      `${by}, through a pull request that nobody has to approve. ${onDisk}`,
    );
    expect(who((stage) => stage)).toBe(
      `${by}, through a pull request that one person of releasers approved.${emergency} ${onDisk}`,
    );
    expect(
      who((stage) => ({ ...stage, gate: { kind: 'pullRequest', approvals: 2, approvers: ['a', 'b'], checks: [] } })),
    ).toContain('that 2 people of a, b approved');
    expect(who((stage) => ({ ...stage, gate: { kind: 'humanTag', pattern: 'v*', taggers: ['releasers'] } }))).toBe(
      `${by}, when one of releasers makes a tag like \`v*\` on the commit that was built.${emergency} A change of the program waits for the next tag; a rollback, a hold and its end need none.`,
    );
    expect(section(readme('dev', { ...validDelivery(), stages: [] }), 'Who')).toContain("Portolan's commands alone.");
  });

  test('makes a pull secret of the type that a kubelet reads', () => {
    const delivery = withEnvironment(validDelivery(), 'dev', (environment) => ({
      ...environment,
      credentials: [
        {
          name: 'pull',
          purpose: 'registryRead',
          holder: 'the kubelets',
          store: { kind: 'kubernetes', secretName: 'ghcr-pull', keys: ['.dockerconfigjson'] },
          scope: 'read on ghcr.io/acme',
        },
      ],
    }));

    expect(section(readme('dev', delivery), 'Secrets')).toContain(
      '    kubectl create secret generic ghcr-pull --namespace dev --type=kubernetes.io/dockerconfigjson ' +
        '--from-file=.dockerconfigjson=PATH_OF_A_DOCKER_CONFIG_WITH_THIS_LOGIN_ALONE\n',
    );
  });

  test('lists each external Secret with its keys and the line that creates it, without a value', () => {
    expect(section(readme('prod'), 'Secrets')).toBe(`Secrets
They must exist before the first sync and are not in this repository. \`pulumi up --stack prod\` makes them; without Pulumi:

\`bank-token\` in namespace \`prod\`, key \`token\`: for payments, payments at the bank.

    kubectl create secret generic bank-token --namespace prod --from-literal=token='VALUE'

\`prod-orders-db-secret\` in namespace \`prod\`, key \`POSTGRES_PASSWORD\`: for orders-db, owner of the database orders.

    kubectl create secret generic prod-orders-db-secret --namespace prod --from-literal=POSTGRES_PASSWORD='VALUE'

\`shop-ops-prod\` in namespace \`argocd\`, key \`sshPrivateKey\`: for Argo CD, contents: read on shop-ops.

    kubectl create secret generic shop-ops-prod --namespace argocd --from-literal=type=git --from-literal=url=git@github.com:acme/shop-ops.git --from-file=sshPrivateKey=PATH_OF_THE_KEY
    kubectl label secret shop-ops-prod --namespace argocd argocd.argoproj.io/secret-type=repository
`);
    const bare = withEnvironment(validDelivery(), 'dev', (environment: Environment) => ({
      ...environment,
      credentials: [],
    }));
    expect(section(readme('dev', bare), 'Secrets')).toBe('Secrets\nNone.\n');
  });

  test('labels and addresses the key to the ops repository whatever it consists of, so that Argo CD finds it', () => {
    const withPassword = withEnvironment(validDelivery(), 'dev', (environment: Environment) => ({
      ...environment,
      credentials: environment.credentials.map((credential) =>
        credential.store.keys.includes('sshPrivateKey')
          ? { ...credential, store: { ...credential.store, keys: ['username', 'password'] } }
          : credential,
      ),
    }));

    expect(section(readme('dev', withPassword), 'Secrets')).toContain(
      "    kubectl create secret generic shop-ops-dev --namespace argocd --from-literal=type=git --from-literal=url=https://github.com/acme/shop-ops.git --from-literal=username='VALUE' --from-literal=password='VALUE'\n" +
        '    kubectl label secret shop-ops-dev --namespace argocd argocd.argoproj.io/secret-type=repository\n',
    );
  });
});
