import { describe, expect, test } from '@jest/globals';
import type { Database } from '../../../../src/model/database.ts';
import type { Delivery } from '../../../../src/model/delivery.ts';
import { dataFolders } from '../../../../src/model/rules/workload/data-folders.ts';
import fc from '../../../support/properties.ts';
import { told } from '../../../support/told.ts';
import { validDelivery, withDatabase } from '../../../support/valid-delivery.ts';

const withFolders = (change: Partial<Database>): Delivery =>
  withDatabase(validDelivery(), 'prod', 'orders-db', (database) => ({ ...database, ...change }));

const path = 'environments.prod.applications.shop.databases.orders-db';

describe('the data of a database lies in its volume', () => {
  test('passes for the defaults, and for a folder strictly below the mount', () => {
    for (const change of [
      {},
      { mountPath: '/srv' },
      { dataDirectory: '/data/18' },
      { mountPath: '/var/lib/postgresql', dataDirectory: '/var/lib/postgresql/18/docker' },
      { version: '17.6', mountPath: '/var/lib/postgresql/data' },
      { version: '17.6', mountPath: '/var/lib/postgresql', dataDirectory: '/var/lib/postgresql/17' },
    ])
      expect([change, told(dataFolders, withFolders(change))]).toEqual([change, []]);
  });

  test('fails for a folder outside of the volume, which is gone with the pod', () => {
    expect(
      told(
        dataFolders,
        withFolders({ mountPath: '/var/lib/postgresql/data', dataDirectory: '/var/lib/postgresql/18/docker' }),
      ),
    ).toEqual([
      `${path}.dataDirectory: lies outside of the volume at /var/lib/postgresql/data, and the data would be gone with the pod; write a folder below it, e.g. "/var/lib/postgresql/data/pgdata", got "/var/lib/postgresql/18/docker"`,
    ]);
    expect(told(dataFolders, withFolders({ dataDirectory: '/database/pgdata' }))).toEqual([
      `${path}.dataDirectory: lies outside of the volume at /data, and the data would be gone with the pod; write a folder below it, e.g. "/data/pgdata", got "/database/pgdata"`,
    ]);
  });

  test('fails for the mount itself', () => {
    expect(told(dataFolders, withFolders({ mountPath: '/srv', dataDirectory: '/srv' }))).toEqual([
      `${path}.dataDirectory: is the mount itself, where a new disk has lost+found and initdb refuses to start; write a folder below it, e.g. "/srv/pgdata", got "/srv"`,
    ]);
  });

  test('fails for folders that are not absolute, or written in a second way', () => {
    for (const given of ['data', '', '/', '/data/', '/data/../srv', '/data/./x', '/a//b', 'C:/data']) {
      expect(told(dataFolders, withFolders({ mountPath: given }))).toEqual([
        `${path}.mountPath: must be an absolute path without a slash at its end, e.g. "/data", got "${given}"`,
      ]);
      expect(told(dataFolders, withFolders({ dataDirectory: given }))).toEqual([
        `${path}.dataDirectory: must be an absolute path without a slash at its end, e.g. "/data/pgdata", got "${given}"`,
      ]);
    }
  });

  test('fails for folders that are made anew with each pod', () => {
    expect(told(dataFolders, withFolders({ mountPath: '/tmp' }))).toEqual([
      `${path}.mountPath: is a folder that the server needs for something else; write one of its own, e.g. "/data", got "/tmp"`,
    ]);
    expect(told(dataFolders, withFolders({ mountPath: '/run', dataDirectory: '/run/postgresql/data' }))).toEqual([
      `${path}.mountPath: is a folder that the server needs for something else; write one of its own, e.g. "/data", got "/run"`,
    ]);
    expect(
      told(dataFolders, withFolders({ mountPath: '/var/run', dataDirectory: '/var/run/postgresql/data' })),
    ).toEqual([
      `${path}.dataDirectory: lies in /var/run/postgresql, which is made anew with each pod, and the data would be gone with it; write another folder below /var/run, got "/var/run/postgresql/data"`,
    ]);
  });

  test("fails for a folder in the image's own volume, which is empty in each container", () => {
    expect(
      told(
        dataFolders,
        withFolders({
          version: '17.6',
          mountPath: '/var/lib/postgresql',
          dataDirectory: '/var/lib/postgresql/data/pgdata',
        }),
      ),
    ).toEqual([
      `${path}.dataDirectory: lies in /var/lib/postgresql/data, which the image declares as a volume of its own, so that each container gets an empty one there; mount the disk at /var/lib/postgresql/data, or write another folder below /var/lib/postgresql, got "/var/lib/postgresql/data/pgdata"`,
    ]);
  });

  test('fails for every folder that is not below the mount, and for no other', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-'), minLength: 1, maxLength: 3 });
    const folder = fc
      .array(
        name.filter((part) => !/^\.+$/.test(part)),
        { minLength: 1, maxLength: 3 },
      )
      .map((parts) => `/${parts.join('/')}`);

    fc.assert(
      fc.property(folder, folder, (mountPath, dataDirectory) => {
        const below = `${dataDirectory}/`.startsWith(`${mountPath}/`) && dataDirectory !== mountPath;

        expect(told(dataFolders, withFolders({ mountPath, dataDirectory })).length).toBe(below ? 0 : 1);
      }),
    );
  });
});
