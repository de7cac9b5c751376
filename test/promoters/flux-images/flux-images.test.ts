import { describe, expect, test } from '@jest/globals';
import type { KubernetesObject } from '../../../src/model/application.ts';
import { environmentOf, type Delivery } from '../../../src/model/delivery.ts';
import { isLookedForAtTimes } from '../../../src/model/derived/looks/looked-for.ts';
import { describeProblem } from '../../../src/model/problem.ts';
import { problemsOf } from '../../../src/model/validation/validate.ts';
import { fieldAt, textAt } from '../../../src/objects/fields-at.ts';
import { renderedFiles } from '../../../src/render/rendered-files.ts';
import { neededIn } from '../../../src/render/tools.ts';
import { fluxImages } from '../../../src/promoters/flux-images/flux-images.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import { movedByFlux, tagAt, withFluxImages } from '../../support/moved-by-flux.ts';
import '../../support/patience.ts';

/** What is rendered in the toolchain of it, by `Kind/name`. */
function objectsIn(delivery: Delivery): ReadonlyMap<string, KubernetesObject> {
  const { objects } = rendered(delivery, 'tools', { images: {} });
  return new Map(objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]));
}

describe("Flux's image automation", () => {
  test('breaks no rule, no check finds anything, and no workflow promotes to its stage', () => {
    expect(problemsOf(movedByFlux()).map(describeProblem)).toEqual([]);
    expect(findings(withFluxImages())).toEqual([]);
    const delivery = movedByFlux();
    expect(delivery.stages.map((stage) => isLookedForAtTimes(delivery, stage))).toEqual([false, false]);
    expect([fluxImages.job, fluxImages.look]).toEqual([undefined, undefined]);
  });

  test('looks for each image as often as the discovery says, with the login that it names', () => {
    const objects = objectsIn(withFluxImages());

    expect(objects.get('ImageRepository/orders')).toMatchObject({
      metadata: { namespace: 'shop-tools' },
      spec: { image: 'acme/orders', interval: '1m0s', secretRef: { name: 'flux-images' } },
    });
    expect([...objects.keys()].filter((key) => key.startsWith('Image'))).toEqual([
      'ImagePolicy/orders',
      'ImagePolicy/payments',
      'ImageRepository/orders',
      'ImageRepository/payments',
      'ImageUpdateAutomation/dev',
    ]);
  });

  test('takes the whole tag, and orders by the time in it', () => {
    expect(objectsIn(withFluxImages()).get('ImagePolicy/orders')).toMatchObject({
      spec: {
        imageRepositoryRef: { name: 'orders' },
        filterTags: { pattern: '^[0-9a-f]{40}-(?P<time>\\d{14})$', extract: '$time' },
        policy: { numerical: { order: 'asc' } },
        digestReflectionPolicy: 'IfNotPresent',
      },
    });
  });

  test('writes its own branch alone, in the folder of its application, as the stage says', () => {
    const automation = objectsIn(withFluxImages()).get('ImageUpdateAutomation/dev');

    expect(automation).toMatchObject({
      metadata: { namespace: 'shop-tools' },
      spec: {
        sourceRef: { kind: 'GitRepository', name: 'dev' },
        git: {
          checkout: { ref: { branch: 'env/dev' } },
          push: { branch: 'env/dev' },
          commit: { author: { name: 'shop-promoter', email: 'promoter@example.com' } },
        },
        update: { path: './manifests/shop', strategy: 'Setters' },
      },
    });
    expect(textAt(automation, 'spec', 'git', 'commit', 'messageTemplate')).toMatch(
      /\{\{ end \}\}Shop \{\{ .* \}\} to dev\n\nAsked-By: Flux\nRun: /,
    );
  });

  test('pushes as the app of the stage, with the Secret that lies beside it', () => {
    const delivery = withFluxImages();

    expect(objectsIn(delivery).get('GitRepository/dev')).toMatchObject({
      spec: { ref: { branch: 'env/dev' }, provider: 'github', secretRef: { name: 'flux-ops' } },
    });
    expect(neededIn(delivery, environmentOf(delivery, 'tools'), 'tools').secrets).toEqual([
      {
        purpose: 'gitPush',
        secretName: 'flux-ops',
        namespace: 'shop-tools',
        keys: ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'],
      },
      { purpose: 'registryRead', secretName: 'flux-images', namespace: 'shop-tools', keys: ['.dockerconfigjson'] },
    ]);
  });

  test('is somebody with a password where the ops repository is not on GitHub, and an app asks its own server', () => {
    const delivery = withFluxImages();
    const at = (host: string, gitHubHost?: string): Delivery => ({
      ...delivery,
      ...(gitHubHost === undefined ? {} : { gitHubHost }),
      repositories: delivery.repositories.map((it) => ({ ...it, url: it.url.replace('github.com', host) })),
    });
    const [elsewhere] = neededIn(at('git.example.com'), environmentOf(delivery, 'tools'), 'tools').secrets;
    const own = at('git.example.com', 'git.example.com');

    expect(elsewhere?.keys).toEqual(['username', 'password']);
    expect(fieldAt(objectsIn(at('git.example.com')).get('GitRepository/dev'), 'spec', 'provider')).toBeUndefined();
    expect(neededIn(own, environmentOf(own, 'tools'), 'tools').secrets[0]?.fields).toEqual({
      githubAppBaseURL: 'https://git.example.com/api/v3',
    });
  });
});

