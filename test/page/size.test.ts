import { describe, expect, test } from '@jest/globals';
import { resolve } from 'node:path';
import { browserScript } from '../../src/cli/page/browser-script.ts';
import '../support/patience.ts';
import { carriedOutPart } from '../systems/carried-out-part.ts';
import { catService } from '../systems/cat-service.ts';
import { craftista } from '../systems/craftista.ts';
import { goSampleApp } from '../systems/go-sample-app.ts';
import { podinfo } from '../systems/podinfo.ts';
import { rendered } from '../systems/rendered-system.ts';
import { theProject } from '../systems/the-project.ts';
import { deliveryOfMany, pageOfDelivery } from './big-page.ts';

const packageFolder = resolve(import.meta.dirname, '..', '..');

describe('a page', () => {
  test.each(Object.entries({ theProject, catService, goSampleApp, podinfo, craftista }))(
    'of %s has at most 400 kB, with the newest of two hundred changes of each branch',
    async (_, { mended }) => {
      const html = await pageOfDelivery(carriedOutPart(mended).delivery, packageFolder);

      expect(html).toMatch(/200 changes|older changes are left out/);
      expect(Buffer.byteLength(html)).toBeLessThan(400_000);
    },
  );

  test('of ten thousand objects has at most 4 MB, and the same bytes each time', async () => {
    const delivery = deliveryOfMany(1_250);
    const html = await pageOfDelivery(delivery, packageFolder);
    const objects = delivery.environments.flatMap(({ name }) => {
      const release = delivery.initialReleases[name] ?? { images: {} };
      return rendered(delivery, name, release).objects;
    });

    expect(objects.length).toBeGreaterThan(10_000);
    expect(html.match(/data-service="service-\d+"/g)).toHaveLength(2_500);
    expect(Buffer.byteLength(html)).toBeLessThan(4_000_000);
    expect((await pageOfDelivery(delivery, packageFolder)) === html).toBe(true);
  });

  test('has a script of at most 150 kB', async () => {
    expect(Buffer.byteLength(await browserScript(packageFolder))).toBeLessThan(150_000);
  });
});
