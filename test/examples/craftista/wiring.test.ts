import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { fieldAt } from '../../../src/objects/fields-at.ts';
import { craftista, objectIn, objectsIn, places } from './example.ts';

/** Every `host:port` that the programs of an environment are told to ask for. */
const asked = (environment: string): readonly string[] => {
  const said = JSON.stringify([...objectsIn(environment).values()].filter(({ kind }) => kind !== 'Application'));
  return [...new Set([...said.matchAll(/http:\/\/([a-z-]+:\d+)/g)].map(([, address = '']) => address))].sort();
};

/** Every `host:port` that a Service of an environment answers under. */
const answered = (environment: string): readonly string[] =>
  [...objectsIn(environment).values()]
    .filter(({ kind }) => kind === 'Service')
    .map((it: KubernetesObject) => `${it.metadata.name}:${String(fieldAt(it, 'spec', 'ports', 0, 'port'))}`);

describe('what the programs ask for', () => {
  test.each(places)('is there in %s, under the name and the port that they are told', (place) => {
    expect(asked(place)).toEqual(['catalogue:5000', 'recommendation:8080', 'voting:8081']);
    expect(answered(place)).toEqual(expect.arrayContaining([...asked(place)]));
  });

  test('reaches the frontend as the file that it reads', () => {
    const data = objectIn('prod', 'ConfigMap/frontend-config')['data'] as Readonly<Record<string, string>>;
    const mounts = fieldAt(
      objectIn('prod', 'Deployment/frontend'),
      'spec',
      'template',
      'spec',
      'containers',
      0,
      'volumeMounts',
    );

    expect(JSON.parse(data['config.json'] ?? '')).toEqual({
      version: '1.0.0',
      productsApiBaseUri: 'http://catalogue:5000',
      recommendationBaseUri: 'http://recommendation:8080',
      votingBaseUri: 'http://voting:8081',
    });
    expect(mounts).toContainEqual({
      name: 'config',
      mountPath: '/app/config.json',
      subPath: 'config.json',
      readOnly: true,
    });
  });

  test('reaches voting under the name that Spring reads', () => {
    const [container] = fieldAt(
      objectIn('dev', 'Deployment/voting'),
      'spec',
      'template',
      'spec',
      'containers',
    ) as readonly [object];

    expect(container).toMatchObject({
      env: [{ name: 'CATALOGUE_SERVICEURL', value: 'http://catalogue:5000/api/products' }],
    });
  });

  test('reaches the catalogue with the host of its database, and the password out of the Secret', () => {
    const [init] = fieldAt(
      objectIn('staging', 'Deployment/catalogue'),
      'spec',
      'template',
      'spec',
      'initContainers',
    ) as readonly [{ readonly env: readonly object[] }];

    expect(init.env).toEqual([
      { name: 'DATA_SOURCE', value: 'json' },
      { name: 'DB_HOST', value: 'catalogue-db' },
      { name: 'DB_NAME', value: 'catalogue' },
      { name: 'DB_USER', value: 'devops' },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'catalogue-db', key: 'POSTGRES_PASSWORD' } } },
    ]);
    expect(objectsIn('staging').has('Service/catalogue-db')).toBe(true);
  });

  test('goes with a Service that is renamed, in another application too', () => {
    const delivery = craftista();
    const renamed = {
      ...delivery,
      environments: delivery.environments.map((environment) => ({
        ...environment,
        applications: environment.applications.map((application) => ({
          ...application,
          services: application.services.map((service) =>
            service.name === 'voting' ? { ...service, names: { service: 'ballot' } } : service,
          ),
        })),
      })),
    };
    const { data } = objectIn('dev', 'ConfigMap/frontend-config', renamed) as unknown as {
      readonly data: Readonly<Record<string, string>>;
    };

    expect(data['config.json']).toContain('"votingBaseUri": "http://ballot:8081"');
  });
});
