import { describe, expect, test } from '@jest/globals';
import type { CheckException } from '../../../src/model/delivery.ts';
import { checkDelivery, checkEnvironment } from '../../../src/review/check-environment.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import { describeFinding } from '../../../src/review/checks/finding.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { configMap, object, rendered } from './small-objects.ts';

const volume = (name: string) => rendered(object('v1', 'PersistentVolume', name));

/** What is found in `dev`, which renders one volume that may be pruned, and in `prod`, which renders none. */
function found(
  exceptions: readonly CheckException[],
  environments: readonly string[] = ['dev', 'prod'],
): readonly string[] {
  const delivery = {
    ...validDelivery(),
    exceptions,
    environments: validDelivery().environments.map((environment) => ({ ...environment, applications: [] })),
  };
  const places = delivery.environments
    .filter(({ name }) => environments.includes(name))
    .map((environment) => ({
      environment,
      rendered: { objects: [environment.name === 'dev' ? volume('dev-volume') : rendered(configMap('prod-config'))] },
    }));
  return checkDelivery({ delivery, environments: places }).map(
    ({ environment, ...finding }) => `${environment}: ${describeFinding({ environment, ...finding })}`,
  );
}

const pruned =
  'dev: dev/shop/dev-volume PersistentVolume/dev-volume metadata.annotations["argocd.argoproj.io/sync-options"]: Argo CD may remove the data with the object; write "Prune=false,Delete=false", got nothing (kept-data)';
const exception: CheckException = { check: 'kept-data', object: 'PersistentVolume/dev-volume', reason: 'scratch data' };

describe('an exception', () => {
  test('covers the findings of one check at one object', () => {
    expect(found([])).toEqual([pruned]);
    expect(found([exception])).toEqual([]);
    expect(found([{ ...exception, environment: 'dev' }])).toEqual([]);
  });

  test('is not missed where only another environment is checked', () => {
    expect(found([exception], ['prod'])).toEqual([]);
    expect(found([{ ...exception, environment: 'dev' }], ['prod'])).toEqual([]);
  });

  test('fails when it covers nothing', () => {
    expect(found([exception, { ...exception, object: 'PersistentVolume/dev-volumes' }])).toEqual([
      'dev, prod: exceptions PersistentVolume/dev-volumes kept-data: the exception covers no finding; remove it (exceptions)',
    ]);
    expect(found([{ ...exception, environment: 'prod' }])).toEqual([
      pruned,
      'prod: exceptions PersistentVolume/dev-volume kept-data: the exception covers no finding; remove it (exceptions)',
    ]);
    expect(found([{ ...exception, check: 'probes' }], ['dev'])).toEqual([
      pruned,
      'dev: exceptions PersistentVolume/dev-volume probes: the exception covers no finding; remove it (exceptions)',
    ]);
  });

  test('fails without a reason, and covers nothing then', () => {
    expect(found([{ ...exception, reason: ' ' }])).toEqual([
      pruned,
      'dev, prod: exceptions PersistentVolume/dev-volume kept-data: an exception needs a reason, for whoever reads it next year (exceptions)',
    ]);
  });

  test('fails when it names no check or no environment', () => {
    expect(
      found([
        { ...exception, check: 'keptdata' },
        { ...exception, environment: 'test' },
      ]),
    ).toEqual([
      pruned,
      'dev, prod: exceptions PersistentVolume/dev-volume keptdata: there is no check "keptdata"; write "kept-data" (exceptions)',
      'test: exceptions PersistentVolume/dev-volume kept-data: there is no environment "test"; write one of: dev, prod (exceptions)',
    ]);
  });
});

describe('an exception with a field', () => {
  const field = 'metadata.annotations["argocd.argoproj.io/sync-options"]';

  test('covers what is found there, and nothing else', () => {
    expect(found([{ ...exception, field }])).toEqual([]);
    expect(found([{ ...exception, field: 'metadata.name' }])).toEqual([
      pruned,
      'dev, prod: exceptions PersistentVolume/dev-volume kept-data metadata.name: the exception covers no finding at this field; remove it (exceptions)',
    ]);
  });

  /** What is found in a ConfigMap with two fields that it has not. */
  const inConfig = (exceptions: readonly CheckException[]): readonly string[] => {
    const delivery = { ...validDelivery(), exceptions };
    const environment = { ...delivery.environments[0]!, applications: [] };
    const config = rendered({ ...configMap('dev-config'), dataa: { a: 'b' }, kept: true });
    return checkEnvironment({
      delivery,
      environment,
      rendered: { objects: [config] },
      catalog: new SchemaCatalog(schemaReader('.')),
    })
      .filter(({ check }) => ['schema', 'exceptions'].includes(check))
      .map(describeFinding);
  };

  test('is what the check "schema" takes, so that the next typo is found', () => {
    const kept: CheckException = { check: 'schema', object: 'ConfigMap/dev-config', field: 'kept', reason: 'ours' };

    expect(inConfig([kept])).toEqual([
      'dev/shop/dev-config ConfigMap/dev-config dataa: unknown field; write "data" (schema)',
    ]);
    expect(inConfig([{ check: 'schema', object: 'ConfigMap/dev-config', reason: 'ours' }])).toEqual([
      'dev/shop/dev-config ConfigMap/dev-config dataa: unknown field; write "data" (schema)',
      expect.stringContaining('dev/shop/dev-config ConfigMap/dev-config kept: unknown field'),
      'exceptions ConfigMap/dev-config schema: an exception from schema must name the field, so that it mutes no other mistake; write field: "dataa" or "kept" (exceptions)',
    ]);
  });
});

test('an exception fails from what the API server refuses anyway, and covers nothing then', () => {
  const privileged = { check: 'privileged-containers', object: 'Pod/dev-tool', reason: 'it looks at the node' };

  expect(found([exception, privileged])).toEqual([
    'dev, prod: exceptions Pod/dev-tool privileged-containers: the API server refuses such an object, whatever is accepted here; mend the object, and remove the exception (exceptions)',
  ]);
});

test('the same finding in several environments is one that names them', () => {
  const places = validDelivery().environments.map((environment) => {
    const name = `${environment.namePrefix}volume`;
    return {
      environment: { ...environment, applications: [] },
      rendered: { objects: [{ ...volume(name), construct: `${environment.name}/shop/${name}` }] },
    };
  });
  const delivery = { ...validDelivery(), environments: places.map(({ environment }) => environment) };

  const findings = checkDelivery({ delivery, environments: places });

  expect(findings.map(describeFinding)).toEqual([`${pruned.replace('dev: ', '')} (the same in prod)`]);
  expect(findings[0]).toMatchObject({ environment: 'dev', also: ['prod'] });
});

test('checkEnvironment looks at one environment', () => {
  const delivery = { ...validDelivery(), exceptions: [exception] };
  const environment = { ...delivery.environments[0]!, applications: [] };

  expect(checkEnvironment({ delivery, environment, rendered: { objects: [volume('dev-volume')] } })).toEqual([]);
});
