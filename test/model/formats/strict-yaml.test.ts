import { describe, expect, test } from '@jest/globals';
import { placeInYaml, readStrictYaml } from '../../../src/model/formats/strict-yaml.ts';

const refusal = (source: string): string => {
  try {
    readStrictYaml('Pulumi.dev.yaml', source);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

describe('strict YAML', () => {
  test('reads plain data', () => {
    expect(readStrictYaml('a.yaml', 'config:\n  portolan:replicas: {orders: 2}\n')).toEqual({
      config: { 'portolan:replicas': { orders: 2 } },
    });
  });

  test('fails on a key given twice', () => {
    expect(refusal('config:\n  a: 1\n  a: 2\n')).toBe(
      'portolan: Pulumi.dev.yaml is not valid (1 problem)\n  Pulumi.dev.yaml:3:3: this key stands here a second time; keep one of them',
    );
  });

  test('fails on an alias bomb, naming each alias', () => {
    expect(refusal('a: &a [x, x]\nb: &b [*a, *a]\n')).toBe(
      'portolan: Pulumi.dev.yaml is not valid (2 problems)\n' +
        '  Pulumi.dev.yaml:2:8: aliases are not allowed; write the value instead of *a\n' +
        '  Pulumi.dev.yaml:2:12: aliases are not allowed; write the value instead of *a',
    );
  });

  test('fails on a tag of another type', () => {
    expect(refusal('a: !!js/function "x"\n')).toContain(
      'Pulumi.dev.yaml:1:4: tags such as !!set are not allowed; remove it',
    );
  });

  test('fails on a second document', () => {
    expect(refusal('a: 1\n---\nb: 2\n')).toContain('a second document begins here; keep one document');
  });

  test('finds the place of a key, or of the nearest one that is there', () => {
    const source = 'config:\n  a:\n    b: 1\n';
    expect(placeInYaml('f.yaml', source, ['config', 'a', 'b'])).toBe('f.yaml:3:8');
    expect(placeInYaml('f.yaml', source, ['config', 'a', 'missing'])).toBe('f.yaml:3:5');
  });
});
