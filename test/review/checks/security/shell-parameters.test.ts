import { expect, test } from '@jest/globals';
import { shellParameters } from '../../../../src/review/checks/security/shell-parameters.ts';
import { findings, object } from '../small-objects.ts';

const task = (step: object) => object('tekton.dev/v1', 'Task', 'promote', { spec: { steps: [step] } });

test('accepts a parameter as environment variable, and as one argument of a program', () => {
  expect(
    findings(shellParameters, [
      task({ env: [{ name: 'TAG', value: '$(params.TAG)' }], script: 'yq "$TAG"' }),
      task({ command: ['yq'], args: ['$(params.TAG)'] }),
    ]),
  ).toEqual([]);
});

test('fails on a parameter that is pasted into a script', () => {
  expect(
    findings(shellParameters, [
      task({ script: 'cat <<EOF\nnewTag: $(params.TAG)\nEOF' }),
      task({ args: ['-c', 'echo\n$(inputs.params.TAG)'] }),
    ]),
  ).toEqual([
    'Task/promote spec.steps[0].script: the parameter "TAG" is pasted into a script, so that its value can be a command; pass it as an environment variable and quote that',
    'Task/promote spec.steps[0].args[1]: the parameter "TAG" is pasted into a script, so that its value can be a command; pass it as an environment variable and quote that',
  ]);
});
