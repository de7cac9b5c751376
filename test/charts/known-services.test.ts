import { App } from 'cdk8s';
import { describe, expect, test } from '@jest/globals';
import { ApplicationChart, KnownWorkload } from '../../src/charts/application-chart.ts';
import type { KnownService, Shelf } from '../../src/charts/known-services.ts';
import { Place } from '../../src/constructs/place.ts';
import { usualEngine } from '../../src/engines/engines.ts';
import type { Application } from '../../src/model/application.ts';
import type { EngineMarks } from '../../src/model/derived/engine-marks.ts';
import type { Environment } from '../../src/model/environment.ts';
import type { Release } from '../../src/model/release.ts';
import type { Service } from '../../src/model/service.ts';
import { everyWord } from '../model/every-word.ts';

/** A shelf in memory, whose digests are the values themselves. */
class Memory implements Shelf {
  readonly services = new Map<string, KnownService>();
  readonly recall = (service: string): KnownService | undefined => this.services.get(service);
  readonly keep = (service: string, known: KnownService): void => void this.services.set(service, known);
  readonly digestOf = (value: unknown): string =>
    JSON.stringify(value, (_, one: unknown) => (one instanceof Map ? [...one] : one === undefined ? 'undefined' : one));
}

interface Change {
  readonly environment?: Partial<Environment>;
  readonly application?: Partial<Application>;
  readonly release?: Release;
  readonly marks?: EngineMarks;
}

/** Names of the services that are made when all was made before, and this has changed. */
function madeAfter({ environment, application, release, marks }: Change): readonly string[] {
  const shelf = new Memory();
  const [dev] = everyWord.environments as [Environment];
  const [shop] = dev.applications as [Application];
  const made = (change: Change): readonly string[] => {
    const whole: Application = { ...shop, ...change.application };
    const chart = new ApplicationChart(new App({ outdir: 'unused', recordConstructMetadata: false }), 'shop', {
      place: new Place(
        { ...dev, ...change.environment, applications: [whole] },
        whole,
        change.release ?? everyWord.initialReleases['dev']!,
        change.marks ?? usualEngine.marks,
      ),
      shelf,
    });
    chart.known?.keep((service) => ({ objects: [], texts: [], service }));
    const known = chart.node.children.filter((child) => child instanceof KnownWorkload).map(({ node }) => node.id);
    return whole.services.map(({ name }) => name).filter((name) => !known.includes(name));
  };
  expect(made({})).toEqual(['orders', 'payments', 'search']);
  expect(made({})).toEqual([]);
  return made({
    ...(environment && { environment }),
    ...(application && { application }),
    ...(release && { release }),
    ...(marks && { marks }),
  });
}

const services = (change: (service: Service) => Service): Change => ({
  application: { services: everyWord.environments[0]!.applications[0]!.services.map(change) },
});

const images = (artifact: string): Change => {
  const release = everyWord.initialReleases['dev']!;
  return { release: { images: { ...release.images, [artifact]: { repository: 'acme/other', tag: '2' } } } };
};

describe('a service is made again', () => {
  test.each<readonly [what: string, change: Change, made: readonly string[]]>([
    ['itself', services((it) => (it.name === 'payments' ? { ...it, replicas: 7 } : it)), ['payments']],
    ['the version of its image', images('payments'), ['payments']],
    ['the version of an image that another has', images('search'), ['search']],
    [
      'the port of one that it talks to',
      services((it) =>
        it.name === 'payments' ? { ...it, ports: (it.ports ?? []).map((port) => ({ ...port, port: 81 })) } : it,
      ),
      ['orders', 'payments'],
    ],
    [
      'who talks to it',
      services((it) => (it.name === 'search' ? { ...it, connects: [] } : it)),
      // Orders is talked to by search.
      ['orders', 'search'],
    ],
    ['its environment', { environment: { namePrefix: 'd-' } }, ['orders', 'payments', 'search']],
    [
      'the engine that applies it',
      { marks: { ...usualEngine.marks, writesDefaults: usualEngine.marks.writesDefaults !== true } },
      ['orders', 'payments', 'search'],
    ],
    ['a service beside it', services((it) => it), []],
    ['objects that the application lists', { application: { objects: [] } }, []],
    ['patches, which come later', { application: { patches: [] } }, []],
  ])('where this changed, and where nothing of it did it is not: %s', (_, change, made) => {
    expect(madeAfter(change)).toEqual(made);
  });

  test('where a service is there besides, is gone, or the others lie in another order, only that one is', () => {
    const all = everyWord.environments[0]!.applications[0]!.services;
    const more: Service = { ...all[1]!, name: 'more', routes: [], names: {} };

    expect(madeAfter({ application: { services: [...all, more] } })).toEqual(['more']);
    expect(madeAfter({ application: { services: [...all].reverse() } })).toEqual([]);
  });
});
