import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeTree } from '../../src/render/write-tree.ts';

const files = new Map([
  ['bootstrap/10-namespace.dev.yaml', 'kind: Namespace\n'],
  ['manifests/shop/search/Chart.yaml', 'apiVersion: v2\n'],
  ['manifests/shop/service.dev-orders.yaml', 'kind: Service\n'],
]);

describe('writeTree', () => {
  let parent = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'write-tree-'));
  });
  afterEach(() => {
    rmSync(parent, { recursive: true, force: true });
  });

  const contents = (folder: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => statSync(join(folder, path)).isFile())
        .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
    );

  test('makes the folder and everything above it', () => {
    writeTree(join(parent, 'a', 'dev'), files);

    expect(contents(join(parent, 'a', 'dev'))).toEqual(Object.fromEntries(files));
  });

  test('removes what is no longer rendered, and leaves nothing beside the folder', () => {
    const folder = join(parent, 'dev');
    writeTree(
      folder,
      new Map([
        ...files,
        ['manifests/shop/service.dev-gone.yaml', 'kind: Service\n'],
        ['.github/workflows/gone.yaml', 'on: push\n'],
      ]),
    );

    writeTree(folder, files);

    expect(contents(folder)).toEqual(Object.fromEntries(files));
    expect(readdirSync(parent)).toEqual(['dev']);
  });

  test('leaves a folder alone that holds these files already', () => {
    const folder = join(parent, 'dev');
    writeTree(folder, files);
    const before = statSync(folder);

    writeTree(folder, files);

    expect(statSync(folder).ino).toBe(before.ino);
    expect(readdirSync(parent)).toEqual(['dev']);
  });

  test.each<[string, (file: string) => void]>([
    [
      'has another text',
      (file) => {
        writeFileSync(file, 'kind: Sorvice\n');
      },
    ],
    [
      'ends in the middle of a character',
      (file) => {
        writeFileSync(file, Buffer.from('kind: Service\n# \xc3\n', 'latin1'));
      },
    ],
    [
      'is gone',
      (file) => {
        rmSync(file);
      },
    ],
    [
      'has another name',
      (file) => {
        renameSync(file, file.replace('orders', 'others'));
      },
    ],
  ])('makes a folder anew of which one file %s', (_what, spoil) => {
    const folder = join(parent, 'dev');
    const wanted = new Map([...files, ['manifests/shop/service.dev-orders.yaml', 'kind: Service\n# \ufffd\n']]);
    writeTree(folder, wanted);
    spoil(join(folder, 'manifests/shop/service.dev-orders.yaml'));

    writeTree(folder, wanted);

    expect(contents(folder)).toEqual(Object.fromEntries(wanted));
  });

  test('fails for a folder with files that it did not write, and touches none of them', () => {
    const folder = join(parent, 'dev');
    mkdirSync(join(folder, 'notes'), { recursive: true });
    for (const name of ['a.txt', 'notes/b.txt', 'notes/c.yaml']) writeFileSync(join(folder, name), 'mine');

    expect(() => {
      writeTree(folder, files);
    }).toThrow(
      `portolan: ${folder} holds files that rendering did not write: a.txt, notes/b.txt, notes/c.yaml; move them away or write to another folder`,
    );
    expect(Object.keys(contents(folder)).toSorted()).toEqual(['a.txt', 'notes/b.txt', 'notes/c.yaml']);
  });

  test('fails for many foreign files with the first few names', () => {
    const folder = join(parent, 'dev');
    mkdirSync(folder);
    for (const number of [1, 2, 3, 4, 5, 6, 7]) writeFileSync(join(folder, `${number}.txt`), 'mine');

    expect(() => {
      writeTree(folder, files);
    }).toThrow('1.txt, 2.txt, 3.txt, 4.txt, 5.txt and 2 more; move them away');
  });

  test('fails for a link to a folder instead of following it', () => {
    mkdirSync(join(parent, 'elsewhere'));
    symlinkSync(join(parent, 'elsewhere'), join(parent, 'dev'));

    expect(() => {
      writeTree(join(parent, 'dev'), files);
    }).toThrow(`portolan: ${join(parent, 'dev')} is not a folder; remove it or write to another one`);
  });

  test('fails for a link inside the folder', () => {
    writeTree(join(parent, 'dev'), files);
    symlinkSync('/etc/hosts', join(parent, 'dev', 'manifests', 'hosts.yaml'));

    expect(() => {
      writeTree(join(parent, 'dev'), files);
    }).toThrow('holds files that rendering did not write: manifests/hosts.yaml (not a file); move them away');
  });

  test('fails whole: when one file cannot be written, the folder is as it was and nothing lies beside it', () => {
    const folder = join(parent, 'dev');
    writeTree(folder, files);
    // A file and a folder of one name cannot both be there.
    const impossible = new Map([...files, ['bootstrap/10-namespace.dev.yaml/x.yaml', 'x']]);

    expect(() => {
      writeTree(folder, impossible);
    }).toThrow(new RegExp(`^portolan: cannot write ${folder}: .*; it is as it was$`));
    expect(contents(folder)).toEqual(Object.fromEntries(files));
    expect(readdirSync(parent)).toEqual(['dev']);
  });

  test('fails where the folder above is a file', () => {
    writeFileSync(join(parent, 'file'), '');

    expect(() => {
      writeTree(join(parent, 'file', 'dev'), files);
    }).toThrow(`portolan: cannot write ${join(parent, 'file', 'dev')}: `);
  });
});
