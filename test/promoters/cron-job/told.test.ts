import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { withToolchains } from '../../../src/model/derived/places/toolchains.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { neededIn } from '../../../src/render/tools.ts';
import { toldByRegistry, withLook, withTold } from '../../support/looked-for-in-cluster.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import '../../support/patience.ts';

/** What is rendered of the look, by `Kind/name`. */
const looksIn = (delivery: Delivery): ReadonlyMap<string, KubernetesObject> =>
  new Map(
    rendered(delivery, 'build', { images: {} })
      .objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object] as const)
      .filter(([identity]) => identity.includes('look-')),
  );

describe('a CronJob that a registry tells to look', () => {
  const objects = looksIn(withTold());
  const job = fieldAt(objects.get('TriggerTemplate/look-dev'), 'spec', 'resourcetemplates', 0);

  test('breaks no rule, no check finds anything, and without a listener there is nothing of Tekton', () => {
    expect(problemsOf(toldByRegistry()).map(describeProblem)).toEqual([]);
    expect(findings(withTold())).toEqual([]);
    expect([...objects.keys()].sort()).toEqual([
      'ClusterRole/cat-service-build.look-dev-listener',
      'ClusterRoleBinding/cat-service-build.look-dev-listener',
      'CronJob/look-dev',
      'EventListener/look-dev',
      'Ingress/look-dev',
      'NetworkPolicy/look-dev',
      'Role/look-dev-listener',
      'RoleBinding/look-dev-listener',
      'ServiceAccount/look-dev-listener',
      'TriggerTemplate/look-dev',
    ]);
    expect([...looksIn(withLook()).keys()].sort()).toEqual(['CronJob/look-dev', 'NetworkPolicy/look-dev']);
  });

  test('looks at times as ever, for calls that are lost', () => {
    expect(textAt(objects.get('CronJob/look-dev'), 'spec', 'schedule')).toBe('*/5 * * * *');
  });

  test('starts the pod of the CronJob, which says of what it is', () => {
    const usual = fieldAt(objects.get('CronJob/look-dev'), 'spec', 'jobTemplate', 'spec');
    const as = (run: string, text: unknown): string => JSON.stringify(text).replace(run, 'RUN');
    const { ttlSecondsAfterFinished: _, ...spec } = fieldAt(job, 'spec') as Readonly<Record<string, unknown>>;

    expect(as('Job cat-service-build/look-dev-told, pod', spec)).toBe(
      as('CronJob cat-service-build/look-dev, pod', usual),
    );
    expect(JSON.stringify(spec)).toContain('"--newest"'.replaceAll('"', String.raw`\"`));
  });

  test('takes nothing of what it is sent, and makes a Job of one name, which goes by itself, so that there is never a second one', () => {
    const [trigger, ...others] = listAt(objects.get('EventListener/look-dev'), 'spec', 'triggers');

    expect(others).toEqual([]);
    expect(fieldAt(trigger, 'bindings')).toBeUndefined();
    expect(fieldAt(objects.get('TriggerTemplate/look-dev'), 'spec', 'params')).toBeUndefined();
    expect(JSON.stringify(job)).not.toMatch(/\$\((tt\.|uid|body|header|extensions|context)/);
    expect(fieldAt(job, 'metadata')).toEqual({ name: 'look-dev-told', namespace: 'cat-service-build' });
    expect(job).toMatchObject({ spec: { ttlSecondsAfterFinished: 60, activeDeadlineSeconds: 900, backoffLimit: 0 } });
  });

  test('lets nobody through who does not have the token', () => {
    const interceptors = listAt(objects.get('EventListener/look-dev'), 'spec', 'triggers', 0, 'interceptors');

    expect(interceptors).toEqual([
      {
        name: 'token',
        ref: { kind: 'ClusterInterceptor', name: 'cel' },
        params: [
          {
            name: 'filter',
            value: 'requestURL.parseURL().query["token"].compareSecret("secret", "registry-hook")',
          },
        ],
      },
    ]);
  });

  test('may make Jobs in its namespace, and read what it listens to', () => {
    expect(listAt(objects.get('Role/look-dev-listener'), 'rules').slice(1)).toEqual([
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] },
    ]);
    expect(textAt(objects.get('EventListener/look-dev'), 'spec', 'serviceAccountName')).toBe('look-dev-listener');
  });

  test('is reached at its address, and reads the Secret that the registry has, and a certificate where one is named', () => {
    const delivery = toldByRegistry();
    const certificate = {
      name: 'hooks',
      purpose: 'certificate',
      holder: 'Tekton',
      store: {
        kind: 'kubernetes',
        namespace: 'cat-service-build',
        secretName: 'hooks',
        keys: ['tls.crt', 'tls.key'],
      },
      scope: 'hooks.acme.example',
      origin: 'external',
    } as const;
    const declared: Delivery = {
      ...delivery,
      stages: delivery.stages.map((stage) =>
        stage.promoter?.kind === 'cronJob' && stage.promoter.listener !== undefined
          ? {
              ...stage,
              promoter: {
                ...stage.promoter,
                listener: { ...stage.promoter.listener, certificate: 'hooks', ingressClass: 'traefik' },
              },
            }
          : stage,
      ),
      credentials: [...delivery.credentials, certificate],
    };
    const secured = withToolchains(declared);
    const secretsOf = (one: Delivery) =>
      neededIn(one, environmentOf(one, 'build'), 'build').secrets.map(({ secretName, keys }) => [secretName, keys]);

    expect(fieldAt(objects.get('Ingress/look-dev'), 'spec', 'rules', 0)).toEqual({
      host: 'hooks.acme.example',
      http: {
        paths: [
          {
            path: '/look/dev',
            pathType: 'Prefix',
            backend: { service: { name: 'el-look-dev', port: { number: 8080 } } },
          },
        ],
      },
    });
    expect(secretsOf(withTold())).toContainEqual(['registry-hook', ['secret']]);
    expect(problemsOf(declared).map(describeProblem)).toEqual([]);
    expect(secretsOf(secured)).toContainEqual(['hooks', ['tls.crt', 'tls.key']]);
    expect(fieldAt(looksIn(secured).get('Ingress/look-dev'), 'spec')).toMatchObject({
      ingressClassName: 'traefik',
      tls: [{ hosts: ['hooks.acme.example'], secretName: 'hooks' }],
    });
  });
});
