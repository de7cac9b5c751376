import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { isClusterScoped, kindOf } from '../../../src/objects/kind.ts';
import { servedFields } from '../../../src/review/schema/served/served-fields.ts';
import { servedKinds, type ServedKinds } from '../../../src/review/schema/served/served-kinds.ts';
import { catalog } from './change-object.ts';

/** What Kubernetes' own sources say of each line; `madeFrom` names them. */
interface Lines {
  /** Kinds that are no stable ones of 1.28, by `apiVersion`: the first line from 1.28 on whose sources have them, and their life cycle. */
  readonly kinds: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly first: string; readonly introduced?: string; readonly removed?: string }>>
    >
  >;
  /** Fields that are newer than their type or marked with feature gates. */
  readonly fields: Readonly<
    Record<string, Readonly<Record<string, { readonly known: string; readonly gates?: readonly string[] }>>>
  >;
  /** The line from which each gate is on; null: it is off; gone: the sources no longer have it. */
  readonly gates: Readonly<Record<string, string | null>>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const lines = read('test/review/schema/kubernetes-lines.json') as Lines;
const minor = (line: string): number => Number(line.split('.')[1]);

describe('the table of served kinds', () => {
  const served = new Map(
    servedKinds.flatMap((history) => history.kinds.map((kind) => [`${history.apiVersion} ${kind}`, history])),
  );

  /** From 1.24 on new beta versions are off; these are of a group whose older ones were on. */
  const onAlthoughNew = 'flowcontrol.apiserver.k8s.io/v1beta3';

  const expectedOf = (
    apiVersion: string,
    { first, introduced, removed }: Lines['kinds'][string][string],
  ): Pick<ServedKinds, 'since' | 'removedIn' | 'offByDefault'> => {
    if (!/alpha|beta/.test(apiVersion)) return { since: first as NonNullable<ServedKinds['since']> };
    const isOld = introduced !== undefined && minor(introduced) < 24;
    if (
      removed !== undefined &&
      (apiVersion === onAlthoughNew || (isOld && (apiVersion.includes('beta') || minor(removed) <= 28)))
    )
      return { removedIn: removed };
    return { offByDefault: true };
  };

  test('says of every kind what the sources of Kubernetes say', () => {
    const names = Object.entries(lines.kinds).flatMap(([apiVersion, kinds]) =>
      Object.entries(kinds).map(([kind, line]) => ({ name: `${apiVersion} ${kind}`, line, apiVersion })),
    );
    const told = names.map(({ name }) => {
      const { since, removedIn, offByDefault } = served.get(name) ?? {};
      return [name, { since, removedIn, offByDefault }];
    });

    expect(names.length).toBeGreaterThan(80);
    expect(told).toEqual(names.map(({ name, line, apiVersion }) => [name, expectedOf(apiVersion, line)]));
  });

  test('lists nothing else but kinds that lie in other modules, or were gone before', () => {
    const others = [...served.keys()].filter((name) => {
      const [apiVersion = '', kind = ''] = name.split(' ');
      return lines.kinds[apiVersion]?.[kind] === undefined;
    });

    expect(others).toEqual([
      'extensions/v1beta1 PodSecurityPolicy',
      'apiextensions.k8s.io/v1beta1 CustomResourceDefinition',
      'apiregistration.k8s.io/v1beta1 APIService',
    ]);
  });

  test('names the stable version of the same group and kind wherever there is one', () => {
    const silent = servedKinds.flatMap(({ apiVersion, kinds, instead }) => {
      const stable = `${apiVersion.split('/')[0] ?? ''}/v1`;
      return /alpha|beta/.test(apiVersion) && instead === undefined
        ? kinds
            .filter((kind) => catalog.kindSchema({ apiVersion: stable, kind }) !== undefined)
            .map((kind) => `${apiVersion} ${kind}`)
        : [];
    });

    expect(silent).toEqual([]);
  });
});

describe('the table of served fields', () => {
  /** What is newer, and still asks for no entry: why. */
  const covered: Readonly<Record<string, string>> = {
    'core#v1.EphemeralContainer resizePolicy': 'no manifest can hold ephemeral containers',
    'core#v1.EphemeralContainer restartPolicyRules': 'no manifest can hold ephemeral containers',
    'core#v1.PodCertificateProjection userAnnotations': 'podCertificate, which holds it, is off',
    'core#v1.PodResourceClaim resourceClaimName': 'resourceClaims, which holds it, begins with 1.34',
    'core#v1.PodResourceClaim resourceClaimTemplateName': 'resourceClaims, which holds it, begins with 1.34',
    'core#v1.ResourceClaim request': 'claims, which holds it, begins with 1.34',
  };
  const fields = Object.entries(lines.fields).flatMap(([ref, all]) =>
    Object.entries(all).map(([field, line]) => ({ name: `${ref} ${field}`, line, served: servedFields[ref]?.[field] })),
  );

  test('has every field that is newer than its type, or that a feature gate guards', () => {
    expect(fields.length).toBeGreaterThan(60);
    expect(fields.filter(({ served }) => served === undefined).map(({ name }) => name)).toEqual(Object.keys(covered));
  });

  test('says since when, and by which gate, as the sources do', () => {
    /** The sources mark it with a name that no gate has. */
    const misnamed = 'core#v1.VolumeProjection podCertificate';
    const wrong = fields.flatMap(({ name, line: { known, gates }, served }) => {
      if (served === undefined) return [];
      if (gates === undefined) return served.gate === undefined && served.since !== known ? [name] : [];
      return name === misnamed || (served.gate !== undefined && gates.includes(served.gate)) ? [] : [name];
    });
    const gateOf = Object.entries(servedFields).flatMap(([ref, all]) =>
      Object.entries(all).flatMap(([field, { gate, since = null }]) =>
        gate === undefined ? [] : [{ name: `${ref} ${field}`, gate, since }],
      ),
    );
    const wrongGates = gateOf.filter(({ gate, since }) => lines.gates[gate] !== 'gone' && lines.gates[gate] !== since);

    expect(wrong).toEqual([]);
    expect(wrongGates).toEqual([]);
  });
});

test('the kinds without a namespace are those that the API servers say have none', () => {
  const { groups } = read('schemas/index.json') as {
    readonly groups: Readonly<Record<string, { readonly kinds: Readonly<Record<string, string>> }>>;
  };
  const kinds = Object.entries(groups).flatMap(([group, { kinds: all }]) =>
    Object.entries(all).map(([versionAndKind, scope]) => {
      const [version = '', kind = ''] = versionAndKind.split('/');
      const apiVersion = group === 'core' ? version : `${group}/${version}`;
      return { name: kindOf({ apiVersion, kind, metadata: { name: 'a' } }), scope };
    }),
  );

  expect(kinds.length).toBeGreaterThan(100);
  expect(kinds.filter(({ name, scope }) => isClusterScoped(name) !== (scope === 'Cluster'))).toEqual([]);
});

test('a kind that is a cluster of something has a namespace', () => {
  const cluster = { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'a' } };

  expect(isClusterScoped(kindOf(cluster))).toBe(false);
});
