import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { isOn, nameOf, typed, unitBefore, unitOf, unitsIn, unitsOf } from '../../../src/model/derived/units.ts';
import { severalApplications } from '../../support/several-applications.ts';
import { validDelivery } from '../../support/valid-delivery.ts';

describe('the units of a delivery', () => {
  test('are its environments, where each has one application', () => {
    const units = unitsOf(validDelivery());

    expect(units).toMatchObject([
      {
        environment: 'dev',
        cluster: 'local',
        repository: 'shop-ops',
        branch: 'env/dev',
        folder: '.',
        stage: { name: 'dev' },
      },
      { environment: 'prod', cluster: 'local', repository: 'shop-ops', branch: 'env/prod', stage: { name: 'prod' } },
    ]);
    expect(units.map((unit) => [nameOf(unit), typed(unit)])).toEqual([
      ['dev', 'dev'],
      ['prod', 'prod'],
    ]);
  });

  test('are what applications share, and each of them with its own stage, where there are several', () => {
    const delivery = severalApplications(['shop', 'bank']);
    const units = unitsIn(delivery, delivery.environments[0]!);

    expect(units.map(({ branch, folder, stage }) => [branch, folder, stage?.name])).toEqual([
      ['env/dev', 'bootstrap', undefined],
      ['app/dev/shop', 'manifests/shop', 'dev-shop'],
      ['app/dev/bank', 'manifests/bank', 'dev-bank'],
    ]);
    expect(units.map((unit) => [nameOf(unit), typed(unit)])).toEqual([
      ['dev', 'dev'],
      ['dev/shop', 'dev --application shop'],
      ['dev/bank', 'dev --application bank'],
    ]);
    const on = (path: string): readonly string[] =>
      units.filter((unit) => isOn(unit, path)).map(({ branch }) => branch);
    expect(on('bootstrap/10-namespace.dev.yaml')).toEqual(['env/dev']);
    expect(on('manifests/shop/service.dev-orders-svc.yaml')).toEqual(['app/dev/shop']);
    expect(on('manifests/shop-window/service.a.yaml')).toEqual([]);
  });

  test('know the branch that their release may lie on before it moved', () => {
    const [one, several] = [severalApplications(['shop']), severalApplications()];

    expect(unitBefore(one, unitOf(one, { environment: 'dev' }))?.branch).toBe('app/dev/shop');
    expect(unitBefore(several, unitOf(several, { environment: 'dev', application: 'bank' }))?.branch).toBe('env/dev');
    expect(unitBefore(several, unitOf(several, { environment: 'dev' }))).toBeUndefined();
  });

  test('are the only ones that know how branches are called', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const naming = files.filter((file) =>
      /\b(?:environment|application)Branch\b/.test(readFileSync(join('src', file), 'utf8')),
    );

    expect(naming.sort()).toEqual([
      // What project.ts names its branches with, and who writes a first project.ts.
      'entries/model.ts',
      'entries/words.ts',
      'init/project-source.ts',
      'model/derived/units.ts',
      'model/names.ts',
      'model/rules/carried-out/carried-out-writes.ts',
    ]);
  });
});
