import project from '../../project.ts';
import type { SystemOfPage } from '../../scripts/systems-document.ts';
import { cats } from '../examples/cat-service/example.ts';
import { craftista } from '../examples/craftista/example.ts';
import { corrected as goSampleApp } from '../model/five-systems/go-sample-app.ts';
import { podinfo } from '../examples/podinfo/example.ts';
import { settings } from '../support/settings.ts';

/** The five systems: those that have a program of their own as it says them, the others as the tests say them without their defects. */
export const sideBySide = (): readonly SystemOfPage[] => [
  { name: 'cat-service', stands: '[examples/cat-service](../examples/cat-service)', delivery: cats() },
  { name: 'the todo system', stands: '[project.ts](../project.ts)', delivery: project(settings) },
  {
    name: 'go-sample-app',
    stands: '[a model of the tests](../test/model/five-systems/go-sample-app.ts)',
    delivery: goSampleApp,
  },
  { name: 'podinfo', stands: '[examples/podinfo](../examples/podinfo)', delivery: podinfo() },
  { name: 'Craftista', stands: '[examples/craftista](../examples/craftista)', delivery: craftista() },
];
