import { describe, expect, test } from '@jest/globals';
import { examine } from '../../../src/cluster/doctor.ts';
import type { LiveObject } from '../../../src/clients/kubernetes/cluster.ts';
import { environmentOf } from '../../../src/model/delivery.ts';
import { rendered } from '../../systems/rendered-system.ts';
import { fakeCluster, live } from '../../support/fake-cluster.ts';
import { withFluxImages } from '../../support/moved-by-flux.ts';
import '../../support/patience.ts';

const delivery = withFluxImages();

/** What the doctor says of image automation in a cluster with these objects. */
async function said(objects: readonly LiveObject[]) {
  const examined = await examine(fakeCluster(objects), {
    delivery,
    environment: environmentOf(delivery, 'tools'),
    rendered: rendered(delivery, 'tools', { images: {} }),
    opsRepository: 'https://github.com/acme/shop-ops.git',
    now: 0,
  });
  return new Map(
    examined
      .filter(({ subject }) => /^image|-controller in flux-system$/.test(subject))
      .map(({ subject, lack }) => [subject, lack]),
  );
}

const definition = (version: string): LiveObject =>
  live(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'imageupdateautomations.image.toolkit.fluxcd.io',
    undefined,
    { spec: { versions: [{ name: version, served: true }] } },
  );

const controllers = ['source-controller', 'image-reflector-controller', 'image-automation-controller'];
const running = (name: string, readyReplicas = 1): LiveObject =>
  live('apps/v1', 'Deployment', name, 'flux-system', { status: { readyReplicas } });

describe('what image automation needs in a cluster', () => {
  test('is there with the first version of its kinds and three controllers that run', async () => {
    expect(await said([definition('v1'), ...controllers.map((name) => running(name))])).toEqual(
      new Map([
        ['image automation of Flux 2.7 or later', undefined],
        ...controllers.map((name) => [`${name} in flux-system`, undefined] as const),
      ]),
    );
  });

  test('is not there in a plain installation, and the line installs what is missing', async () => {
    const lacks = await said([running('source-controller')]);

    expect(lacks.get('image automation of Flux 2.7 or later')?.message).toBe(
      'the cluster does not know ImageUpdateAutomation',
    );
    expect(lacks.get('image-automation-controller in flux-system')).toEqual({
      message: 'is not there, so no branch is written',
      next: expect.stringMatching(
        /^flux install .*--components-extra image-reflector-controller,image-automation-controller$/,
      ) as unknown,
    });
  });

  test('is too old without that version, and stands still without a pod', async () => {
    const lacks = await said([definition('v1beta2'), ...controllers.map((name) => running(name, 0))]);

    expect(lacks.get('image automation of Flux 2.7 or later')?.message).toBe(
      'it is older: it does not know image.toolkit.fluxcd.io/v1',
    );
    expect(lacks.get('image-reflector-controller in flux-system')?.message).toBe(
      'has no pod that is ready, so no image is found',
    );
  });
});
