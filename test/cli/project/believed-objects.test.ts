import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/cli/project/digest.ts';
import type { KeptObjects } from '../../../src/cli/project/kept-objects.ts';
import { renderAll } from '../../../src/cli/trees/rendering.ts';
import type { Environment } from '../../../src/model/environment.ts';
import { SchemaCatalog } from '../../../src/review/schema/schema-catalog.ts';
import { schemaReader } from '../../../src/review/schema/schema-files.ts';
import { settings } from '../../support/settings.ts';
import { validDelivery } from '../../support/valid-delivery.ts';
import { withServices } from '../../systems/change-services.ts';
import { keptIn, orRefused, outcomeOf, outcomeOfStart, packageFolder, startingPlace } from './starting-place.ts';

describe('what services came to', () => {
  test.each<readonly [damage: string, change: (file: string) => void]>([
    [
      'cut off',
      (file) => {
        truncateSync(file, statSync(file).size - 1);
      },
    ],
    [
      'empty',
      (file) => {
        truncateSync(file, 0);
      },
    ],
    [
      'one letter another',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replace('ClusterIP', 'ClusterIp'));
      },
    ],
    [
      'what is settled another',
      (file) => {
        writeFileSync(file, readFileSync(file, 'utf8').replaceAll('true', 'false'));
      },
    ],
    [
      'no text',
      (file) => {
        writeFileSync(file, randomBytes(4000));
      },
    ],
  ])('is not believed where a file is damaged: %s', (_, change) => {
    const here = startingPlace();
    const outcome = outcomeOfStart(validDelivery(), here);
    const kept = keptIn(here.folder).map((file) => file.split(' ')[2]);
    for (const name of readdirSync(here.folder)) change(join(here.folder, name));

    expect(outcomeOfStart(validDelivery(), here)).toEqual(outcome);
    // And mended.
    expect(keptIn(here.folder).map((file) => file.split(' ')[2])).toEqual(kept);
  });

  test('is not believed of another user, of other makers or for another application, though every byte is as it was written', () => {
    const [here, other] = [startingPlace(), startingPlace()];
    // What somebody would have us believe.
    const wrong = (): void => {
      const objects = other.open();
      const shelf = objects.shelf('dev', 'shop', 'first')!;
      outcomeOf(validDelivery(), objects, other.project);
      const known = shelf.recall('orders')!;
      const [first, ...rest] = known.objects;
      const bad = {
        ...first!,
        object: { ...first!.object, metadata: { ...first!.object.metadata, labels: { bad: 'yes' } } },
      };
      shelf.keep('orders', { ...known, objects: [bad, ...rest] }, ['bad: yes\n', ...rest.map(() => '')]);
      objects.save();
    };
    wrong();
    expect(outcomeOfStart(validDelivery(), other).filter((text) => text.includes('bad: yes'))).toHaveLength(1);

    cpSync(other.folder, here.folder, { recursive: true });
    expect(outcomeOfStart(validDelivery(), here)).toEqual(outcomeOf(validDelivery()));

    expect(outcomeOf(validDelivery(), other.open('other makers'), other.project)).toEqual(outcomeOf(validDelivery()));

    const [dev, prod] = ['dev', 'prod'].map((environment) => digestOf([environment, 'shop', 'first'])!);
    cpSync(join(other.folder, dev!), join(other.folder, prod!));
    expect(outcomeOf(validDelivery(), other.open(), other.project).filter((text) => text.startsWith('prod '))).toEqual(
      outcomeOf(validDelivery()).filter((text) => text.startsWith('prod ')),
    );
  });

  test('is looked at again where a schema was added since, or the environment or the policies are others', () => {
    const here = startingPlace();
    const [dev] = validDelivery().environments as [Environment];
    outcomeOfStart(validDelivery(), here);
    const objects = here.open();
    const settledOf = (kept: KeptObjects, place = dev, delivery = validDelivery()): boolean => {
      const { rendered } = renderAll(
        {
          folder: '.',
          settings,
          delivery: validDelivery(),
          catalog: new SchemaCatalog(schemaReader(packageFolder)),
          objects: kept,
        },
        [dev],
      )[0]!;
      const settled = kept.settledIn(delivery, place);
      return rendered.objects.some(({ object }) => settled.has(object));
    };
    expect(settledOf(objects)).toBe(true);
    expect(settledOf(objects, { ...dev, cluster: { ...dev.cluster, capacity: { cpu: '1', memory: '1Gi' } } })).toBe(
      false,
    );
    expect(settledOf(objects, dev, { ...validDelivery(), policies: { cpuLimits: 'forbidden' } })).toBe(false);

    mkdirSync(join(here.project, 'custom-resources'));
    writeFileSync(join(here.project, 'custom-resources', 'example.com.json'), '{"kinds":{},"definitions":{}}');
    expect(settledOf(here.open())).toBe(false);
  });

  test('is told in the words of who needs it where a schema cannot be read', () => {
    const here = startingPlace();
    mkdirSync(join(here.project, 'custom-resources', 'example.com.json'), { recursive: true });

    expect(orRefused(() => outcomeOfStart(validDelivery(), here))).toEqual([
      expect.stringContaining('custom-resources/example.com.json: is not what "npx portolan schemas add FILE" writes'),
    ]);
  });

  test('is not kept where a schema came meanwhile', () => {
    const here = startingPlace();
    const objects = here.open();
    outcomeOf(validDelivery(), objects, here.project);
    mkdirSync(join(here.project, 'custom-resources'));
    writeFileSync(join(here.project, 'custom-resources', 'example.com.json'), '{"kinds":{},"definitions":{}}');
    objects.save();

    expect(existsSync(here.folder)).toBe(false);
  });

  test('is not forgotten of what is in use, whatever else lies there', () => {
    const here = startingPlace();
    outcomeOfStart(validDelivery(), here);
    const inUse = readdirSync(here.folder);
    for (let i = 0; i < 1_100; i += 1) writeFileSync(join(here.folder, `other-${i}`), '');
    for (const name of inUse) utimesSync(join(here.folder, name), 1, 1);
    const changed = withServices(validDelivery(), (service) => ({ ...service, terminationGraceSeconds: 45 }));
    outcomeOfStart(
      { ...validDelivery(), environments: [changed.environments[0]!, validDelivery().environments[1]!] },
      here,
    );

    expect(readdirSync(here.folder)).toEqual(expect.arrayContaining(inUse));
    expect(readdirSync(here.folder).length).toBeLessThan(700);
  });

  test('is kept whole by one of two starts that end at once', () => {
    const here = startingPlace();
    const [one, two] = [here.open(), here.open()];
    outcomeOf(validDelivery(), one, here.project);
    outcomeOf(validDelivery(), two, here.project);
    one.save();
    const kept = keptIn(here.folder).map((file) => file.split(' ').slice(2).join(' '));
    two.save();

    expect(keptIn(here.folder).map((file) => file.split(' ').slice(2).join(' '))).toEqual(kept);
    expect(readdirSync(here.folder).filter((name) => name.includes('.'))).toEqual([]);
  });

  test('is made again where nothing can be kept', () => {
    const here = startingPlace();
    writeFileSync(here.folder, 'a file in the way');

    expect(outcomeOfStart(validDelivery(), here)).toEqual(outcomeOf(validDelivery()));
  });
});
