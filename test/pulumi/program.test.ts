import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import * as pulumi from '@pulumi/pulumi';
import { readStrictYaml } from '../../src/model/formats/strict-yaml.ts';
import program from '../../src/pulumi/program.ts';

const folder = join(import.meta.dirname, '..', '..');

/** Runs the program as Pulumi does for one stack, and gives back what it threw. */
async function failing(stack: string): Promise<unknown> {
  await pulumi.runtime.setMocks(
    { call: () => ({}), newResource: ({ name }) => ({ id: name, state: {} }) },
    'the-project',
    stack,
    true,
  );
  return program({ projectFolder: folder, packageFolder: folder }).catch((error: unknown) => error);
}

describe('the program of all stacks', () => {
  test('fails with its sentences alone, for what the committed files lack', async () => {
    const error = await failing('platform');

    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect((error as Error).message.split('\n').slice(0, 3)).toEqual([
      'portolan: the stack "platform" is not valid (7 problems)',
      '  Pulumi.platform.yaml: config.portolan:github.appId: is missing; write it with: pulumi config set --path portolan:github.appId VALUE --stack platform',
      '  Pulumi.platform.yaml: config.portolan:secrets.docker-hub-build: needs a value for DOCKERHUB_USERNAME (push to arkb2023/*); write it with: pulumi config set --path portolan:secrets.docker-hub-build.DOCKERHUB_USERNAME VALUE --stack platform',
    ]);
    expect((error as Error).stack).toBe('');
  });

  test('fails for a stack that project.ts does not have', async () => {
    expect(((await failing('qa')) as Error).message).toBe(
      'portolan: there is no stack "qa"; write one of: platform, staging, production; or add the environment to project.ts',
    );
  });

  test('is what Node.js loads with the options of Pulumi.yaml', async () => {
    const { runtime, main } = readStrictYaml('Pulumi.yaml', readFileSync(join(folder, 'Pulumi.yaml'), 'utf8')) as {
      readonly runtime: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
      readonly main: string;
    };
    const look = `import(${JSON.stringify(pathToFileURL(join(folder, main)).href)}).then((program) => console.log(typeof program.default))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--eval', look], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '' },
    });

    expect(runtime).toEqual({ name: 'nodejs', options: { typescript: false } });
    expect(stdout).toBe('function\n');
  }, 60_000);
});
