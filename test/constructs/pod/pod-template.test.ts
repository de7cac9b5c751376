import { describe, expect, test } from '@jest/globals';
import { podTemplate, type ResolvedConfigs } from '../../../src/constructs/pod/pod-template.ts';
import type { Credential } from '../../../src/model/credential.ts';
import type { Service } from '../../../src/model/service.ts';
import { environmentWith, placeWith, smallService } from '../synthesize.ts';

const annotationsOf = (service: Service, configs: ResolvedConfigs, generation = 1) => {
  const credentials = environmentWith().credentials.map((credential): Credential => ({ ...credential, generation }));
  return podTemplate(placeWith({ services: [service] }, { credentials }), service, configs).metadata?.annotations;
};

const withContainer = (changes: object): Service => ({
  ...smallService,
  containers: [{ ...smallService.containers[0]!, ...changes }],
});

describe('a pod', () => {
  test('is another one when a ConfigMap that it uses changes', () => {
    const service = withContainer({ envFrom: ['a'] });

    const before = annotationsOf(service, { a: { KEY: '1' }, unused: { KEY: '1' } });

    expect(before).toEqual({ 'portolan/config-checksum': 'c7af3ffe844b876c' });
    expect(annotationsOf(service, { a: { KEY: '2' }, unused: { KEY: '1' } })).not.toEqual(before);
    expect(annotationsOf(service, { a: { KEY: '1' }, unused: { KEY: '2' } })).toEqual(before);
  });

  test('is another one when a file that it mounts changes', () => {
    const service: Service = { ...smallService, volumes: [{ name: 'files', kind: 'config', config: 'a' }] };

    expect(annotationsOf(service, { a: { KEY: '1' } })).not.toEqual(annotationsOf(service, { a: { KEY: '2' } }));
  });

  test('is another one when what it takes in part changes: an entry with a prefix, a source of several', () => {
    const prefixed = withContainer({
      envFrom: [
        { kind: 'config', config: 'a', prefix: 'A_' },
        { kind: 'secret', credential: 'ops-read' },
      ],
    });
    const projected: Service = {
      ...smallService,
      volumes: [
        {
          name: 'all',
          kind: 'projected',
          sources: [
            { kind: 'config', config: 'a' },
            { kind: 'secret', credential: 'ops-read' },
          ],
        },
      ],
    };

    for (const service of [prefixed, projected]) {
      const before = annotationsOf(service, { a: { KEY: '1' } });
      expect(before).toHaveProperty(['portolan/credential.ops-read'], '1');
      expect(annotationsOf(service, { a: { KEY: '2' } })).not.toEqual(before);
    }
  });

  test('is another one when a credential that it uses is rotated', () => {
    const value = withContainer({ env: { TOKEN: { kind: 'secret', credential: 'ops-read', key: 'sshPrivateKey' } } });
    const database = {
      ...withContainer({ env: { PASSWORD: { kind: 'database', of: 'orders-db', property: 'password' } } }),
      name: 'worker',
    };
    const file: Service = { ...smallService, volumes: [{ name: 'key', kind: 'secret', credential: 'ops-read' }] };

    expect(annotationsOf(value, {}, 7)).toEqual({ 'portolan/credential.ops-read': '7' });
    expect(annotationsOf(file, {}, 7)).toEqual({ 'portolan/credential.ops-read': '7' });
    expect(annotationsOf(database, {}, 7)).toEqual({ 'portolan/credential.orders-db-password': '7' });
  });

  test('says nothing about credentials and configuration that it does not use', () => {
    const service = withContainer({
      env: { HOST: { kind: 'database', of: 'orders-db', property: 'host' }, PLAIN: 'x' },
    });

    expect(annotationsOf(service, { a: { KEY: '1' } })).toBeUndefined();
  });

  test('may use its volumes through its group', () => {
    const securityOf = (service: Service) => podTemplate(placeWith(), service, {}).spec?.securityContext;

    expect(
      securityOf({ ...smallService, volumes: [{ name: 'data', kind: 'claim', claim: 'uploads' }] }),
    ).toHaveProperty('fsGroup', 10001);
    expect(
      securityOf({
        ...smallService,
        volumes: [{ name: 'key', kind: 'secret', credential: 'ops-read' }],
        runAs: { user: 1, group: 2 },
      }),
    ).toHaveProperty('fsGroup', 2);
    expect(securityOf({ ...smallService, volumes: [{ name: 'all', kind: 'projected', sources: [] }] })).toHaveProperty(
      'fsGroup',
      10001,
    );
    const files = { name: 'files', kind: 'config', config: 'a' } as const;
    expect(securityOf({ ...smallService, volumes: [{ ...files, defaultMode: '0440' }] })).toHaveProperty('fsGroup');
    expect(securityOf({ ...smallService, volumes: [files] })).not.toHaveProperty('fsGroup');
    expect(securityOf({ ...smallService, volumes: [{ name: 'cache', kind: 'emptyDir' }] })).not.toHaveProperty(
      'fsGroup',
    );
  });

  test('fails for a volume with the name of the folder that a locked container gets', () => {
    const service: Service = { ...smallService, volumes: [{ name: 'tmp', kind: 'emptyDir' }] };

    expect(() => podTemplate(placeWith({ services: [service] }), service, {})).toThrow(
      'environments.dev.applications.shop.services.worker.volumes: must mount this volume at /tmp in every container, or give it another name, got "tmp"',
    );
  });

  test('may call its own volume at /tmp as it likes', () => {
    const service: Service = {
      ...withContainer({ mounts: [{ volume: 'tmp', path: '/tmp' }] }),
      volumes: [{ name: 'tmp', kind: 'emptyDir', sizeLimit: '1Gi' }],
    };

    expect(podTemplate(placeWith({ services: [service] }), service, {}).spec?.volumes).toHaveLength(1);
  });
});
