import { describe, expect, test } from '@jest/globals';
import * as pulumi from '@pulumi/pulumi';
import program from '../../src/pulumi/program.ts';

/** Runs the program as Pulumi does for one stack, and gives back what it threw. */
async function failing(stack: string): Promise<unknown> {
  await pulumi.runtime.setMocks({ call: () => ({}), newResource: ({ name }) => ({ id: name, state: {} }) }, 'the-project', stack, true);
  return program().catch((error: unknown) => error);
}

describe('the program of all stacks', () => {
  test('fails with its sentences alone, for what the committed files lack', async () => {
    const error = await failing('platform');

    expect(pulumi.RunError.isInstance(error)).toBe(true);
    expect((error as Error).message.split('\n').slice(0, 2)).toEqual([
      'portolan: the stack "platform" is not valid (5 problems)',
      '  Pulumi.platform.yaml: config.portolan:github.appId: is missing; write it with: pulumi config set --path portolan:github.appId VALUE --stack platform',
    ]);
    expect((error as Error).stack).toBe('');
  });

  test('fails for a stack that project.ts does not have', async () => {
    expect(((await failing('qa')) as Error).message).toBe('portolan: there is no stack "qa"; write one of: platform, staging, production; or add the environment to project.ts');
  });
});
