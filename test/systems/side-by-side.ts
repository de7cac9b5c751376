import project from '../../project.ts';
import type { SystemOfPage } from '../../scripts/systems-document.ts';
import { cats } from '../examples/cat-service/example.ts';
import { craftista } from '../examples/craftista/example.ts';
import { sample } from '../examples/go-sample-app/example.ts';
import { podinfo } from '../examples/podinfo/example.ts';
import { settings } from '../support/settings.ts';

/** The five systems: each as its program says it. */
export const sideBySide = (): readonly SystemOfPage[] => [
  { name: 'cat-service', stands: '[examples/cat-service](../examples/cat-service)', delivery: cats() },
  { name: 'the todo system', stands: '[project.ts](../project.ts)', delivery: project(settings) },
  {
    name: 'go-sample-app',
    stands: '[examples/go-sample-app](../examples/go-sample-app)',
    delivery: sample(),
  },
  { name: 'podinfo', stands: '[examples/podinfo](../examples/podinfo)', delivery: podinfo() },
  { name: 'Craftista', stands: '[examples/craftista](../examples/craftista)', delivery: craftista() },
];