describe('a text that Flux writes otherwise', () => {
  const found = (value: string, change: (delivery: Delivery) => Delivery = (it) => it): readonly string[] => {
    const delivery = change(withFluxImages());
    const environments = delivery.environments.map((environment) => ({
      ...environment,
      applications: environment.applications.map((application) => ({
        ...application,
        services: application.services.map((service) => ({
          ...service,
          containers: service.containers.map((container) => ({
            ...container,
            env: { ...container.env, ...(service.name === 'payments' ? { GREETING: value } : {}) },
          })),
        })),
      })),
    }));
    return findings({ ...delivery, environments });
  };
  const where = 'Deployment/dev-payments containers[0].env[0].value (rewritten-text)';

  test('passes for what both write in one way', () => {
    for (const text of ['yes', '1.10', 'a '.repeat(120).trim(), 'first\n\n  second\n', 'it\'s "so"', 'né', 'tab\there'])
      expect(found(text)).toEqual([]);
  });

  test('fails for characters and blocks that they do not, where Flux sets an image beside it', () => {
    for (const text of ['\u{1F600}', 'a\u00a0b', 'a\u2028b', 'first \nsecond', 'first\nsecond  \n', 'first\nlast '])
      expect(found(text)).toEqual([where]);
  });

  test('passes for the same where the program writes the branch', () => {
    const byProgram = (delivery: Delivery): Delivery => ({
      ...delivery,
      stages: delivery.stages.map(({ promoter: _, ...stage }) => stage),
    });
    expect(found('\u{1F600}', byProgram)).toEqual([]);
  });
});

describe('what it may set', () => {
  const fieldsOf = (delivery: Delivery, place: string) => {
    const release = delivery.initialReleases[place] ?? { images: {} };
    return renderedFiles(rendered(delivery, place, release), release).flatMap((file) =>
      fluxImages.moves!(file).map((field) => ({ path: file.path, field, text: file.text })),
    );
  };

  test('is marked behind each image that a release sets, and is nothing else of the branch', () => {
    const fields = fieldsOf(withFluxImages(), 'dev');

    expect(fields.map(({ path, field }) => [path, field])).toEqual([
      [
        'manifests/shop/deployment.apps.dev-orders.yaml',
        { kind: 'marker', artifact: 'orders', marker: '{"$imagepolicy": "shop-tools:orders"}', carries: 'reference' },
      ],
      [
        'manifests/shop/deployment.apps.dev-payments.yaml',
        {
          kind: 'marker',
          artifact: 'payments',
          marker: '{"$imagepolicy": "shop-tools:payments"}',
          carries: 'reference',
        },
      ],
    ]);
    expect(fields[0]?.text).toContain(` image: acme/orders:${tagAt(1)} # {"$imagepolicy": "shop-tools:orders"}\n`);
    const { files } = rendered(withFluxImages(), 'dev', withFluxImages().initialReleases['dev']!);
    expect([...files.values()].join('').split('$imagepolicy')).toHaveLength(3);
  });

  test('is nothing of a branch that it does not move', () => {
    expect(fieldsOf(withFluxImages(), 'prod')).toEqual([]);
    const { files, fields } = rendered(withFluxImages(), 'prod', withFluxImages().initialReleases['prod']!);
    expect(fields).toBeUndefined();
    expect([...files.values()].join('')).not.toContain('$imagepolicy');
  });
});
