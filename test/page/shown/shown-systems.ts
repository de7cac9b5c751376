import project from '../../../project.ts';
import { cats } from '../../examples/cat-service/example.ts';
import { craftista } from '../../examples/craftista/example.ts';
import { sample } from '../../examples/go-sample-app/example.ts';
import { podinfo } from '../../examples/podinfo/example.ts';
import { settings } from '../../support/settings.ts';
import { livedSystem, type LivedSystem } from './lived-system.ts';

/** A time in figures: the year first, the second last. */
const figuresOf = (at: Date): string => at.toISOString().replaceAll(/\D/g, '').slice(0, 14);

/** The systems whose pages are looked at, by the names of their pictures. */
export const shownSystems: Readonly<Record<string, () => Promise<LivedSystem>>> = {
  todo: () => livedSystem(project(settings)),
  craftista: () => livedSystem(craftista()),
  podinfo: () => livedSystem(podinfo(), { 'podinfo-snapshot': ({ commit, at }) => `${commit}-${figuresOf(at)}` }),
  'go-sample-app': () => livedSystem(sample()),
  'cat-service': () =>
    livedSystem(cats(), {
      'cat-service': ({ number, at }) => `b${9 + number}.${figuresOf(at).slice(0, 8)}.120000`,
    }),
};
