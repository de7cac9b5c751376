import project from '../../../project.ts';
import { cats } from '../../examples/cat-service/example.ts';
import { craftista } from '../../examples/craftista/example.ts';
import { sample } from '../../examples/go-sample-app/example.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { settings } from '../../support/settings.ts';
import { livedSystem, type LivedSystem } from './lived-system.ts';

/** The systems whose pages are looked at, by the names of their pictures. */
export const shownSystems: Readonly<Record<string, () => Promise<LivedSystem>>> = {
  todo: () => livedSystem(project(settings)),
  craftista: () => livedSystem(craftista()),
  podinfo: () => livedSystem(podinfo()),
  'go-sample-app': () => livedSystem(sample()),
  'cat-service': () =>
    livedSystem(
      cats(),
      ({ number, at }) => `b${9 + number}.${at.toISOString().slice(0, 10).replaceAll('-', '')}.120000`,
    ),
};
