import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../../src/model/application.ts';
import type { Delivery } from '../../../src/model/delivery.ts';
import { writeImageReference } from '../../../src/model/release.ts';
import { fieldAt, listAt, textAt } from '../../../src/objects/fields-at.ts';
import { renderedFiles } from '../../../src/render/rendered-files.ts';
import { findings, rendered } from '../../systems/rendered-system.ts';
import { withKargo } from '../../support/moved-by-kargo.ts';
import '../../support/patience.ts';

/** What is rendered in a place of it, by `Kind/name`. */
function objectsIn(delivery: Delivery, place = 'tools'): ReadonlyMap<string, KubernetesObject> {
  const { objects } = rendered(delivery, place, delivery.initialReleases[place] ?? { images: {} });
  return new Map(objects.map(({ object }) => [`${object.kind}/${object.metadata.name}`, object]));
}

interface Step {
  readonly uses: string;
  readonly if?: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const stepsOf = (delivery: Delivery, stage: string): readonly Step[] =>
  listAt(objectsIn(delivery).get(`Stage/${stage}`), 'spec', 'promotionTemplate', 'spec', 'steps') as readonly Step[];

describe('a toolchain of Kargo', () => {
  test('is a project with what finds artifacts and the stages in their chain, and no check finds anything', () => {
    const delivery = withKargo();

    expect([...objectsIn(delivery).keys()].sort()).toEqual([
      'AppProject/shop-tools',
      'Application/shop-tools',
      'Namespace/shop-tools',
      'Project/shop-tools',
      'ProjectConfig/shop-tools',
      'Stage/dev',
      'Stage/prod',
      'Warehouse/images',
    ]);
    expect(findings(delivery)).toEqual([]);
  });

  test('takes over the namespace that is there, and leaves it when the project ends', () => {
    const objects = objectsIn(withKargo());

    expect(objects.get('Namespace/shop-tools')?.metadata.labels).toMatchObject({ 'kargo.akuity.io/project': 'true' });
    expect(objects.get('Project/shop-tools')?.metadata.annotations).toEqual({
      'argocd.argoproj.io/sync-wave': '-1',
      'kargo.akuity.io/keep-namespace': 'true',
    });
  });

  test('promotes by itself to stages that something starts, each by its exact name, and to none with a gate', () => {
    const configOf = (delivery: Delivery) => objectsIn(delivery).get('ProjectConfig/shop-tools')?.['spec'];

    expect(configOf(withKargo())).toEqual({
      promotionPolicies: [{ stageSelector: { name: 'dev' }, autoPromotionEnabled: true }],
    });
    expect(configOf(withKargo({ dev: { triggers: [{ on: 'manual' }] } }))).toBeUndefined();
  });

  test('looks for each image by the range of the artifact, as often as its registry answers', () => {
    const warehouse = objectsIn(withKargo()).get('Warehouse/images');

    expect(fieldAt(warehouse, 'spec', 'interval')).toBe('15m0s');
    expect(listAt(warehouse, 'spec', 'subscriptions')).toEqual(
      ['acme/orders', 'acme/payments'].map((repoURL) => ({
        image: {
          repoURL,
          imageSelectionStrategy: 'SemVer',
          allowTagsRegexes: ['^v[0-9]'],
          constraint: '>=1.0.0',
          strictSemvers: true,
          discoveryLimit: 5,
          cacheByTag: true,
        },
      })),
    );
  });

  test('looks at once where the registry tells it, and not at tags that are left out', () => {
    const hook = {
      name: 'hook',
      purpose: 'webhook',
      holder: 'Docker Hub',
      store: { kind: 'kubernetes', namespace: 'shop-tools', secretName: 'docker-hub', keys: ['secret'] },
      scope: 'says what was pushed',
    } as const;
    const delivery = withKargo({
      supply: { discovery: { kind: 'registryWebhook', authentication: 'hook', exclude: ['latest', 'v1.x'] } },
      dev: { triggers: [{ on: 'artifactPublished', artifact: 'orders', by: 'webhook', authentication: 'hook' }] },
    });
    const told = { ...delivery, credentials: [...delivery.credentials, hook] };
    const objects = objectsIn(told);

    expect(fieldAt(objects.get('ProjectConfig/shop-tools'), 'spec', 'webhookReceivers')).toEqual([
      { name: 'dockerhub-docker-hub', dockerhub: { secretRef: { name: 'docker-hub' } } },
    ]);
    expect(fieldAt(objects.get('Warehouse/images'), 'spec', 'subscriptions', 0, 'image', 'ignoreTagsRegexes')).toEqual([
      '^latest$',
      '^v1\\.x$',
    ]);
  });

  test('lets Freight enter from where the stage takes it, after as long as it says', () => {
    const entryOf = (delivery: Delivery, stage: string) =>
      fieldAt(objectsIn(delivery).get(`Stage/${stage}`), 'spec', 'requestedFreight');
    const origin = { kind: 'Warehouse', name: 'images' };

    expect(entryOf(withKargo(), 'dev')).toEqual([{ origin, sources: { direct: true } }]);
    expect(entryOf(withKargo(), 'prod')).toEqual([{ origin, sources: { stages: ['dev'] } }]);
    expect(entryOf(withKargo({ prod: { promoter: { kind: 'kargo', soakMinutes: 90 } } }), 'prod')).toEqual([
      { origin, sources: { stages: ['dev'], requiredSoakTime: '1h30m0s' } },
    ]);
  });

  test('is looked at every minute where a release soaks, by an account that may do nothing else', () => {
    const delivery = withKargo({ prod: { promoter: { kind: 'kargo', soakMinutes: 10 } } });
    const objects = objectsIn(delivery);

    expect(findings(delivery)).toEqual([]);
    expect(fieldAt(objects.get('Role/kargo-soak-end'), 'rules')).toEqual([
      { apiGroups: ['kargo.akuity.io'], resources: ['stages'], resourceNames: ['prod'], verbs: ['get', 'patch'] },
    ]);
    const jobOf = (of: typeof objects) =>
      fieldAt(of.get('CronJob/kargo-soak-end'), 'spec', 'jobTemplate', 'spec', 'template', 'spec');
    const job = jobOf(objects);
    const soakImage = `registry.k8s.io/kubectl@sha256:${'1'.repeat(64)}`;
    const pinned = withKargo({ prod: { promoter: { kind: 'kargo', soakMinutes: 10, soakImage } } });
    expect(textAt(job, 'containers', 0, 'image')).toBe('registry.k8s.io/kubectl:v1.34.1');
    expect(textAt(jobOf(objectsIn(pinned)), 'containers', 0, 'image')).toBe(soakImage);
    expect(listAt(job, 'containers', 0, 'args')).toEqual([
      'annotate',
      '--overwrite',
      '--namespace',
      'shop-tools',
      'stages.kargo.akuity.io',
      'prod',
      'kargo.akuity.io/refresh=$(RUN)',
    ]);
  });
});

describe('a promotion by Kargo', () => {
  const delivery = withKargo();

  test('reads the branch, ends at a hold, writes, commits and pushes, and waits for that commit in the cluster', () => {
    const steps = stepsOf(delivery, 'dev');

    expect(steps.map(({ uses }) => uses)).toEqual([
      'git-clone',
      'yaml-parse',
      'fail',
      'yaml-update',
      'yaml-update',
      'git-commit',
      'git-push',
      'argocd-update',
    ]);
    expect(steps[0]?.config).toEqual({
      repoURL: 'https://github.com/acme/shop-ops.git',
      author: delivery.stages[0]!.write.author,
      checkout: [{ branch: 'env/dev', path: './branch' }],
    });
    expect(steps[6]?.config).toEqual({ path: './branch' });
    expect(steps[7]?.config).toEqual({
      apps: [
        {
          name: 'shop-dev',
          namespace: 'argocd',
          sources: [
            {
              // As the Application says it, or it is not found: Argo CD reads with a key.
              repoURL: 'git@github.com:acme/shop-ops.git',
              desiredRevision: '${{ outputs.push.commit }}',
            },
          ],
        },
      ],
    });
  });

  test('proposes what has a gate from a branch of its own, and nothing where nothing changed', () => {
    const steps = stepsOf(delivery, 'prod').slice(6);
    const changed = '${{ success() && status("commit") == "Succeeded" }}';

    expect(steps.map(({ uses, if: condition }) => [uses, condition])).toEqual([
      ['git-push', changed],
      ['git-open-pr', changed],
      ['git-wait-for-pr', changed],
      ['argocd-update', undefined],
    ]);
    expect(steps[0]?.config).toEqual({ path: './branch', generateTargetBranch: true, provider: 'github' });
    expect(steps[1]?.config).toMatchObject({ sourceBranch: '${{ outputs.push.branch }}', targetBranch: 'env/prod' });
    expect(steps[2]?.config).toMatchObject({ prNumber: '${{ outputs.open.pr.id }}' });
    expect(fieldAt(steps[3]?.config, 'apps', 0, 'sources', 0, 'desiredRevision')).toBe(
      '${{ status("merged") == "Succeeded" ? outputs.merged.commit : outputs.commit.commit }}',
    );
  });

  test.each(['dev', 'prod'])('writes in %s each field that a release sets, tag and digest, and no other', (stage) => {
    const release = {
      images: Object.fromEntries(
        Object.entries(delivery.initialReleases[stage]!.images).map(([name, image]) => [
          name,
          { ...image, tag: 'v9.9.9', digest: `sha256:${'1'.repeat(64)}` },
        ]),
      ),
    };
    const rendering = rendered(delivery, stage, release);
    const references = new Map(
      Object.values(release.images).map((image) => [image.repository, writeImageReference(image)]),
    );
    const written = stepsOf(delivery, stage)
      .filter(({ uses }) => uses === 'yaml-update')
      .flatMap(({ config }) => {
        const path = textAt(config, 'path').replace('./branch/', '');
        return listAt(config, 'updates').map((update) => {
          const keys = textAt(update, 'key')
            .split('.')
            .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
          const value =
            /^\$\{\{ quote\("([^":]+):" \+ imageFrom\("\1"\)\.Tag \+ "@" \+ imageFrom\("\1"\)\.Digest\) \}\}$/;
          const [, repository = ''] = value.exec(textAt(update, 'value')) ?? [];
          expect(fieldAt(parse(rendering.files.get(path) ?? ''), ...keys)).toBe(references.get(repository));
          return path;
        });
      });
    const movable = renderedFiles(rendering, release).flatMap(({ path, text, fields }) =>
      fields.length === 0
        ? []
        : text
            .split('\n')
            .filter((line) => /^ *(- )?image: /.test(line))
            .map(() => path),
    );

    expect(written.length).toBeGreaterThan(1);
    expect(written.sort()).toEqual(movable.sort());
  });

  test('is ended by a hold of a person, and by one of a rollback unless something newer comes', () => {
    const [, read, held] = stepsOf(delivery, 'prod') as readonly (Step & { readonly vars?: readonly object[] })[];

    expect(read?.config).toEqual({
      path: './branch/release.yaml',
      outputs: [{ name: 'holds', fromExpression: 'holds ?? []' }],
    });
    const compared = (name: string, how: string): string =>
      `semverParse(imageFrom("acme/${name}").Tag).${how}(semverParse(.of.applications["shop"].images["${name}"].tag))`;
    expect(held).toMatchObject({
      if: '${{ success() && len(vars.holds) > 0 }}',
      vars: [
        {
          name: 'holds',
          value: `\${{ filter(outputs.branch?.holds ?? [], .kind != "rollback" || ${compared('orders', 'LessThan')} || ${compared('payments', 'LessThan')} || !(${compared('orders', 'GreaterThan')} || ${compared('payments', 'GreaterThan')})) }}`,
        },
      ],
      config: {
        message:
          'prod is held by ${{ vars.holds[0].by }}: ${{ vars.holds[0].reason }}; let it go with: npx portolan unhold prod',
      },
    });
  });

  test('names in its commit the versions, who asked, which promotion it was, and of each image the commit that it says it was built from', () => {
    const saidOf = (name: string): string => {
      const said = `imageFrom("acme/${name}").Annotations["org.opencontainers.image.revision"]`;
      const image = `" (acme/${name}:" + imageFrom("acme/${name}").Tag + "@" + imageFrom("acme/${name}").Digest + ")"`;
      return `\${{ ${said} matches "^(?:[0-9a-f]{40}|[0-9a-f]{64})$" ? "\\nSource-Commit: " + ${said} + ${image} : "" }}`;
    };
    const commit = stepsOf(delivery, 'dev').find(({ uses }) => uses === 'git-commit');

    expect(commit?.config['message']).toBe(
      [
        'Shop ${{ join(uniq(sort([imageFrom("acme/orders").Tag, imageFrom("acme/payments").Tag])), "+") }} to dev',
        '',
        'Asked-By: ${{ ctx.meta.promotion.actor == "" ? "Kargo" : ctx.meta.promotion.actor }}',
        'Run: ${{ ctx.project }}/${{ ctx.promotion }} of Kargo',
        `Freight: \${{ ctx.targetFreight.name }}${saidOf('orders')}${saidOf('payments')}`,
        '',
      ].join('\n'),
    );
  });

  test('may move the Application of its stage, and no other promoter is told to', () => {
    const annotationOf = (place: string, from = delivery) =>
      objectsIn(from, place).get(`Application/shop-${place}`)?.metadata.annotations;

    expect(annotationOf('dev')).toEqual({ 'kargo.akuity.io/authorized-stage': 'shop-tools:dev' });
    expect(annotationOf('prod')).toEqual({ 'kargo.akuity.io/authorized-stage': 'shop-tools:prod' });
    expect(annotationOf('dev', withKargo({ dev: { promoter: { kind: 'githubActions' } } }))).toBeUndefined();
  });
});
