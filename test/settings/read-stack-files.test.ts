import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readStackFiles } from '../../src/settings/read-stack-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-files-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('the stack files', () => {
  test('are read by stack name, and nothing else is', async () => {
    await writeFile(join(folder, 'Pulumi.dev.yaml'), 'config:\n  portolan:host: shop.example.com\n');
    await writeFile(join(folder, 'Pulumi.yaml'), 'name: the-shop\n');
    await writeFile(join(folder, 'Pulumi.dev.yaml.orig'), 'not: read\n');

    expect(readStackFiles(folder)).toEqual({ dev: { config: { 'portolan:host': 'shop.example.com' } } });
  });

  test('fail all at once for what is no YAML that a person would have meant', async () => {
    await writeFile(join(folder, 'Pulumi.dev.yaml'), 'config: {}\nconfig: {}\n');
    await writeFile(join(folder, 'Pulumi.prod.yaml'), 'config: &a {}\nother: *a\n');

    expect(() => readStackFiles(folder)).toThrow(
      /^portolan: the configuration is not valid \(2 problems\)\n {2}Pulumi\.dev\.yaml:2:1: .*\n {2}Pulumi\.prod\.yaml:2:8: .*$/,
    );
  });

  test('fail when one is a folder, together with the others', async () => {
    await mkdir(join(folder, 'Pulumi.dev.yaml'));
    await writeFile(join(folder, 'Pulumi.prod.yaml'), 'config: {}\nconfig: {}\n');

    expect(() => readStackFiles(folder)).toThrow(
      /^portolan: the configuration is not valid \(2 problems\)\n {2}Pulumi\.dev\.yaml: cannot be read: it is a folder; a stack file is a text\n {2}Pulumi\.prod\.yaml:2:1: .*$/,
    );
  });
});
