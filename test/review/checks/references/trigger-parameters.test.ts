import { expect, test } from '@jest/globals';
import { triggerParameters } from '../../../../src/review/checks/references/trigger-parameters.ts';
import { findings, object } from '../small-objects.ts';

const triggers = 'triggers.tekton.dev/v1beta1';
const listener = object(triggers, 'EventListener', 'build', {
  spec: {
    triggers: [{ bindings: [{ ref: 'push' }, { name: 'IMAGE', value: 'acme/orders' }], template: { ref: 'build' } }],
  },
});
const template = object(triggers, 'TriggerTemplate', 'build', {
  spec: { params: [{ name: 'REVISION' }, { name: 'IMAGE' }, { name: 'DEPTH', default: '1' }] },
});
const binding = (param: string) =>
  object(triggers, 'TriggerBinding', 'push', { spec: { params: [{ name: param, value: '$(body.head)' }] } });

test('accepts a trigger that binds every parameter without a default', () => {
  expect(findings(triggerParameters, [listener, template, binding('REVISION')])).toEqual([]);
});

test('fails on a parameter that no binding gives', () => {
  expect(findings(triggerParameters, [listener, template, binding('BRANCH_NAME')])).toEqual([
    'EventListener/build spec.triggers[0].bindings: no binding gives TriggerTemplate "build" its parameter "REVISION"; bind it, got BRANCH_NAME, IMAGE',
  ]);
});
